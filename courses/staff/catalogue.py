"""Lets trainers begin a course below the catalogue, which gives them no rights on the courses that stand there.

Wagtail's own right to add below a page goes all the way down: it would let every trainer write in every course.
"""

from __future__ import annotations

from wagtail.models import PagePermissionTester

MAY_BEGIN = "courses.add_course"


class CatalogueTester(PagePermissionTester):
    """What somebody may do with the catalogue itself."""

    def can_add_subpage(self) -> bool:
        """Say whether she may begin a course: as an editor of these pages, or as a trainer."""
        return super().can_add_subpage() or self.user.has_perm(MAY_BEGIN)
