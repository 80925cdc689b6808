"""Sessions as calendars show them: which changed how often, how they are called, and who may read which."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format

from common import clock
from learning.models import Enrolment, Session, SessionState
from messaging.icalendar import Event, calendar
from messaging.models import CalendarEntry

if TYPE_CHECKING:
    import datetime as dt

    from django.core.mail import EmailMessage

    from messaging.naming import Names

FILE = "sesion.ics"
TYPE = "text/calendar; charset=utf-8"
_SIGNER = signing.Signer(salt="messaging.calendars")


@dataclass(frozen=True)
class Told:
    """A session in a reader's words. `there` is the clock of the place, where it differs from hers."""

    title: str
    place: str
    day: str
    hours: str
    there: str
    cancelled: bool


def told(session: Session, names: Names, *, time_zone: str) -> Told:
    """Return a session with its times as the reader's own clock shows them, in the active language."""
    zone = ZoneInfo(time_zone)
    starts, ends = (at.astimezone(zone).replace(tzinfo=None) for at in (session.starts_at, session.ends_at))
    place = session.local_times
    return Told(
        title=names.of(session),
        place=session.place,
        day=date_format(starts, "DATE_FORMAT"),
        hours=_hours(starts, ends),
        there="" if place == (starts, ends) else _hours(*place),
        cancelled=session.state == SessionState.CANCELLED,
    )


def _hours(starts: dt.datetime, ends: dt.datetime) -> str:
    return f"{date_format(starts, 'TIME_FORMAT')}–{date_format(ends, 'TIME_FORMAT')}"


def calendar_of(sessions: Iterable[Session], names: Names) -> bytes:
    """Return the calendar file of some sessions of one group; a cancelled one says so in it."""
    rows = list(sessions)
    entries = _entries(rows)
    return calendar((_event(row, entries[row.pk], names) for row in rows), name=names.group)


def attach(mail: EmailMessage, session: Session, names: Names) -> None:
    """Put a session's calendar file into a mail."""
    mail.attach(FILE, calendar_of([session], names).decode(), "text/calendar")


def _event(session: Session, entry: CalendarEntry, names: Names) -> Event:
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return Event(
        uid=f"{session.key}@{urlsplit(base).hostname}",
        sequence=entry.sequence,
        changed_at=entry.changed_at,
        starts=session.starts_at,
        ends=session.ends_at,
        title=names.of(session),
        place=session.place,
        url=base + reverse("learning:home"),
        cancelled=session.state == SessionState.CANCELLED,
    )


def _shown(session: Session) -> str:
    """Return a fingerprint of what calendars show. The language is none of it: it is the reader's."""
    shown = (session.title, session.place, session.starts_at, session.ends_at, session.state == "cancelled")
    return hashlib.sha256(repr(shown).encode()).hexdigest()


def _entries(sessions: list[Session]) -> dict[int, CalendarEntry]:
    """Return how often each session changed, counting a change with the first reader who would see it.

    `learning` need not know of calendars: nobody has seen what no file has told.
    """
    found = {row.session_id: row for row in CalendarEntry.objects.filter(session__in=sessions)}
    for session in sessions:
        entry, shown = found.get(session.pk), _shown(session)
        if entry is None or entry.shown != shown:
            found[session.pk] = _count(session, shown)
    return found


def _count(session: Session, shown: str) -> CalendarEntry:
    """Keep a change, once however many read at the same time."""
    moment = clock.now()
    with transaction.atomic():
        first = {"shown": shown, "changed_at": moment}
        entry, new = CalendarEntry.objects.get_or_create(session=session, defaults=first)
        if not new:
            entry = CalendarEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
        if entry.shown != shown:
            entry.shown, entry.changed_at = shown, moment
            entry.sequence += 1
            entry.save(update_fields=["shown", "changed_at", "sequence"])
    return entry


def feed_address(enrolment: Enrolment) -> str:
    """Return the address that a calendar program asks again and again, without signing in: whoever has it reads it."""
    token = _SIGNER.sign(enrolment.key.hex)
    return reverse("messaging:feed", kwargs={"token": token})


def enrolment_of(token: str) -> Enrolment | None:
    """Return whose feed an address is; None for one that is forged, or of somebody who has left her group."""
    try:
        key = UUID(_SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    rows = Enrolment.objects.standing().select_related("person", "course", "cohort__course")
    return rows.filter(key=key, cohort__isnull=False, person__erased_at__isnull=True).first()
