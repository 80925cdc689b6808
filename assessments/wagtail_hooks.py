"""What this room adds to the Wagtail admin: its lists, and the refusal to delete what learners were asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet

from assessments.alike import alike
from assessments.freezing import compose, countries_without_questions
from assessments.models import Question, Quiz
from assessments.retention import those_that_stay
from assessments.staff.sorting import SortQuestions
from assessments.staff.viewsets import AssessmentsGroup
from assessments.wording import left_out_words
from media_library.belonging import readable

register_snippet(AssessmentsGroup)
hooks.register("register_bulk_action", SortQuestions)

MOST_ALIKE = 3


@hooks.register("register_snippet_listing_buttons")
def lead_to_the_analysis(snippet: Model, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Lead from a quiz in the list to how its questions did."""
    if isinstance(snippet, Quiz):
        url = reverse("wagtailsnippets_assessments_quiz:analysis", args=[snippet.pk])
        yield Button(_("How its questions did"), url=url, icon_name="list-ol", priority=25)
        url = reverse("wagtailsnippets_assessments_quiz:mend", args=[snippet.pk])
        yield Button(_("A bad question"), url=url, icon_name="warning", priority=26)


@hooks.register("register_log_actions")
def name_what_is_logged(actions: Any) -> None:
    """Name in the history of a quiz that a bad question was marked otherwise."""
    actions.register_action(
        "senda.regrade", gettext_lazy("Bad question"), gettext_lazy("Marked a bad question otherwise")
    )


@hooks.register("before_delete_snippet")
def refuse_to_delete(request: HttpRequest, instances: Sequence[Model]) -> HttpResponse | None:
    """Keep what was ever asked; Wagtail calls this before both the single and the bulk deletion."""
    staying = those_that_stay(instances)
    if not staying:
        return None
    words = _(
        "Not deleted, because learners may have been asked this: %(titles)s. "
        "Unpublish it instead: new attempts will leave it out, and those already made keep it."
    )
    messages.error(request, words % {"titles": " · ".join(str(instance) for instance in staying)})
    return redirect(staying[0].snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]  # Wagtail adds it


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def tell_what_is_alike(request: HttpRequest, instance: Model) -> None:
    """Say after saving a question which others of the writer's bank ask almost the same."""
    if not isinstance(instance, Question):
        return
    others = readable(Question, request.user)  # type: ignore[arg-type]  # the admin lets nobody else in
    others = others.filter(locale=instance.locale_id).exclude(translation_key=instance.translation_key)
    stems = dict(others.order_by().values_list("pk", "stem"))
    for key in alike(instance.stem, stems)[:MOST_ALIKE]:
        words = _("A question in the bank asks almost the same: «%(stem)s»") % {"stem": stems[key]}
        url = instance.snippet_viewset.get_url_name("edit")  # type: ignore[attr-defined]  # Wagtail adds it
        messages.warning(request, words, buttons=[messages.button(reverse(url, args=[key]), _("Look at it"))])


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def tell_what_is_left_out(request: HttpRequest, instance: Model) -> None:
    """Say after publishing a quiz which of its questions are not asked yet, and why."""
    if not isinstance(instance, Quiz) or not instance.live:
        return
    composition = compose(quiz=instance)
    for left_out in composition.left_out:
        messages.warning(request, left_out_words(left_out))
    for country in countries_without_questions(composition):
        words = _("«%(quiz)s» has no question for people who work in %(country)s: they cannot begin it.")
        messages.warning(request, words % {"quiz": instance, "country": country})
