"""What this room adds to the Wagtail admin: the screens of versions, the guard of what learners studied, and a word
to the editor whose publication changed what is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages as django_messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.snippets.models import register_snippet

from accounts.http import SignedRequest
from assessments.models import Quiz
from courses import teams
from courses.gate import learners_outside
from courses.models import CoursePage, QuizPage
from courses.reading import scope_of
from courses.retention import places_of, was_released
from courses.retiring import BRING_BACK, RETIRE, may_be_retired
from courses.services import propose_for_page, propose_for_quiz, waiting_for_page, waiting_for_quiz
from courses.staff import translating_hooks  # noqa: F401  registers hooks of its own
from courses.staff.buttons import header_buttons, listing_buttons
from courses.staff.next_steps import tell_next_step
from courses.staff.permissions import may_write_a_course, pages_to_release, without_foreign
from courses.staff.reports import OwnTranslationsView
from courses.staff.snippets import SharedGroup
from courses.staff.translating import holds_a_course
from programme.frame import frame_for

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from wagtail.admin.widgets.button import Button

    from accounts.models import User

register_snippet(SharedGroup)


class BeginHere(Component):
    """The way to the trainer's courses and to the help for who writes them."""

    name = "begin_here"
    order = 50
    template_name = "courses/staff/begin.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Add the address of the help, where there is such a page."""
        links = frame_for(parent_context["request"]).links
        help_page = links.get("help-trainer") or links.get("help")
        return {"help_url": help_page.url if help_page else ""}


class MyCoursesMenuItem(MenuItem):
    """Shown to those who have a course, or may write one."""

    def is_shown(self, request: SignedRequest) -> bool:
        """Say whether the reader may publish any course, or add one to the catalogue."""
        return pages_to_release(request.user).exists() or may_write_a_course(request.user)


@hooks.register("register_admin_menu_item")
def my_courses_in_the_menu() -> MenuItem:
    """Put the trainer's courses first in the menu: it is where her work begins."""
    address = reverse("course_desk:index")
    return MyCoursesMenuItem(
        gettext_lazy("My courses"), address, name="my-courses", icon_name="folder-open-inverse", order=90
    )


@hooks.register("construct_homepage_panels")
def begin_here(request: SignedRequest, panels: list[Any]) -> None:
    """Show a trainer on the front page of the admin where her work begins."""
    if MyCoursesMenuItem("", "").is_shown(request):
        panels.append(BeginHere())


@hooks.register("register_admin_urls")
def addresses_of_courses() -> list[URLPattern | URLResolver]:
    """Put the trainer's screens below the admin."""
    return [
        path("cursos/", include("courses.staff.desk_urls")),
        path("versiones/", include("courses.staff.urls")),
    ]


@hooks.register("register_admin_urls", order=-1)
def report_own_translations() -> list[URLPattern | URLResolver]:
    """Stand before wagtail-localize's report of every translation there is."""
    report = "localize/reports/translations/"
    return [
        path(report, OwnTranslationsView.as_view()),
        path(f"{report}results/", OwnTranslationsView.as_view(results_only=True)),
    ]


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
        messages.warning(request, said % {"count": empty}, buttons=_way_to_mend(copied))


@hooks.register("before_publish_page")
def refuse_to_publish(request: SignedRequest, page: Page) -> HttpResponse | None:
    """Refuse a course without a code, or a retired one, in words; what was typed is kept as a draft."""
    if not isinstance(page, CoursePage) or not _say_why_not(request, page):
        return None
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def refuse_to_publish_many(
    request: SignedRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Refuse the bulk publication that such a course is part of; Wagtail's bulk path skips `before_publish_page`."""
    if action_type != "publish" or not issubclass(action.models[0], Page):
        return None
    below = bool(request.POST.get("include_descendants"))
    courses = (_courses_at(page, below=below) for page in objects)
    refused = next((page for rows in courses for page in rows if _say_why_not(request, page)), None)
    return redirect("wagtailadmin_explore", refused.get_parent().pk) if refused else None


def _courses_at(page: Page, *, below: bool) -> QuerySet[CoursePage]:
    return (
        CoursePage.objects.descendant_of(page, inclusive=True)
        if below
        else CoursePage.objects.filter(pk=page.pk)
    )


def _say_why_not(request: SignedRequest, page: CoursePage) -> bool:
    """Say to the editor why `page` is not published, and return whether it is so."""
    if not page.code:
        said = _(
            "Give the course a code, such as PAP-01, before you publish it. What you wrote is kept as a draft."
        )
        messages.error(request, said, buttons=_way_to_mend(page))
    elif page.record.retired_at:
        django_messages.error(request, _("This course is retired. Bring it back under «My courses» first."))
    else:
        return False
    return True


def _way_to_mend(page: CoursePage) -> list[Any]:
    return [messages.button(reverse("course_desk:ready", args=[page.course_id]), _("See what is missing"))]


@hooks.register("register_page_header_buttons")
def ways_from_a_page(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Lead from the editor of a course's page to what is missing, its versions and its learners."""
    return header_buttons(page, user)


@hooks.register("register_page_listing_more_buttons")
def ways_from_the_explorer(page: Page, user: User, next_url: str | None = None) -> Iterator[Button]:
    """Lead there from a course's row in the explorer."""
    return listing_buttons(page, user)


@hooks.register("register_log_actions")
def acts_of_this_room(actions: Any) -> None:
    """Give the history of a page words for what is done to courses here."""
    actions.register_action(RETIRE, gettext_lazy("Retire"), gettext_lazy("Retired"))
    actions.register_action(BRING_BACK, gettext_lazy("Bring back"), gettext_lazy("Brought back as a draft"))


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
        messages.warning(
            request,
            _("What %(course)s asks has changed. Learners meet it when you release the new version.")
            % {"course": proposal.course},
            buttons=[
                messages.button(
                    reverse("course_versions:proposal", args=[proposal.pk]), _("See what changes")
                )
            ],
        )


@hooks.register("after_publish_page")
@hooks.register("after_unpublish_page")
@hooks.register("after_move_page")
def tell_of_a_proposal(request: SignedRequest, page: Page) -> None:
    """Say at once that a version waits, with the way to it."""
    propose_for_page(page=page)
    _tell(request, waiting_for_page(page=page, among=pages_to_release(request.user)))


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


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_what_comes_next(request: SignedRequest, page: Page) -> None:
    """Offer the next step to who writes a course that is not published yet. Her drafts save themselves meanwhile."""
    if request.accepts("text/html"):
        tell_next_step(request, page)


@hooks.register("after_edit_snippet")
def tell_of_a_quiz(request: SignedRequest, instance: Model) -> None:
    """Say the same when a published quiz has another pass mark or other attempts."""
    if isinstance(instance, Quiz) and instance.live:
        propose_for_quiz(quiz_key=instance.translation_key)
        _tell(
            request, waiting_for_quiz(quiz_key=instance.translation_key, among=pages_to_release(request.user))
        )
