"""Lets trainers begin a course below the catalogue, which gives them no rights on the courses that stand there.

Wagtail's own right to add below a page goes all the way down: it would let every trainer write in every course.
"""

from __future__ import annotations

from django.urls import reverse
from wagtail.models import Locale, PagePermissionTester

MAY_BEGIN = "courses.add_course"


def address_to_begin() -> str:
    """Return where a course is begun: below the catalogue of the source language; empty without one."""
    from courses.models import CourseIndexPage

    index = CourseIndexPage.objects.filter(locale=Locale.get_default()).values_list("pk", flat=True).first()
    return reverse("wagtailadmin_pages:add", args=["courses", "coursepage", index]) if index else ""


class CatalogueTester(PagePermissionTester):
    """What somebody may do with the catalogue itself."""

    def can_add_subpage(self) -> bool:
        """Say whether she may begin a course: as an editor of these pages, or as a trainer."""
        return super().can_add_subpage() or self.user.has_perm(MAY_BEGIN)
