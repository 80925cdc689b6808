"""What this room adds to the Wagtail admin: the screens of versions, the guard of what learners studied, and a word
to the editor whose publication changed what is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages as django_messages
from django.db import connection
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.snippets.models import register_snippet

from accounts.http import SignedRequest
from assessments.models import Quiz
from common import clock
from courses import teams
from courses.gate import learners_outside
from courses.models import CoursePage, QuizPage
from courses.models.pages import ActivityPage
from courses.reading import scope_of
from courses.retention import places_of, was_released
from courses.retiring import may_be_retired
from courses.services import propose_for_page, propose_for_quiz, waiting_for_page, waiting_for_quiz
from courses.staff import desk_hooks, translating_hooks  # noqa: F401  they register hooks of their own
from courses.staff.listing_api import PagesToRead
from courses.staff.next_steps import JUST_NOW, way_to_mend, went_live
from courses.staff.permissions import pages_to_release, without_foreign
from courses.staff.reports import OwnTranslationsView
from courses.staff.snippets import SharedGroup
from courses.staff.translating import holds_a_course
from courses.versions import current

register_snippet(SharedGroup)


@hooks.register("register_admin_urls", order=-1)
def report_own_translations() -> list[URLPattern | URLResolver]:
    """Stand before wagtail-localize's report of every translation there is."""
    report = "localize/reports/translations/"
    return [
        path(report, OwnTranslationsView.as_view()),
        path(f"{report}results/", OwnTranslationsView.as_view(results_only=True)),
    ]


@hooks.register("construct_admin_api")
def close_the_acts_of_the_api(api: WagtailAPIRouter) -> None:
    """Leave the listing of pages, which the explorer and the choosers ask; what acts on a page is a screen's."""
    api.register_endpoint("pages", PagesToRead)


@hooks.register("construct_page_chooser_queryset")
def choose_among_own_pages(pages: PageQuerySet, request: SignedRequest) -> PageQuerySet:
    """Leave other courses out of the page chooser, its search included."""
    return without_foreign(request.user, pages)


@hooks.register("after_create_page")
def join_who_begins(request: SignedRequest, page: Page) -> None:
    """Let whoever begins a course write it."""
    if isinstance(page, CoursePage) and not request.user.is_superuser:
        teams.join(user=request.user, course=page.record)


@hooks.register("before_copy_page")
def refuse_aliases(request: SignedRequest, page: Page) -> HttpResponse | None:
    """Refuse the alias of a course or lesson: it would be a second page of the same work, with keys of its own."""
    if request.method != "POST" or not request.POST.get("alias") or not holds_a_course(page):
        return None
    django_messages.error(
        request, _("Courses and lessons have no aliases. Copy it without that tick: the copy is a new draft.")
    )
    return redirect("wagtailadmin_pages:copy", page.pk)


@hooks.register("after_copy_page")
def keep_copies_drafts(request: SignedRequest, page: Page, new_page: Page) -> None:
    """Make the copy of a course a draft even where «publish copies» was ticked: it has no code, nobody read it.

    Whoever copies a course writes the copy.
    """
    copied = new_page.specific
    if not isinstance(copied, CoursePage):
        return
    join_who_begins(request, copied)
    for part in copied.get_descendants(inclusive=True).live().specific():
        part.unpublish()
    django_messages.info(request, _("The copy is a draft: give it a code of its own, and publish it then."))
    empty = QuizPage.objects.descendant_of(copied).count()
    if empty:
        said = ngettext(
            "Its quiz page asks no quiz: a quiz belongs to one course. Write a new one, or copy the quiz and choose "
            "the copy.",
            "Its %(count)s quiz pages ask no quiz: a quiz belongs to one course. Write new ones, or copy the quizzes "
            "and choose the copies.",
            empty,
        )
        messages.warning(request, said % {"count": empty}, buttons=way_to_mend(copied))


def _refuse(request: SignedRequest, page: Page) -> HttpResponse:
    said = _(
        "«%(title)s» was part of a released version: retire it instead. Learners' records keep pointing to it."
    )
    retire = messages.button(reverse("course_desk:retire", args=[page.pk]), _("Retire"))
    buttons = [retire] if may_be_retired(page.specific) else []
    messages.error(request, said % {"title": page.title}, buttons=buttons)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_delete_page")
