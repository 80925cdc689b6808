"""Decides whether the page of a course may be published: it needs a code, and a course that is not retired."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from courses.models import CoursePage


class Closed(StrEnum):
    """Why a course is not published."""

    NO_CODE = "no_code"
    RETIRED = "retired"


def why_closed(page: CoursePage) -> Closed | None:
    """Return what keeps `page`, as it would be published, from being so; None when nothing does."""
    if not page.code:
        return Closed.NO_CODE
    return Closed.RETIRED if page.course and page.course.retired_at else None
