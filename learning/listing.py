"""What happens when a facilitator enrols many people by a list: each line is answered, and nobody is lost.

The list is read into people first (`read_list`), who are then enrolled together (`enrol_list`): some twenty queries,
whether they are five or five hundred.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import transaction

from accounts.identifiers import users_named_in
from accounts.models import Person
from common import clock
from courses import versions
from learning import seats, services, snapshot
from learning.access import EnrolFacts, Refusal, may_enrol
from learning.joining import NotYours, fill_held
from learning.meeting import time_zone_of
from learning.models import (
    PENDING,
    Cohort,
    Enrolment,
    EnrolmentState,
    EnrolmentWay,
    JoinRequest,
    RequestState,
)
from learning.running import runs

if TYPE_CHECKING:
    from courses.models import CourseVersion

AT_ONCE = 500


class Verdict(StrEnum):
    """What came of a line of the list."""

    ENROLLED = "enrolled"
    AGAIN = "again"
    BACK = "back"
    ALREADY = "already"
    WAITING = "waiting"
    TWICE = "twice"
    UNKNOWN = "unknown"
    SEVERAL = "several"
    REFUSED = "refused"


DONE = frozenset({Verdict.ENROLLED, Verdict.AGAIN, Verdict.BACK})


@dataclass(frozen=True)
class Line:
    """A line as it was written, and whom it names; or why it names nobody."""

    text: str
    person: Person | None = None
    why: Verdict | None = None


@dataclass(frozen=True)
class Listed:
    """What came of one person; `reason` where the rule refused her."""

    person: Person
    verdict: Verdict
    reason: Refusal | None = None


@dataclass(frozen=True)
class ListResult:
    """What came of everybody, in the order of the list."""

    lines: tuple[Listed, ...]

    @property
    def enrolled(self) -> int:
        """Return how many are enrolled now who were not before."""
        return sum(1 for line in self.lines if line.verdict in DONE)


def read_list(text: str) -> list[Line]:
    """Return whom each line names, by e-mail, telephone or personal code; empty lines are none."""
    written = [line.strip() for line in text.splitlines() if line.strip()]
    named, seen = users_named_in(written), set[int]()
    lines = []
    for line in written:
        users = [user for user in named.get(line, []) if user.is_active and not user.person.erased_at]
        people = {user.person.canonical_id: user.person for user in users}
        if len(people) != 1:
            lines.append(Line(line, why=Verdict.SEVERAL if people else Verdict.UNKNOWN))
            continue
        ((canonical, person),) = people.items()
        lines.append(Line(line, person, Verdict.TWICE if canonical in seen else None))
        seen.add(canonical or person.pk)
    return lines


@dataclass
class _Round:
    """What is known of everybody before anybody is enrolled, and the seats that are left meanwhile."""

    group: Cohort
    version: CourseVersion | None
    scope: versions.Scope
    latest: dict[int, Enrolment]
    standing: dict[int, Enrolment]
    places: dict[int, Any]
    free: int | None
    seated: set[int]
    place_fields: dict[int, dict[str, Any]] = field(default_factory=dict)


def enrol_list(
    *,
    cohort: Cohort,
    people: Sequence[Person],
    by: Person | None,
    way: str = EnrolmentWay.LIST,
    late: bool = False,
    at: dt.datetime | None = None,
) -> ListResult:
    """Enrol people in a cohort together; who finds no seat waits in the order of the list.

    `by` is nobody for the server's command line. `late`: a group that is over takes them as well, who were there: its
    sheets are typed in afterwards. Raises NotYours when `by` does not run the cohort, Refused when it is cancelled or
    over. Everything happens, or nothing: an error in the middle leaves nobody enrolled.
    """
    at = at or clock.now()
    with transaction.atomic():
        group = seats.hold(cohort)
        _refuse_unless_open(group, by, at, late=late)
        fill_held(group, at)
        people = _locked(people)
        known = _round(group, people)
        verdicts, made, asked = _sort(known, people, by=by, way=way, at=at)
        Enrolment.objects.bulk_create(made, batch_size=100)
        JoinRequest.objects.bulk_create(asked, batch_size=100)
        for enrolment in made:
            services.announce_enrolled(enrolment)
    return ListResult(tuple(verdicts))


def _refuse_unless_open(group: Cohort, by: Person | None, at: dt.datetime, *, late: bool) -> None:
    if by is not None and not runs(by, group):
        raise NotYours
    zone = services.time_zone_of(by) if by else time_zone_of(group)
    refusal = seats.why_closed(group, on=clock.local_date(at, zone))
    if refusal and not (late and refusal == Refusal.COHORT_OVER):
        raise services.Refused(refusal)


def foresee(
    *,
    cohort: Cohort,
    people: Sequence[Person],
    by: Person | None,
    late: bool = False,
    at: dt.datetime | None = None,
) -> ListResult:
    """Say what `enrol_list` would do, and do nothing. People who are not saved yet are foreseen as newcomers.

    Who would find no seat depends on how many come before: here every seat that is free is given once.
    """
    _refuse_unless_open(cohort, by, at or clock.now(), late=late)
    known = _round(cohort, [person for person in people if person.pk])
    told, free = [], known.free
    for person in people:
        line = _told(known, person, twice=False)
        seated = (person.canonical_id or person.pk) in known.seated
        if line is None and free == 0 and not seated:
            line = Listed(person, Verdict.WAITING)
        elif line is None:
            free = free if free is None or seated else free - 1
            line = Listed(person, Verdict.ENROLLED)
        told.append(line)
    return ListResult(tuple(told))


def _locked(people: Sequence[Person]) -> list[Person]:
    """Lock all records of these people in the order of their keys; return them as they are now, in the list's order."""
    canonical = {person.canonical_id for person in people}
    rows = Person.objects.filter(canonical__in=canonical).select_for_update(of=("self",)).order_by("pk")
    fresh = {person.pk: person for person in rows.select_related("country")}
    return [fresh[person.pk] for person in people]


