"""Hands in attempts that nobody hands in herself: their time is up, or the quiz is closed in the room."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection

from assessments.choices import EndedBy
from assessments.models import Attempt
from assessments.services import submit_attempt
from assessments.terms import GRACE
from common.clock import now


def end_overdue(*, at: dt.datetime | None = None) -> int:
    """Hand in, as they stood when their time was up, the attempts that nobody came back to; returns how many."""
    overdue = Attempt.objects.open().filter(due_at__lt=(at or now()) - GRACE)
    for attempt in (rows := list(overdue.select_related("version").order_by("due_at"))):
        submit_attempt(attempt=attempt, at=attempt.due_at, ended_by=EndedBy.TIME)
    return len(rows)


def end_in_room(
    *,
    contexts: Collection[uuid.UUID],
    quiz_keys: Collection[uuid.UUID],
    before: bool = False,
    at: dt.datetime | None = None,
) -> int:
    """Hand in, as they stand, the open attempts at a quiz, in whichever of its forms, within these contexts.

    `before`: those before the course. Returns how many.
    """
    rows = Attempt.objects.open().filter(context__in=contexts, quiz_key__in=quiz_keys, before=before)
    rows = rows.select_related("version")
    ended = [submit_attempt(attempt=row, at=at, ended_by=EndedBy.ROOM) for row in rows]
    return sum(1 for row in ended if row.ended_by == EndedBy.ROOM)
