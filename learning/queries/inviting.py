"""The groups for which a focal point may nominate, found by the words of their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from learning.inviting import cohorts_for

if TYPE_CHECKING:
    from institutions.models import Institution
    from learning.models import Cohort

MOST_GROUPS = 100
MOST_WORDS = 6


def groups_inviting(institution: Institution, query: str) -> tuple[tuple[str, str], ...]:
    """Return the keys and names of the groups for which the institution may nominate, and one more than are shown.

    Each word of `query` stands in the name, the code or the course's code of each of them.
    """
    rows = cohorts_for(institution, on=timezone.localdate()).select_related("course")
    for word in query.split()[:MOST_WORDS]:
        rows = rows.filter(
            Q(name__icontains=word) | Q(code__icontains=word) | Q(course__code__icontains=word)
        )
    found = rows.order_by("name", "pk")[: MOST_GROUPS + 1]
    return tuple((str(row.key), f"{row.name} · {_about(row)}") for row in found)


def _about(row: Cohort) -> str:
    day = date_format(row.starts_on, "SHORT_DATE_FORMAT") if row.starts_on else ""
    return " · ".join(part for part in (str(row.course), day) if part)
