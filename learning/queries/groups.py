"""A facilitator's pages beside a group: who asks to join, the list that she pasted, where somebody may go on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from learning import seats
from learning.listing import DONE, Line, Listed, Verdict
from learning.models import PENDING, Cohort, CohortChange, Enrolment, JoinRequest, RequestState
from learning.words_of_groups import VERDICTS, reason_of, say_asked, say_refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from accounts.models import Person

ANSWERED = 20


@dataclass(frozen=True)
class Asked:
    """A request as the facilitator sees it: the name on screen, where she works by the code, and since when."""

    request: JoinRequest
    person: Person
    place: str
    waiting: int | None


@dataclass(frozen=True)
class Requests:
    """What waits for an answer, the waiting list in order, and what was answered lately."""

    cohort: Cohort
    open: tuple[Asked, ...]
    waiting: tuple[Asked, ...]
    answered: tuple[tuple[Asked, str], ...]
    taken: int
    free: int | None

    @property
    def named(self) -> int:
        """Return how many people stand on the page by name."""
        return len(self.open) + len(self.waiting) + len(self.answered)


@dataclass(frozen=True)
class ListedLine:
    """A line of the pasted list and what came of it."""

    text: str
    words: str
    done: bool


@dataclass(frozen=True)
class Moved:
    """That somebody came from, or went to, another group."""

    person: Person
    came: bool
    other: str
    by: Person
    at: dt.datetime
    reason: str


@dataclass(frozen=True)
class Own:
    """What a person asked for and waits for, or was refused lately, on her own page."""

    request: JoinRequest
    words: str
    pending: bool


def requests_screen(cohort: Cohort) -> Requests:
    """Return the requests of a cohort: the same number of queries for two and for two hundred."""
    rows = cohort.join_requests.select_related("person", "institution", "answered_by")
    pending = [_asked(row) for row in rows.filter(state=RequestState.OPEN)]
    waiting = [_asked(row, n) for n, row in enumerate(rows.filter(state=RequestState.WAITING), start=1)]
    old = rows.filter(state__in=[RequestState.ACCEPTED, RequestState.REFUSED]).order_by("-answered_at")[
        :ANSWERED
    ]
    taken = seats.taken(cohort)
    return Requests(
        cohort=cohort,
        open=tuple(pending),
        waiting=tuple(waiting),
        answered=tuple((_asked(row), _answer(row)) for row in old),
        taken=taken,
        free=None if cohort.seats is None else max(0, cohort.seats - taken),
    )


def _asked(row: JoinRequest, place: int | None = None) -> Asked:
    return Asked(row, row.person, row.institution.name if row.institution else "", place)


def _answer(row: JoinRequest) -> str:
    words = str(row.get_state_display())
    return f"{words}: {reason_of(row)}" if row.state == RequestState.REFUSED else words


def listed_lines(lines: Sequence[Line], results: Iterable[Listed]) -> list[ListedLine]:
    """Return each line of the list with what came of it, in the order in which they were written."""
    came = iter(results)
    return [_line(line, next(came) if line.person else None) for line in lines]


def _line(line: Line, result: Listed | None) -> ListedLine:
    verdict = result.verdict if result else line.why or Verdict.UNKNOWN
    words = str(VERDICTS[verdict])
    if result and result.reason:
        words = f"{words}: {say_refused(result.reason)}"
    return ListedLine(line.text, words, verdict in DONE)


def moved(cohort: Cohort) -> list[Moved]:
    """Return who came to a group from another one and who went, the last first: for both facilitators."""
    rows = CohortChange.objects.filter(from_cohort=cohort) | CohortChange.objects.filter(to_cohort=cohort)
    rows = rows.select_related("enrolment__person", "from_cohort", "to_cohort", "by").order_by("-at")
    return [_moved(row, cohort) for row in rows[:ANSWERED]]


def _moved(row: CohortChange, cohort: Cohort) -> Moved:
    came = row.to_cohort_id == cohort.pk
    other = row.from_cohort if came else row.to_cohort
    return Moved(row.enrolment.person, came, other.name if other else "", row.by, row.at, row.reason)


def groups_to_go_on(enrolment: Enrolment, by: Person) -> list[Cohort]:
    """Return the other groups of the facilitator that take the same course and are neither cancelled nor over."""
    hers = Cohort.objects.facilitated_by(by).running(timezone.localdate()).filter(course=enrolment.course_id)
    return list(hers.exclude(pk=enrolment.cohort_id).order_by("name", "pk"))


def own_requests(person: Person) -> list[Own]:
    """Return what a person asked and nobody answered, with her place on the waiting list, and recent refusals."""
    from learning.joining import place_of

    recent = timezone.now() - dt.timedelta(days=14)
    rows = JoinRequest.objects.filter(person__canonical_id=person.canonical_id).select_related("cohort")
    shown = rows.filter(state__in=PENDING) | rows.filter(state=RequestState.REFUSED, answered_at__gte=recent)
    return [Own(row, say_asked(row, place_of(row)), row.state in PENDING) for row in shown]
