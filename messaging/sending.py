"""Sends letters: one task each, claimed under a lock before and noted under a lock after, so that none goes twice.

A worker that dies in between leaves a letter that is «being sent». After a while it becomes «not known whether it
arrived», which whoever wrote it reads; nothing sends it again by itself. What a task should have reached the timer
reaches from the rows (`post_due`).
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django_tasks import task

from common import clock
from messaging import faults, refusals
from messaging.handing import hand_over
from messaging.models import WAITING, Delivery, Fault, Letter, Reminder, State
from messaging.reaching import reach_of

if TYPE_CHECKING:
    from django.core.mail import EmailMessage

    from messaging.reaching import Reach

logger = logging.getLogger(__name__)

AT_ONCE = 500


@dataclass(frozen=True)
class Post:
    """How letters of one kind are sent: what they are about, whether they still matter, and what they say."""

    kind: Callable[[Any], str]
    concerns: Callable[[Any, dt.datetime], bool]
    write: Callable[[Any, Reach, dt.datetime], EmailMessage]


def _post(letter: Letter) -> Post:
    from messaging import frames, reminding

    if isinstance(letter, Delivery):
        return frames.DELIVERIES
    return reminding.REMINDERS


@task()
def send_delivery(key: int) -> str:
    """Send a message to one of its people; return how it stands then."""
    return send(Delivery, key)


@task()
def send_reminder(key: int) -> str:
    """Send one reminder; return how it stands then."""
    return send(Reminder, key)


@task()
def hand_out(message: int) -> int:
    """Make a task of each delivery of a message that waits; return how many there were."""
    keys = Delivery.objects.filter(message=message, state__in=WAITING).values_list("pk", flat=True)
    for key in list(keys):
        send_delivery.enqueue(key)
    return len(keys)


def hand_out_later(message: int) -> None:
    """Begin to send a message once it is kept."""
    transaction.on_commit(partial(hand_out.enqueue, message))


def send(model: type[Letter], key: int, *, at: dt.datetime | None = None) -> str:
    """Send a letter that waits and is due; return its state afterwards. Two workers send it once."""
    moment = at or clock.now()
    claimed = _claim(model, key, moment)
    if isinstance(claimed, str):
        return claimed
    letter, mail = claimed
    return _note(letter, hand_over(mail), at or clock.now())


def _claim(model: type[Letter], key: int, at: dt.datetime) -> tuple[Letter, EmailMessage] | str:
    """Take a letter for oneself, or return how one stands that is not to be sent.

    It is worded before it is taken: a mistake of ours leaves it waiting, and nobody wondering whether it went.
    """
    with transaction.atomic():
        rows = model._default_manager.select_for_update(of=("self",)).select_related("person")
        letter = rows.filter(pk=key).first()
        if letter is None:
            return ""
        if letter.state not in WAITING or letter.next_try_at > at:
            return str(letter.state)
        reach = reach_of(letter.person)
        against = _against(letter, reach, at)
        mail = None if against else _post(letter).write(letter, reach, at)
        letter.state = against or State.SENDING
        letter.tries += 0 if against else 1
        letter.claimed_at = at
        letter.save(update_fields=["state", "tries", "claimed_at"])
    return (letter, mail) if mail else against


def _against(letter: Letter, reach: Reach, at: dt.datetime) -> str:
    """Return the state of a letter that is not to be sent, or nothing."""
    post = _post(letter)
    if not post.concerns(letter, at):
        return State.PAST
    if post.kind(letter) in refusals.refused(letter.person):
        return State.REFUSED
    return "" if reach.address else State.NO_ADDRESS


def _note(letter: Letter, verdict: faults.Verdict, at: dt.datetime) -> str:
    """Keep what came of it, unless the claim was given up meanwhile as lost: then what is said of it stays said."""
    with transaction.atomic():
        rows = type(letter)._default_manager.select_for_update(of=("self",))
        row = rows.filter(pk=letter.pk, state=State.SENDING, claimed_at=letter.claimed_at).first()
        if row is None:
            return ""
        row.state, row.next_try_at = _state_after(row, verdict, at)
        row.sent_at = at if row.state == State.SENT else None
        row.last_error, row.last_code = verdict.fault, verdict.code
        row.save(update_fields=["state", "next_try_at", "sent_at", "last_error", "last_code"])
    if verdict.fault:
        # By number: the server's words and the address are personal data.
        logger.warning("%s %s: %s (%s)", type(row).__name__, row.pk, verdict.fault, verdict.code)
    return str(row.state)


def _state_after(row: Letter, verdict: faults.Verdict, at: dt.datetime) -> tuple[State, dt.datetime]:
    if not verdict.fault:
        return State.SENT, row.next_try_at
    if verdict.fault == Fault.CUT:
        return State.UNSURE, row.next_try_at
    again = faults.next_try(row.tries, at) if verdict.again else None
    return (State.DEFERRED, again) if again else (State.FAILED, row.next_try_at)


def post_due(*, at: dt.datetime) -> int:
    """Make a task of each letter whose time has come, and give lost claims up. Returns how many tasks were made."""
    lost = at - faults.CLAIM_LASTS
    made = 0
    for model, work in _WORK:
        stuck = model._default_manager.filter(state=State.SENDING, claimed_at__lt=lost)
        stuck.update(state=State.UNSURE, last_error=Fault.CUT)
        due = _due(model, at)
        for key in due:
            work.enqueue(key)
        made += len(due)
    return made


_WORK: tuple[tuple[type[Letter], Any], ...] = ((Delivery, send_delivery), (Reminder, send_reminder))


def _due(model: type[Letter], at: dt.datetime) -> list[int]:
    """Return the letters that are due. One that waits since a moment ago has its first task on the way."""
    fresh = at - dt.timedelta(minutes=10)
    first = model._default_manager.filter(state=State.QUEUED, next_try_at__lt=fresh)
    again = model._default_manager.filter(state=State.DEFERRED, next_try_at__lte=at)
    if model is Reminder:
        first = model._default_manager.filter(state=State.QUEUED, next_try_at__lte=at)
    return list((first | again).order_by("next_try_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
