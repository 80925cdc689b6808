"""The bulk action by which a trainer sorts several questions of the bank at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from assessments.choices import CognitiveLevel
from assessments.models import Question
from assessments.sorting import Sorted, sort_questions
from assessments.staff.viewsets import QuestionFilterSet
from media_library.belonging import policy_of

AT_ONCE = 200


class TagsField(forms.CharField):
    """Tags between commas."""

    def clean(self, value: Any) -> list[str]:
        """Return each once."""
        said = super().clean(value)
        found = {each.casefold(): each for part in said.split(",") if (each := " ".join(part.split()))}
        return list(found.values())


class SortForm(forms.Form):
    """What the questions ticked are given."""

    add = TagsField(label=_("Tags to add"), required=False, max_length=300, help_text=_("Between commas."))
    take = TagsField(
        label=_("Tags to take away"), required=False, max_length=300, help_text=_("Between commas.")
    )
    objective = forms.CharField(
        label=_("Objective"), required=False, max_length=200, help_text=_("Empty: each keeps its own.")
    )
    level = forms.ChoiceField(
        label=_("Level"),
        required=False,
        choices=[("", _("Each keeps its own")), *CognitiveLevel.choices],
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a form that changes nothing."""
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(said.values()):
            raise forms.ValidationError(_("Say at least one thing that they are given."))
        return said


class SortQuestions(SnippetBulkAction):
    """Gives the questions ticked their tags, objective and level. Of another course's there is no such page."""

    # The door before Wagtail's bulk actions knows only its own acts.
    asks_itself = True
    display_name = _("Sort")
    action_type = "sort"
    aria_label = _("Sort the questions selected: tags, objective, level")
    template_name = "assessments/staff/sort.html"
    models = [Question]
    action_priority = 20
    form_class = SortForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer who may change every question that is named."""
        asked = {key for key in request.GET.getlist("id") if key != "all"}
        own = {str(pk) for pk in self._own().values_list("pk", flat=True)}
        if not own or not asked <= own:
            raise Http404
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def _own(self, action: str = "change") -> Any:
        return policy_of(Question).instances_user_has_permission_for(self.request.user, action)

    def get_actionable_objects(self) -> tuple[list[Question], dict[str, list[Any]]]:
        """Return those ticked, or those of the list as it was filtered and searched."""
        asked = self.request.GET.getlist("id")
        rows = self._own().order_by("-pk")
        if "all" in asked:
            chosen = QuestionFilterSet(self.request.GET, queryset=rows, request=self.request)
            rows = chosen.qs if chosen.form.is_valid() else rows.none()
            if words := self.request.GET.get("q"):
                rows = rows.filter(stem__icontains=words)
        else:
            rows = rows.filter(pk__in=[key for key in asked if key.isdecimal()])
        return list(rows[:AT_ONCE]), {"items_with_no_access": []}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say when there may be more than are taken at once."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"most": AT_ONCE if len(context["items"]) >= AT_ONCE else 0}

    def get_execution_context(self) -> dict[str, Any]:
        """Hand over what they are given."""
        return {**super().get_execution_context(), "given": Sorted(**self.cleaned_form.cleaned_data)}

    @classmethod
    def execute_action(cls, objects: list[Question], **kwargs: Any) -> tuple[int, int]:
        """Sort them; return how many."""
        self, user = kwargs["self"], kwargs["self"].request.user
        publishers = frozenset(self._own("publish").values_list("pk", flat=True))
        self.locked = sort_questions(questions=objects, given=kwargs["given"], by=user, publishers=publishers)
        return len(objects) - len(self.locked), 0

    def form_valid(self, form: Any) -> HttpResponse:
        """Do it, and say of each that somebody keeps locked that it stayed as it was."""
        answer: HttpResponse = super().form_valid(form)
        for question in self.locked:
            words = _("«%(question)s» is locked by somebody else and stays as it was.")
            messages.warning(self.request, words % {"question": question})
        return answer

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        """Say how many, if any."""
        words = ngettext("%(n)s question is sorted.", "%(n)s questions are sorted.", num_parent_objects)
        return words % {"n": num_parent_objects} if num_parent_objects else None