def _round(group: Cohort, people: Sequence[Person]) -> _Round:
    canonical = {person.canonical_id for person in people}
    latest: dict[int, Enrolment] = {}
    standing: dict[int, Enrolment] = {}
    rows = Enrolment.objects.filter(person__canonical__in=canonical, course=group.course)
    for row in rows.select_related("person").order_by("enrolled_at", "pk"):
        human = row.person.canonical_id or row.person_id
        latest[human] = row
        if row.state != EnrolmentState.WITHDRAWN:
            standing[human] = row
    return _Round(
        group=group,
        version=group.version or versions.current(group.course),
        scope=versions.scope_of(group.course),
        latest=latest,
        standing=standing,
        places={} if group.institution else snapshot.institutions_of(people),
        free=seats.left(group),
        seated={pk for pk, row in standing.items() if row.cohort_id == group.pk},
    )


def _sort(
    known: _Round, people: Iterable[Person], *, by: Person | None, way: str, at: dt.datetime
) -> tuple[list[Listed], list[Enrolment], list[JoinRequest]]:
    verdicts: list[Listed] = []
    made: list[Enrolment] = []
    asked: list[JoinRequest] = []
    waiting = _waiting(known.group)
    seen = set[int]()
    for person in people:
        human = person.canonical_id or person.pk
        told = _told(known, person, twice=human in seen)
        seen.add(human)
        if told is None and known.free == 0 and human not in known.seated:
            told = Listed(person, Verdict.WAITING)
            if human not in waiting:
                asked.append(_request(known.group, person, by, at))
        if told is None:
            known.free = known.free if known.free is None or human in known.seated else known.free - 1
            told = _enrol(known, person, made, by=by, way=way, at=at)
        verdicts.append(told)
    return verdicts, made, asked


def _told(known: _Round, person: Person, *, twice: bool) -> Listed | None:
    """Return what is to be said of somebody who is not to be enrolled; None for whoever is."""
    if twice:
        return Listed(person, Verdict.TWICE)
    standing = known.standing.get(person.canonical_id or person.pk)
    here = standing is not None and standing.cohort_id == known.group.pk
    if standing is not None and here and standing.state == EnrolmentState.ACTIVE:
        return Listed(person, Verdict.ALREADY)
    facts = EnrolFacts(
        in_progress=standing is not None and standing.state == EnrolmentState.ACTIVE,
        course_live=known.scope.live,
        released=known.version is not None,
        country=person.country_id or "",
        course_countries=known.scope.countries,
    )
    refusal = may_enrol(facts)
    return Listed(person, Verdict.REFUSED, refusal) if refusal else None


def _enrol(
    known: _Round, person: Person, made: list[Enrolment], *, by: Person | None, way: str, at: dt.datetime
) -> Listed:
    latest = known.latest.get(person.canonical_id or person.pk)
    if latest is not None and latest.state == EnrolmentState.WITHDRAWN:
        services.enrol(person=person, course=known.group.course, way=way, cohort=known.group, by=by, at=at)
        return Listed(person, Verdict.BACK)
    zone = services.time_zone_of(person)
    made.append(
        Enrolment(
            person_id=latest.person_id if latest else person.pk,
            course=known.group.course,
            version=known.version,
            cohort=known.group,
            modality=known.group.modality,
            way=way,
            enrolled_at=at,
            enrolled_on=clock.local_date(at, zone),
            time_zone=zone,
            enrolled_by=by,
            at_country=person.country,
            **_place_fields(known, person),
            **snapshot.about_person(person),
        )
    )
    return Listed(person, Verdict.AGAIN if latest else Verdict.ENROLLED)


def _place_fields(known: _Round, person: Person) -> dict[str, Any]:
    place = known.group.institution or known.places.get(person.canonical_id or person.pk)
    key = place.pk if place else 0
    if key not in known.place_fields:
        known.place_fields[key] = snapshot.about_place(place)
    return known.place_fields[key]


def _waiting(group: Cohort) -> set[int | None]:
    rows = group.join_requests.filter(state__in=PENDING)
    return set(rows.values_list("person__canonical_id", flat=True))


def _request(group: Cohort, person: Person, by: Person | None, at: dt.datetime) -> JoinRequest:
    return JoinRequest(person=person, cohort=group, state=RequestState.WAITING, asked_at=at, answered_by=by)
