"""What is done with several institutions of the list at once: make them units of one counterpart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from accounts.staff.acting import SeveralAtOnce
from institutions import counterparts
from institutions.lineage import Reason, Refused
from institutions.lineage_words import REFUSALS
from institutions.models import Institution
from institutions.staff.choosing import institution_chooser
from institutions.staff.lists import InstitutionFilter
from institutions.staff.policy import policy

if TYPE_CHECKING:
    from accounts.models import User
    from accounts.staff.seeing import SightPolicy


class ParentForm(forms.Form):
    """The counterpart, chosen once for all."""

    parent = forms.ModelChoiceField(
        label=_("unit of"),
        queryset=Institution.objects.none(),
        widget=institution_chooser.widget_class,
        help_text=_("A hospital is a unit of its ministry: together they count as one counterpart."),
    )


class MakeUnits(SeveralAtOnce):
    """Puts each institution ticked below one counterpart; the rule is asked of each."""

    display_name = _("Make units of one counterpart")
    action_type = "units"
    aria_label = _("Make the institutions selected units of one counterpart")
    template_name = "institutions/staff/make_units.html"
    models = [Institution]
    action_priority = 10
    right = "institutions.change_institution"
    filterset = InstitutionFilter
    form_class = ParentForm

    def policy(self) -> SightPolicy:
        """Ask of the country."""
        return policy()

    def get_form(self, form_class: Any = None) -> ParentForm:
        """Offer the counterparts that she sees."""
        form: ParentForm = super().get_form(form_class)
        form.fields["parent"].queryset = self.policy().seen(self.request.user).standing()  # type: ignore[attr-defined]  # a field of choices
        return form

    def get_execution_context(self) -> dict[str, Any]:
        """Hand over the counterpart, who does it, and where to note what was refused."""
        self.refused: list[tuple[Institution, Reason]] = []
        parent = self.cleaned_form.cleaned_data["parent"]
        return {"parent": parent, "by": self.request.user, "refused": self.refused}

    @classmethod
    def execute_action(
        cls,
        objects: list[Institution],
        parent: Institution | None = None,
        by: User | None = None,
        refused: list[tuple[Institution, Reason]] | None = None,
        **kwargs: Any,
    ) -> tuple[int, int]:
        """Put each below `parent`, or note why not; return how many."""
        done = 0
        for row in objects:
            try:
                counterparts.place_under(institution=row, parent=parent)
            except Refused as why:
                (refused if refused is not None else []).append((row, why.reason))
                continue
            log(row, "wagtail.edit", user=by)
            done += 1
        return done, 0

    def form_valid(self, form: Any) -> HttpResponse:
        """Do it, and say of each that was refused why."""
        answer: HttpResponse = super().form_valid(form)
        for row, reason in self.refused:
            messages.warning(self.request, f"{row.name}: {REFUSALS[reason]}")
        return answer

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        """Say how many, if any."""
        words = ngettext(
            "%(n)s institution is a unit of it now.",
            "%(n)s institutions are units of it now.",
            num_parent_objects,
        )
        return words % {"n": num_parent_objects} if num_parent_objects else None
