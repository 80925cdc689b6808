"""The ways from a page of a course, in the editor and in the explorer, to the trainer's own screens of that course."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button

from courses.models import CoursePage
from courses.retiring import may_be_retired
from courses.staff.permissions import pages_to_release

if TYPE_CHECKING:
    from wagtail.models import Page

    from accounts.models import User


def header_buttons(page: Page, user: User) -> Iterator[Button]:
    """Return the ways from any page of the reader's own courses."""
    course_page = pages_to_release(user).ancestor_of(page, inclusive=True).first() if page.pk else None
    if course_page is not None:
        yield from _of_the_course(course_page)
        if page.live and may_be_retired(page.specific_deferred):
            yield Button(
                _("Retire"), reverse("course_desk:retire", args=[page.pk]), icon_name="download", priority=78
            )


def listing_buttons(page: Page, user: User) -> Iterator[Button]:
    """Return the ways from a course in the explorer. A lesson has none: it would be a query a row."""
    if not issubclass(page.specific_class or type(page), CoursePage):
        return
    course_page = pages_to_release(user).filter(pk=page.pk).first()
    if course_page is not None:
        yield from _of_the_course(course_page)


def _of_the_course(page: CoursePage) -> Iterator[Button]:
    course = [page.course_id]
    yield Button(
        _("What is missing"), reverse("course_desk:ready", args=course), icon_name="list-ul", priority=75
    )
    yield Button(
        _("Versions"), reverse("course_versions:history", args=course), icon_name="history", priority=76
    )
    yield Button(
        _("How learners are doing"),
        reverse("course_learning:report", args=course),
        icon_name="group",
        priority=77,
    )