def keep_released_page(request: SignedRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete one page that was ever released."""
    return _refuse(request, page) if was_released(page) else None


@hooks.register("before_bulk_action")
def keep_released_pages(
    request: SignedRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Refuse the bulk deletion in which such a page is ticked; Wagtail's bulk path skips `before_delete_page`."""
    if action_type != "delete" or not issubclass(action.models[0], Page):
        return None
    kept = next((page for page in objects if was_released(page)), None)
    return _refuse(request, kept) if kept else None


@hooks.register("before_delete_snippet")
def keep_what_lessons_use(request: SignedRequest, instances: Sequence[Model]) -> HttpResponse | None:
    """Refuse to delete a term, source or topic in use; Wagtail calls this for the single and the bulk deletion."""
    for instance in instances:
        places = places_of(instance)
        if places:
            words = _(
                "«%(title)s» is not deleted, because it is used in: %(places)s. Take it out there first."
            )
            django_messages.error(request, words % {"title": instance, "places": " · ".join(places[:5])})
            return redirect(instance.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]  # Wagtail adds it
    return None


def _tell(request: SignedRequest, proposals: Iterable[Any]) -> None:
    for proposal in proposals:
        if current(proposal.course) is None:
            # Nobody has met anything yet: what comes next is said instead (`courses.staff.next_steps`).
            continue
        said = _("What %(course)s asks has changed. Learners meet it when you release the new version.")
        if clock.now() - proposal.proposed_at > JUST_NOW:
            # This publication need not have changed anything: the proposal stood before it.
            said = _("A new version of %(course)s waits to be released.")
        messages.warning(
            request,
            said % {"course": proposal.course},
            buttons=[
                messages.button(
                    reverse("course_versions:proposal", args=[proposal.pk]), _("See what changes")
                )
            ],
        )


@hooks.register("after_publish_page")
def tell_of_a_published_page(request: SignedRequest, page: Page) -> None:
    """Say what a publication changed; one that was only given its day has changed nothing yet."""
    if went_live(page):
        tell_of_a_proposal(request, page)


@hooks.register("after_unpublish_page")
@hooks.register("after_move_page")
def tell_of_a_proposal(request: SignedRequest, page: Page) -> None:
    """Say at once that a version waits, with the way to it."""
    if connection.in_atomic_block:
        # The receivers look again at the end of the transaction, which is too late for telling.
        propose_for_page(page=page)
    _tell(request, waiting_for_page(page=page, among=pages_to_release(request.user)))


@hooks.register("after_publish_page")
def tell_who_sees_it(request: SignedRequest, page: Page) -> None:
    """Say that the others are kept from a page by its publication, whatever waits for a release."""
    if isinstance(page, ActivityPage) and went_live(page) and page.is_own_only:
        words = _(
            "From now on only people of %(whom)s open and find «%(title)s»: nobody else sees it, released or not."
        )
        messages.info(request, words % {"whom": page.scope_names, "title": page.title})


@hooks.register("after_publish_page")
def tell_of_those_outside(request: SignedRequest, page: Page) -> None:
    """Say how many learn where the course is not offered any more: they keep their path, nobody new joins them."""
    if not isinstance(page, CoursePage) or page.course is None:
        return
    count = learners_outside(page.course, scope_of(page.course).countries)
    if count:
        words = ngettext(
            "%(count)s person in progress works where this course is not offered. She keeps her path; nobody new of "
            "her country can enrol.",
            "%(count)s people in progress work where this course is not offered. They keep their path; nobody new of "
            "their countries can enrol.",
            count,
        )
        messages.warning(request, words % {"count": count})


@hooks.register("after_edit_snippet")
def tell_of_a_quiz(request: SignedRequest, instance: Model) -> None:
    """Say the same when a published quiz has another pass mark or other attempts."""
    if isinstance(instance, Quiz) and instance.live:
        propose_for_quiz(quiz_key=instance.translation_key)
        _tell(
            request, waiting_for_quiz(quiz_key=instance.translation_key, among=pages_to_release(request.user))
        )
