"""Says which of two enrolments in progress goes on, once two records of one person were merged. Pure.

Amina began PAP-01 in March, lost her password, signed up again and began it anew in May. Merged, she has two
enrolments in progress. Nothing of either is changed, so that an undo gives both back: the one begun last goes on, the
other is *overtaken*. It stands in her record with what she did, is asked nothing any more, and goes on if she leaves
the later one. Within one record there are never two: `one_enrolment_in_progress`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learning.models import Enrolment

ACTIVE, WITHDRAWN = "active", "withdrawn"


def overtaken(
    rows: Iterable[Enrolment], *, human: Callable[[Enrolment], Hashable] = lambda row: 0
) -> set[int]:
    """Return the keys of those in progress that a later one of the same course has overtaken.

    `rows` are one person's, or `human` tells whose each is.
    """
    courses: dict[Hashable, list[Enrolment]] = defaultdict(list)
    for row in rows:
        if row.state != WITHDRAWN:
            courses[human(row), row.course_id].append(row)
    found: set[int] = set()
    for begun in courses.values():
        last = max(begun, key=lambda row: (row.enrolled_at, row.pk))
        found |= {row.pk for row in begun if row.state == ACTIVE and row is not last}
    return found
