"""What can be done with nominations: a focal point proposes a course to her people, each accepts or declines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from common import clock
from courses import versions
from institutions.counterparts import looked_after_by
from institutions.models import Membership, MembershipState
from learning import seats
from learning.inviting import cohorts_for
from learning.joining import ask_to_join
from learning.models import Enrolment, EnrolmentState, EnrolmentWay, Nomination, NominationState
from learning.services import enrol
from learning.telling import shown

if TYPE_CHECKING:
    from accounts.models import Person
    from courses.models import Course
    from institutions.models import Institution
    from learning.models import Cohort
    from programme.models import Country


class Reason(StrEnum):
    """Why a nomination was not made."""

    NOT_YOURS = "not_yours"
    NOT_OPEN = "not_open"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    ALREADY = "already"
    NO_LOGIN = "no_login"
    NOT_INVITED = "not_invited"


class NotYours(Exception):
    """The institution, or the nomination, is not the asker's."""


def nominate(
    *,
    institution: Institution,
    people: Iterable[Person],
    course: Course,
    cohort: Cohort | None = None,
    by: Person,
    at: dt.datetime | None = None,
) -> dict[Person, Reason | None]:
    """Propose `course` to each of `people`; return for each why not, or None where it was proposed.

    Raises NotYours when `by` does not look after the institution. People of other places answer NOT_YOURS: whoever
    guesses keys learns nothing of them. With `cohort` they are proposed for that group, of the same course: one that
    does not take the institution's people answers NOT_INVITED.
    """
    if institution.pk not in looked_after_by(by):
        raise NotYours
    asked, moment = list(people), at or clock.now()
    if cohort is not None and not _is_invited(institution, course, cohort, moment):
        return dict.fromkeys(asked, Reason.NOT_INVITED)
    why = _why_not(institution, asked, course)
    for person in asked:
        if why[person] is None and not _propose(institution, person, course, cohort, by, moment):
            why[person] = Reason.ALREADY
    return why


def _is_invited(institution: Institution, course: Course, cohort: Cohort, moment: dt.datetime) -> bool:
    today = clock.local_date(moment, institution.country.time_zone)
    return cohort.course_id == course.pk and cohorts_for(institution, on=today).filter(pk=cohort.pk).exists()


def _why_not(institution: Institution, people: list[Person], course: Course) -> dict[Person, Reason | None]:
    if versions.current(course) is None or not versions.scope_of(course).live:
        return dict.fromkeys(people, Reason.NOT_OPEN)
    working = working_at([institution.pk], people)
    states = _told_states(institution, people, course)
    return {person: _reason(person, working, states) for person in people}


def _reason(person: Person, working: set[int], states: dict[int, set[str]]) -> Reason | None:
    standing = states.get(person.canonical_id or person.pk, set())
    checks = (
        (person.pk not in working, Reason.NOT_YOURS),
        (person.erased_at is not None or not hasattr(person, "user"), Reason.NO_LOGIN),
        (EnrolmentState.ACTIVE in standing, Reason.IN_PROGRESS),
        (EnrolmentState.COMPLETED in standing, Reason.COMPLETED),
    )
    return next((reason for fails, reason in checks if fails), None)


def working_at(institutions: Iterable[int], people: Iterable[Person]) -> set[int]:
    """Return the keys of those of `people` who work there now, confirmed."""
    rows = Membership.objects.filter(
        institution__in=list(institutions),
        person__in=list(people),
        ends_on__isnull=True,
        state=MembershipState.CONFIRMED,
    )
    return set(rows.values_list("person_id", flat=True))


def _told_states(institution: Institution, people: list[Person], course: Course) -> dict[int, set[str]]:
    """Return how people stand in the course, as far as their institution is told.

    Of what somebody took for herself nobody learns by proposing it to her: she is asked, and shares it if she accepts.
    """
    humans = {person.canonical_id or person.pk for person in people}
    rows = shown(institution, humans).filter(course=course)
    found: dict[int, set[str]] = {}
    for person, state in rows.values_list("person__canonical__pk", "state"):
        found.setdefault(person, set()).add(state)
    return found


