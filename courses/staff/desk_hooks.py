"""What the admin shows of a trainer's own courses around Wagtail's pages: menu, buttons, next steps, and the refusal to
publish what has no code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.contrib import messages as django_messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Locale, Page

from accounts.http import SignedRequest
from assessments.models import Question, Quiz
from courses.models import CoursePage, QuizPage
from courses.opening import Closed, why_closed
from courses.retiring import BRING_BACK, RETIRE
from courses.staff.buttons import header_buttons, listing_buttons
from courses.staff.next_steps import tell_after_bank, tell_first_release, tell_next_step, way_to_mend
from courses.staff.own_help import help_url
from courses.staff.permissions import may_write_a_course, pages_to_release

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from wagtail.admin.widgets.button import Button

    from accounts.models import User


class BeginHere(Component):
    """The way to the trainer's courses and to the help for who writes them."""

    name = "begin_here"
    order = 50
    template_name = "courses/staff/begin.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Add the address of the help, where there is such a page."""
        return {"help_url": help_url(parent_context["request"])}


@hooks.register("construct_help_menu")
def put_our_help_first(request: HttpRequest, items: list[MenuItem]) -> None:
    """Lead to the product's own help, in the reader's language; Wagtail's guide is of another site, in English.

    Which page that is is looked up when somebody goes there: every page of the admin has this menu.
    """
    items[:] = [item for item in items if item.name != "editor-guide"]
    address = reverse("course_desk:help")
    items.insert(
        0, MenuItem(_("Help for who writes courses"), address, name="own-help", icon_name="help", order=1)
    )


class MyCoursesMenuItem(MenuItem):
    """Shown to those who have a course, or may write one."""

    def is_shown(self, request: SignedRequest) -> bool:
        """Say whether the reader may publish any course, or add one to the catalogue."""
        user = request.user
        # Every page of the admin asks: who may do everything costs no question.
        return user.is_superuser or pages_to_release(user).exists() or may_write_a_course(user)


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
    why = why_closed(page)
    if why is Closed.NO_CODE:
        said = _(
            "Give the course a code, such as PAP-01, before you publish it. What you wrote is kept as a draft."
        )
        messages.error(request, said, buttons=way_to_mend(page))
    elif why is Closed.RETIRED:
        django_messages.error(request, _("This course is retired. Bring it back under «My courses» first."))
    return why is not None


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


@hooks.register("after_create_page")
def tell_what_comes_first(request: SignedRequest, page: Page) -> None:
    """Offer the next step to who made a page of a course."""
    if request.accepts("text/html"):
        tell_next_step(request, page, made=True)


@hooks.register("after_edit_page")
def tell_what_comes_next(request: SignedRequest, page: Page) -> None:
    """Offer the next step to who writes a course that is not published yet."""
    if request.accepts("text/html"):
        tell_next_step(request, page)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def tell_what_comes_after_a_quiz(request: SignedRequest, instance: Model) -> None:
    """Offer the next step to who writes the questions or the quiz of a course that nobody can take yet."""
    if not isinstance(instance, Question | Quiz) or not request.accepts("text/html"):
        return
    page = None
    if isinstance(instance, Quiz):
        page = QuizPage.objects.filter(quiz=instance, locale=Locale.get_default()).first()
    if page is None:
        tell_after_bank(request, instance)
    elif instance.live:
        tell_next_step(request, page)


@hooks.register("after_publish_page")
def tell_what_began(request: SignedRequest, page: Page) -> None:
    """Say to who published a course for the first time that people can enrol now."""
    if request.accepts("text/html"):
        tell_first_release(request, page)
