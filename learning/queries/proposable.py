"""What a focal point can propose: the courses that learners find open, and the groups that take her people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import BooleanField, Case, Q, When
from django.utils import timezone
from django.utils.formats import date_format

from common.languages import content_language, foreign
from courses import versions
from learning.inviting import invites
from learning.models import Cohort
from programme.remembered import remember

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from courses.models import Course
    from courses.versions import CourseWords
    from institutions.counterparts import Kin
    from institutions.models import Institution

AT_MOST = 100
SHOWN = 10
MOST_WORDS = 6
RECENT = dt.timedelta(days=90)


@dataclass(frozen=True)
class Group:
    """A group of the institution that meets now or soon."""

    name: str
    title: str
    lang: str
    starts_on: dt.date
    ends_on: dt.date | None


def cohorts(institution: Institution, kin: Kin, sought: str = "") -> list[Cohort]:
    """Return by one question the groups of the institution, and those for which it may nominate; each says which.

    Those for which it may nominate have each word of `sought` in their name, their code or the course's code.
    """
    today = timezone.localdate()
    soon = Q(ends_on__isnull=True, starts_on__gte=today - RECENT) | Q(ends_on__gte=today)
    hers = Q(institution__canonical=institution.pk, starts_on__isnull=False) & soon
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    open_ones = still & Q(cancelled_at__isnull=True) & invites(institution, kin) & _called(sought)
    rows = Cohort.objects.annotate(is_hers=_whether(hers), is_open=_whether(open_ones))
    rows = rows.filter(Q(is_hers=True) | Q(is_open=True)).select_related("course")
    return list(rows.order_by("-is_hers", "name", "pk")[: AT_MOST + SHOWN + 1])


def _called(sought: str) -> Q:
    found = Q()
    for word in sought.split()[:MOST_WORDS]:
        found &= Q(name__icontains=word) | Q(code__icontains=word) | Q(course__code__icontains=word)
    return found


def are_more(rows: Collection[Cohort]) -> bool:
    """Say whether there are more groups to nominate for than `inviting` returns: they are searched then."""
    number = len([row for row in rows if row.is_open])  # type: ignore[attr-defined]  # annotated
    return number > AT_MOST or len(rows) > AT_MOST + SHOWN


def _whether(said: Q) -> Case:
    return Case(When(said, then=True), default=False, output_field=BooleanField())


def groups(request: HttpRequest, rows: Iterable[Cohort]) -> tuple[Group, ...]:
    """Return the groups of the institution itself, the earliest first."""
    hers = sorted((row for row in rows if row.is_hers), key=_begins)[:SHOWN]  # type: ignore[attr-defined]  # annotated
    words = words_of({row.course for row in hers}, request)
    return tuple(
        Group(
            row.name,
            words[row.course.key].title,
            foreign(words[row.course.key].language),
            row.starts_on,
            row.ends_on,
        )
        for row in hers
        if row.starts_on
    )


def _begins(row: Cohort) -> dt.date:
    return row.starts_on or dt.date.max


def inviting(rows: Iterable[Cohort]) -> tuple[tuple[str, str], ...]:
    """Return the keys and names of the groups for which the institution may nominate."""
    open_ones = sorted((row for row in rows if row.is_open), key=lambda row: row.name)  # type: ignore[attr-defined]  # annotated
    return tuple((str(row.key), f"{row.name} · {_about(row)}") for row in open_ones[:AT_MOST])


def _about(row: Cohort) -> str:
    day = date_format(row.starts_on, "SHORT_DATE_FORMAT") if row.starts_on else ""
    return " · ".join(part for part in (str(row.course), day) if part)


def courses(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """Return the keys and titles of the courses that can be proposed: those that learners find open."""
    found = _released(request).items()
    offered = [(str(key), words.title) for key, words in found if words.live and words.url]
    return tuple(sorted(offered, key=lambda pair: pair[1]))


def words_of(wanted: Iterable[Course], request: HttpRequest) -> dict[UUID, CourseWords]:
    """Return the words of courses; of those that were ever released, what is remembered of them."""
    known, rest = _released(request), set(wanted)
    missing = {course for course in rest if course.key not in known}
    # A course that nobody has released yet may already have a group.
    found = _words(missing, request) if missing else {}
    return {course.key: known.get(course.key) or found[course.key] for course in rest}


def _released(request: HttpRequest) -> dict[UUID, CourseWords]:
    name = f"released.{content_language()}"
    return remember(name, lambda: _words(set(versions.released_courses()), request))


def _words(rows: set[Course], request: HttpRequest) -> dict[UUID, CourseWords]:
    return versions.many_course_words(rows, language=content_language(), request=request)
