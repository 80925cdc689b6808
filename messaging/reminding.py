"""Reminds people, once of each thing: a course not begun, one that was stopped, a session tomorrow, a certificate that
expires.

The night notes what is due, the timer's rounds send it from eight in the morning where the reader is. Whether it still
concerns her is asked again in the moment of sending. Nobody is reminded of what is older than some weeks: a site that
begins to remind writes to no one about a course of two years ago.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import Person
from assessments.models import Attempt
from certificates.models import Certificate
from learning.models import Attendance, Enrolment, Session, SessionState
from learning.overtaken import overtaken
from messaging import reminder_mails
from messaging.models import Kind, Refusal, Reminder, To
from messaging.reaching import reach_many
from messaging.sending import Post
from messaging.writing import readers

if TYPE_CHECKING:
    from learning.querysets import EnrolmentQuerySet

NOT_STARTED = (dt.timedelta(days=7), dt.timedelta(days=45))
STUCK = (dt.timedelta(days=21), dt.timedelta(days=90))
CERTIFICATE = dt.timedelta(days=60)
MORNING, EVENING = 8, 19

Due = Iterator[tuple[Person, UUID]]


def note_due(*, at: dt.datetime) -> int:
    """Note a reminder of each thing that is due, for whoever has an e-mail and does not refuse; return how many.

    A second night, or a second timer, finds them there.
    """
    return sum(_note(kind, list(find(at)), at) for kind, find in _FINDERS.items())


def _note(kind: Kind, due: list[tuple[Person, UUID]], at: dt.datetime) -> int:
    people = {person.canonical_id: person.kept for person, _about in due}
    reach = reach_many(people.values()) if people else {}
    no = Refusal.objects.filter(kind=kind, person__canonical_id__in=people)
    silent = set(no.values_list("person__canonical_id", flat=True))
    silent |= {key for key, found in reach.items() if not found.address}
    there = set(Reminder.objects.filter(kind=kind, person__in=people).values_list("person", "about"))
    rows = {
        (person.canonical_id, about): Reminder(
            kind=kind,
            person=people[person.canonical_id],
            about=about,
            made_at=at,
            next_try_at=by_day(at, reach[person.canonical_id or person.pk].time_zone),
        )
        for person, about in due
        if person.canonical_id not in silent and (person.canonical_id, about) not in there
    }
    Reminder.objects.bulk_create(rows.values(), ignore_conflicts=True)
    return len(rows)


def by_day(at: dt.datetime, time_zone: str) -> dt.datetime:
    """Return the first moment from `at` on in which nobody is woken where the clock goes by `time_zone`."""
    local = at.astimezone(ZoneInfo(time_zone))
    if MORNING <= local.hour < EVENING:
        return at
    day = local.date() + dt.timedelta(days=1 if local.hour >= EVENING else 0)
    return dt.datetime.combine(day, dt.time(MORNING), ZoneInfo(time_zone))


def _followed(at: dt.datetime) -> EnrolmentQuerySet:
    """Return the enrolments that go on: the course is open, the group began and is neither cancelled nor over."""
    today = at.date()
    running = Q(cohort__cancelled_at__isnull=True) & (
        Q(cohort__ends_on__isnull=True) | Q(cohort__ends_on__gte=today)
    )
    rows = Enrolment.objects.active().filter(course__open_now=True, person__erased_at__isnull=True)
    return rows.filter(Q(cohort__isnull=True) | running)


def _not_started(at: dt.datetime) -> QuerySet[Any]:
    """Return those who have opened nothing: enrolled some time ago, in a group that began as long ago."""
    latest, earliest = (at - term for term in NOT_STARTED)
    began = Q(cohort__starts_on__isnull=True) | Q(cohort__starts_on__lte=latest.date())
    rows = _followed(at).filter(began, enrolled_at__range=(earliest, latest), last_activity__isnull=True)
    return rows.filter(done__isnull=True).exclude(_busy(earliest))


def _stuck(at: dt.datetime) -> QuerySet[Any]:
    """Return those who began, and did nothing for some time: no lesson, no try at a quiz, no session."""
    latest, earliest = (at - term for term in STUCK)
    begun = _followed(at).filter(Q(last_activity__isnull=False) | Q(done__isnull=False))
    last = begun.annotate(last=Coalesce(Max("done__completed_at"), F("enrolled_at")))
    return last.filter(last__range=(earliest, latest)).exclude(_busy(latest))


def _busy(since: dt.datetime) -> Q:
    tried = Attempt.objects.filter(context=OuterRef("key"), started_at__gte=since)
    came = Attendance.objects.filter(enrolment=OuterRef("pk"), marked_at__gte=since)
    return Q(Exists(tried)) | Q(Exists(came))


def _enrolments(rows: Callable[[dt.datetime], QuerySet[Any]]) -> Callable[[dt.datetime], Due]:
    def find(at: dt.datetime) -> Due:
        # Of two records that were merged the enrolment that was begun last goes on: the other is asked nothing.
        found = list(rows(at).select_related("person__canonical").order_by("pk"))
        people = {row.person.canonical_id for row in found}
        hers = Enrolment.objects.active().filter(person__canonical_id__in=people).select_related("person")
        gone_past = overtaken(hers, human=lambda row: row.person.canonical_id)
        yield from ((row.person, row.key) for row in found if row.pk not in gone_past)

    return find


def _sessions(at: dt.datetime) -> QuerySet[Session]:
    soon = Session.objects.filter(
        state=SessionState.PLANNED, starts_at__range=(at, at + dt.timedelta(days=3))
    )
    return soon.filter(cohort__cancelled_at__isnull=True).select_related("cohort__course").order_by("pk")


def is_tomorrow(session: Session, at: dt.datetime) -> bool:
    """Say whether a session begins on the next day of the place where it is held."""
    return session.local_date - at.astimezone(ZoneInfo(session.time_zone)).date() == dt.timedelta(days=1)


def _session_readers(at: dt.datetime) -> Due:
    for session in _sessions(at):
        if is_tomorrow(session, at):
            yield from ((person, session.key) for person in readers(session.cohort, To.COHORT))


def _certificates(at: dt.datetime) -> QuerySet[Certificate]:
    """Return those that expire soon and that no later one of the same course and person stands for."""
    today = at.date()
    later = Certificate.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=OuterRef("valid_until")),
        course=OuterRef("course"),
        person__canonical=OuterRef("person__canonical"),
        revoked_at__isnull=True,
        replaced_by__isnull=True,
    )
    rows = Certificate.objects.filter(
        valid_until__range=(today + dt.timedelta(days=1), today + CERTIFICATE),
        revoked_at__isnull=True,
        erased_at__isnull=True,
        replaced_by__isnull=True,
        person__erased_at__isnull=True,
    )
    return rows.exclude(Exists(later)).select_related("person__canonical").order_by("pk")


def _certificate_holders(at: dt.datetime) -> Due:
    yield from ((row.person, row.key) for row in _certificates(at))


_FINDERS: dict[Kind, Callable[[dt.datetime], Due]] = {
    Kind.NOT_STARTED: _enrolments(_not_started),
    Kind.STUCK: _enrolments(_stuck),
    Kind.SESSION: _session_readers,
    Kind.CERTIFICATE: _certificate_holders,
}


def _concerns(reminder: Reminder, at: dt.datetime) -> bool:
    """Say whether what is reminded of is still so: she may have begun, left, or been given a new certificate."""
    if reminder.person.erased_at is not None:
        return False
    if reminder.kind == Kind.SESSION:
        session = _sessions(at).filter(key=reminder.about).first()
        return (
            session is not None
            and is_tomorrow(session, at)
            and bool(readers(session.cohort, To.PERSON, reminder.person))
        )
    rows = {Kind.NOT_STARTED: _not_started, Kind.STUCK: _stuck, Kind.CERTIFICATE: _certificates}
    return rows[Kind(reminder.kind)](at).filter(key=reminder.about).exists()


REMINDERS = Post(kind=lambda row: row.kind, concerns=_concerns, write=reminder_mails.write)
