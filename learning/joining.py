"""What happens when somebody wants to join a cohort: a seat, the waiting list, or the facilitator's word.

Seats are given away under a lock of the cohort. Whoever waits is in the order in which she asked; a freed seat takes
the next one, and nobody who comes later passes her.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts.identifiers import plain_code
from accounts.models import Person
from common import clock
from learning import seats, services
from learning.access import Refusal
from learning.models import (
    PENDING,
    Cohort,
    Enrolment,
    EnrolmentCode,
    EnrolmentWay,
    JoinRequest,
    Nomination,
    NominationState,
    RequestState,
)
from learning.running import runs

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from institutions.models import Institution
    from programme.models import Country


class NotYours(Exception):
    """The request is not the asker's to answer or to take back, or it was answered already."""


class NoReason(Exception):
    """Whoever is refused reads why."""


def find_code(code: str, *, on: dt.date) -> EnrolmentCode:
    """Return the enrolment code that somebody typed or that stands in a link. Raises Refused."""
    rows = EnrolmentCode.objects.select_related("course", "cohort__version", "cohort__course", "institution")
    row = rows.filter(code=plain_code(code.replace("\x00", ""))).first()
    if row is None:
        raise services.Refused(Refusal.CODE_UNKNOWN)
    if row.valid_until and row.valid_until < on:
        raise services.Refused(Refusal.CODE_EXPIRED)
    return row


def join_by_code(
    *, person: Person, code: str, country: Country | None = None, at: dt.datetime | None = None
) -> Enrolment | JoinRequest:
    """Enrol by a code, or ask where its group approves or is full. It signs nobody in. Raises Refused."""
    at = at or clock.now()
    row = find_code(code, on=clock.local_date(at, services.time_zone_of(person)))
    if row.cohort:
        return ask_to_join(
            person=person, cohort=row.cohort, institution=row.institution, country=country, at=at
        )
    return services.enrol(
        person=person,
        course=row.course,
        way=EnrolmentWay.CODE,
        institution=row.institution,
        country=country,
        at=at,
    )


def ask_to_join(
    *,
    person: Person,
    cohort: Cohort,
    way: str = EnrolmentWay.CODE,
    institution: Institution | None = None,
    country: Country | None = None,
    by: Person | None = None,
    at: dt.datetime | None = None,
) -> Enrolment | JoinRequest:
    """Enrol in a cohort at once; where its facilitator approves, or no seat is left, keep the request.

    Asked twice it answers with the same request. Raises Refused for whoever could not be enrolled in any case.
    """
    at = at or clock.now()
    with transaction.atomic():
        group = seats.hold(cohort)
        if refusal := seats.why_closed(group, on=clock.local_date(at, services.time_zone_of(person))):
            raise services.Refused(refusal)
        services.confirm_country(person, country)
        services.version_for(person, group.course, group)
        pending = pending_of(person).filter(cohort=group).first()
        if pending is not None:
            return pending
        # Looked at before those who wait are seated, too: who leaves in between frees the seat for them.
        full = seats.left(group, without=person) == 0
        fill_held(group, at)
        if group.asks_approval or full or seats.left(group, without=person) == 0:
            return _keep(person, group, institution, at)
        return services.enrol(
            person=person, course=group.course, way=way, cohort=group, institution=institution, by=by, at=at
        )


def pending_of(person: Person) -> QuerySet[JoinRequest]:
    """Return what a person asked and nobody answered yet, under whichever of her records."""
    return JoinRequest.objects.filter(person__canonical_id=person.canonical_id, state__in=PENDING)


def place_of(request: JoinRequest) -> int | None:
    """Return the place of a request on the waiting list, from one; None for one that is not on it."""
    if request.state != RequestState.WAITING:
        return None
    waiting = JoinRequest.objects.filter(cohort=request.cohort_id, state=RequestState.WAITING)
    before = Q(asked_at__lt=request.asked_at) | Q(asked_at=request.asked_at, pk__lt=request.pk)
    return waiting.filter(before).count() + 1


def _keep(person: Person, group: Cohort, institution: Institution | None, at: dt.datetime) -> JoinRequest:
    state = RequestState.OPEN if group.asks_approval else RequestState.WAITING
    try:
        with transaction.atomic():
            return JoinRequest.objects.create(
                person=person, cohort=group, institution=institution, state=state, asked_at=at
            )
    except IntegrityError:
        # asked_to_join_once_at_a_time: a double click.
        return JoinRequest.objects.get(person=person, cohort=group, state__in=PENDING)