def _propose(
    institution: Institution,
    person: Person,
    course: Course,
    cohort: Cohort | None,
    by: Person,
    moment: dt.datetime,
) -> bool:
    asked = Nomination.objects.filter(
        institution__canonical=institution.canonical_id, person__canonical=person.canonical_id, course=course
    )
    # Her institution is not told that she declined: to it a proposal is open until it takes it back.
    if asked.filter(state=NominationState.DECLINED).exists():
        return False
    try:
        with transaction.atomic():
            Nomination.objects.create(
                institution=institution,
                person=person,
                course=course,
                cohort=cohort,
                nominated_by=by,
                nominated_at=moment,
            )
    except IntegrityError:
        return False  # nominated_once_at_a_time: another tab, or another focal point
    return True


def accept(
    *, nomination: Nomination, person: Person, country: Country | None = None, at: dt.datetime | None = None
) -> Enrolment | None:
    """Enrol the person nominated; her institution sees whether she completes. Raises NotYours, or Refused by the rule.

    Somebody who takes the course already, or completed it and is proposed for no group, shares that enrolment: she was
    told what her institution sees. None: the group has no seat yet, or its facilitator approves first; the nomination
    is told of the enrolment when there is one.
    """
    with transaction.atomic():
        if nomination.cohort is not None:
            seats.hold(nomination.cohort)
        row = _answered_by(nomination, person)
        current = standing_of(row)
        # Hers whom the institution proposed it to, whichever way she signed in: an undo parts them with it.
        row.enrolment = current or _enrol(row, row.person, country, at)
        row.state, row.answered_at = NominationState.ACCEPTED, at or clock.now()
        row.save(update_fields=["enrolment", "state", "answered_at"])
    return row.enrolment


def standing_of(nomination: Nomination) -> Enrolment | None:
    """Return what the person has of the course already, and would share: in progress, or completed.

    Who is proposed for a group takes the course again there.
    """
    rows = Enrolment.objects.of(nomination.person).filter(course=nomination.course_id)
    active = rows.active().first()
    if active is not None or nomination.cohort_id is not None:
        return active
    return rows.filter(state=EnrolmentState.COMPLETED).order_by("-enrolled_at").first()


def _enrol(
    row: Nomination, person: Person, country: Country | None, at: dt.datetime | None
) -> Enrolment | None:
    if row.cohort is None:
        return enrol(
            person=person,
            course=row.course,
            way=EnrolmentWay.NOMINATION,
            institution=row.institution,
            country=country,
            by=row.nominated_by,
            at=at,
        )
    made = ask_to_join(
        person=person,
        cohort=row.cohort,
        way=EnrolmentWay.NOMINATION,
        institution=row.institution,
        country=country,
        by=row.nominated_by,
        at=at,
    )
    return made if isinstance(made, Enrolment) else None


def decline(*, nomination: Nomination, person: Person, at: dt.datetime | None = None) -> None:
    """Keep that the person does not want it; no reason is asked, and her institution is not told. Raises NotYours."""
    with transaction.atomic():
        row = _answered_by(nomination, person)
        row.state, row.answered_at = NominationState.DECLINED, at or clock.now()
        row.save(update_fields=["state", "answered_at"])


def _answered_by(nomination: Nomination, person: Person) -> Nomination:
    """Return the row locked, if it is hers and open."""
    row = (
        Nomination.objects.select_for_update(of=("self",))
        .select_related("course", "institution", "nominated_by", "cohort", "person__country")
        .filter(pk=nomination.pk, person__canonical_id=person.canonical_id, state=NominationState.OPEN)
        .first()
    )
    if row is None:
        raise NotYours
    return row


def withdraw(*, nomination: Nomination, by: Person, at: dt.datetime | None = None) -> bool:
    """Take a nomination back that was not accepted; return whether there was one. Raises NotYours.

    One that was declined answers like one that is open: who proposes is not told that she declined.
    """
    if nomination.institution_id not in looked_after_by(by):
        raise NotYours
    still = Nomination.objects.filter(
        pk=nomination.pk, state__in=[NominationState.OPEN, NominationState.DECLINED]
    )
    return bool(still.update(state=NominationState.WITHDRAWN, answered_at=at or clock.now()))
