"""This room's step of the night, of the timer's rounds, and the term of what was written."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import QuerySet

from accounts import retention
from messaging.models import Message, Reminder
from messaging.reminding import note_due
from messaging.sending import post_due
from programme import nightly, rounds


def register() -> None:
    """Add the steps and the terms."""
    for name, what, rows in (
        ("messaging.messages", "messages to groups", _old_messages),
        ("messaging.reminders", "reminders", _old_reminders),
    ):
        retention.register(retention.Rule(name, what, _term, **retention.deleting(rows)))
    nightly.register("messaging.remind", _remind, order=65)
    rounds.register("messaging.post", _post)


def _remind(at: dt.datetime) -> str:
    return f"{note_due(at=at)} reminders noted"


def _post(at: dt.datetime) -> str:
    return f"{post_due(at=at)} mails tried"


def _term(at: dt.datetime) -> dt.datetime | None:
    return retention.months(settings.SENDA_RETAIN_LOGS_MONTHS)(at)


def _old_messages(cutoff: dt.datetime) -> QuerySet[Message]:
    return Message.objects.filter(at__lt=cutoff)


def _old_reminders(cutoff: dt.datetime) -> QuerySet[Reminder]:
    """What is older than the term is reminded of no more, whether its row is there or not: see `reminding`."""
    return Reminder.objects.filter(made_at__lt=cutoff)