def answer_request(
    *, request: JoinRequest, accept: bool, by: Person, reason: str = "", at: dt.datetime | None = None
) -> JoinRequest:
    """Accept a request, or refuse it with a reason that the person reads. Accepted into a full group, she waits.

    Whoever began the course elsewhere meanwhile is told so, and asks no longer: she may change groups. Raises NotYours
    for whoever does not facilitate the group and for a request answered meanwhile, NoReason, and Refused when the rule
    lets her in no longer.
    """
    if not accept and not reason.strip():
        raise NoReason
    at = at or clock.now()
    with transaction.atomic():
        group = seats.hold(request.cohort)
        if not runs(by, group):
            raise NotYours
        row = _locked(request, PENDING if not accept else (RequestState.OPEN,))
        if not accept:
            _settle_nomination(row, NominationState.NOT_TAKEN, at)
            return _close(row, RequestState.REFUSED, by=by, reason=reason.strip()[:300], at=at)
        fill_held(group, at)
        row.answered_by = by
        if seats.left(group, without=row.person) == 0:
            row.state = RequestState.WAITING
            row.save(update_fields=["state", "answered_by"])
            return row
        try:
            with transaction.atomic():
                _seat(row, group, at)
        except services.Refused as refused:
            if refused.reason != Refusal.ALREADY_ENROLLED:
                raise
            _share_or_settle(row, at)
            _close(row, RequestState.REFUSED, by=by, reason=refused.reason.value, at=at)
        return row


def take_back(*, request: JoinRequest, person: Person, at: dt.datetime | None = None) -> None:
    """Let a person take her own request back. Raises NotYours."""
    with transaction.atomic():
        seats.hold(request.cohort)
        row = _locked(request, PENDING)
        if not row.person.is_same_as(person):
            raise NotYours
        # As if she had declined at once: her institution is not told that she changed her mind.
        _settle_nomination(row, NominationState.DECLINED, at or clock.now())
        _close(row, RequestState.WITHDRAWN, by=None, reason="", at=at or clock.now())


def _locked(request: JoinRequest, states: tuple[str, ...]) -> JoinRequest:
    rows = JoinRequest.objects.select_for_update(of=("self",)).select_related("person", "institution")
    row = rows.filter(pk=request.pk, state__in=states).first()
    if row is None:
        raise NotYours
    return row


def _close(row: JoinRequest, state: str, *, by: Person | None, reason: str, at: dt.datetime) -> JoinRequest:
    row.state, row.answered_by, row.reason, row.answered_at = state, by or row.answered_by, reason, at
    row.save(update_fields=["state", "answered_by", "reason", "answered_at"])
    return row


def _seat(row: JoinRequest, group: Cohort, at: dt.datetime) -> Enrolment:
    """Enrol whose turn it is; an accepted nomination that waited for the seat shares the enrolment."""
    enrolment = services.enrol(
        person=row.person,
        course=group.course,
        way=EnrolmentWay.REQUEST,
        cohort=group,
        institution=row.institution,
        by=row.answered_by,
        at=at,
    )
    _close(row, RequestState.ACCEPTED, by=None, reason="", at=at)
    _waiting_nominations(row).update(enrolment=enrolment)
    return enrolment


def _waiting_nominations(row: JoinRequest) -> QuerySet[Nomination]:
    """Return what she accepted of the group and has no enrolment yet, because of this request."""
    waited = Nomination.objects.filter(cohort=row.cohort_id, state=NominationState.ACCEPTED, enrolment=None)
    return waited.filter(person__canonical_id=row.person.canonical_id)


def _settle_nomination(row: JoinRequest, state: str, at: dt.datetime) -> None:
    """Answer for the group a nomination that waited for it: else it would stand as accepted for ever."""
    _waiting_nominations(row).update(state=state, answered_at=at)


def _share_or_settle(row: JoinRequest, at: dt.datetime) -> None:
    """Let a nomination share the enrolment that she began elsewhere meanwhile; else the group did not take her."""
    rows = Enrolment.objects.filter(person__canonical_id=row.person.canonical_id)
    begun = rows.active().filter(course=row.cohort.course_id).first()
    if begun is not None:
        _waiting_nominations(row).update(enrolment=begun)
    _settle_nomination(row, NominationState.NOT_TAKEN, at)


def fill_seats(*, cohort: Cohort, at: dt.datetime | None = None) -> int:
    """Give free seats to those who wait, in order; return how many were given. Idempotent."""
    with transaction.atomic():
        return fill_held(seats.hold(cohort), at or clock.now())


def fill_held(group: Cohort, at: dt.datetime) -> int:
    """Give free seats of a cohort that is held to those who wait."""
    given = 0
    if seats.why_closed(group, on=clock.local_date(at, _zone(group))):
        return given
    waiting = group.join_requests.select_related("person__country", "institution", "answered_by")
    for row in waiting.filter(state=RequestState.WAITING).order_by("asked_at", "pk"):
        if seats.left(group) == 0:
            break
        try:
            _seat(row, group, at)
        except services.Refused as refused:
            # She began the course elsewhere meanwhile: the seat is the next one's.
            _share_or_settle(row, at)
            _close(row, RequestState.REFUSED, by=None, reason=refused.reason.value, at=at)
        else:
            given += 1
    return given


def _zone(group: Cohort) -> str:
    from django.conf import settings

    return group.country.time_zone if group.country else settings.TIME_ZONE


def fill_all(*, at: dt.datetime | None = None) -> int:
    """Reach from state what freed seats should have filled. Returns how many were given."""
    waiting = Cohort.objects.filter(join_requests__state=RequestState.WAITING).order_by("pk").distinct()
    return sum(fill_seats(cohort=cohort, at=at) for cohort in waiting)
