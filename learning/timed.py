"""This room's steps of the night: reach from state what events should have reached, and keep its promises."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import QuerySet

from accounts import retention, unused
from learning import scans
from learning.following import catch_up
from learning.handing_over import tell_again
from learning.joining import fill_all
from learning.models import ActivityCompletion, Enrolment
from learning.notebook import forget_old_notes, old_notes
from learning.room_quizzes import end_late_attempts
from learning.settling import settle_rooms
from learning.snapshot import fill_all_blanks
from programme import nightly, rounds


def register() -> None:
    """Add the steps and the term of notes, and say who uses her account."""
    retention.register(
        retention.Rule(
            "learning.notes",
            "private notes",
            _notes_term,
            **retention.deleting(old_notes),
        )
    )
    retention.register(
        retention.Rule(
            "learning.sheets",
            "scans of signed sheets",
            _register_term,
            count=lambda cutoff: scans.old(cutoff).count(),
            end=scans.end,
        )
    )
    unused.register_activity(_enrolled_since)
    unused.register_activity(_did_something_since)
    rounds.register("learning.closed_quizzes", _end_late)
    rounds.register("learning.handovers", _tell_again)
    nightly.register("learning.follow", _follow, order=30)
    nightly.register("learning.rooms", _rooms, order=31)
    nightly.register("learning.seats", _seat, order=32)
    nightly.register("learning.blanks", _fill, order=35)
    nightly.register("learning.notebook", _forget, order=80)


def _tell_again(at: dt.datetime) -> str:
    return f"{tell_again(at)} hand-overs to the safeguarding contact tried again"


def _end_late(at: dt.datetime) -> str:
    return f"{end_late_attempts(at)} attempts handed in that began while their quiz was being closed"


def _follow(at: dt.datetime) -> str:
    return f"{catch_up()} enrolments looked at"


def _rooms(at: dt.datetime) -> str:
    return f"{settle_rooms()} enrolments of groups that met looked at"


def _seat(at: dt.datetime) -> str:
    return f"{fill_all(at=at)} free seats given to those who waited"


def _fill(at: dt.datetime) -> str:
    return f"{fill_all_blanks()} blanks of enrolments filled"


def _forget(at: dt.datetime) -> str:
    return f"{forget_old_notes(at=at)} notes older than twelve months deleted"


def _enrolled_since(moment: dt.datetime) -> QuerySet:
    """Return the canonical persons who enrolled since then."""
    rows = Enrolment.objects.filter(enrolled_at__gte=moment, person__canonical__isnull=False)
    return rows.order_by().values("person__canonical")


def _did_something_since(moment: dt.datetime) -> QuerySet:
    """Return the canonical persons for whom something was recorded since then."""
    rows = ActivityCompletion.objects.filter(
        completed_at__gte=moment, enrolment__person__canonical__isnull=False
    )
    return rows.order_by().values("enrolment__person__canonical")


def _register_term(at: dt.datetime) -> dt.datetime | None:
    """Signatures prove what the register says: they end with it."""
    return retention.months(settings.SENDA_RETAIN_REGISTER_MONTHS)(at)


def _notes_term(at: dt.datetime) -> dt.datetime | None:
    return retention.months(settings.SENDA_RETAIN_NOTES_MONTHS)(at)
