"""The rule of presence: how many minutes of a session a mark is worth. Pure: no database, no framework."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What a facilitator notes of somebody for one session. The wording stands in `learning.models.room`.

    Source of the codes that sheets carry (A, A/E, T, PP, R, DE): a published register of a public training institute.
    """

    PRESENT = "present"
    LATE = "late"
    PARTIAL = "partial"
    ABSENT = "absent"
    EXCUSED = "excused"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


# What a register writes in a cell.
CODES = {
    Mark.PRESENT: "P",
    Mark.LATE: "T",
    Mark.PARTIAL: "PP",
    Mark.ABSENT: "A",
    Mark.EXCUSED: "A/E",
    Mark.WITHDRAWN: "R",
    Mark.DROPPED: "DE",
}
# Those that may carry minutes. A late arrival without minutes counts whole: a bus is no fault of hers.
WITH_MINUTES = frozenset({Mark.LATE, Mark.PARTIAL, Mark.WITHDRAWN})
# Who was there, for however long.
HERE = (Mark.PRESENT, Mark.LATE, Mark.PARTIAL)
# How long after it began somebody who checks herself in is still on time.
ON_TIME = dt.timedelta(minutes=15)


class Wrong(StrEnum):
    """Why a mark cannot be noted as it was given. The wording stands in `learning.words_of_room`."""

    NO_SUCH_MARK = "no_such_mark"
    MINUTES_NEEDED = "minutes_needed"
    TOO_MANY_MINUTES = "too_many_minutes"
    NO_MINUTES_HERE = "no_minutes_here"
    NOT_OF_THIS_GROUP = "not_of_this_group"
    ONESELF = "oneself"


@dataclass(frozen=True)
class Noted:
    """A mark with the minutes that were stated beside it; None where none were."""

    mark: Mark
    minutes: int | None = None


def read(mark: str, minutes: int | None, *, length: int) -> Noted | Wrong:
    """Return what is noted, or why not. `length`: the minutes of the session.

    Example: in a session of 180 minutes «partial» takes from 1 to 180 minutes and asks for them; «late» may do
    without; «present» and «absent» take none.
    """
    if mark not in set(Mark):
        return Wrong.NO_SUCH_MARK
    noted = Noted(Mark(mark), minutes)
    if minutes is None:
        return Wrong.MINUTES_NEEDED if noted.mark == Mark.PARTIAL else noted
    if noted.mark not in WITH_MINUTES:
        return Wrong.NO_MINUTES_HERE
    return noted if 0 < minutes <= length else Wrong.TOO_MANY_MINUTES


def arrived(at: dt.datetime, *, starts: dt.datetime, ends: dt.datetime, length: int) -> Noted:
    """Return what is noted of somebody who checks herself in.

    Example: of a session from 9:00 to 12:00 she is present until 9:15; at 10:00 she is late, with the 120 minutes that
    are left. Breaks are in favour of whoever came: never more than the session's own minutes.
    """
    if at <= starts + ON_TIME:
        return Noted(Mark.PRESENT)
    left = int((ends - at).total_seconds() // 60)
    return Noted(Mark.LATE, max(1, min(length, left)))


def measured(minutes: int, *, length: int) -> Noted:
    """Return what is noted of somebody whom a program of meetings saw for so many minutes.

    Example: of a session of 120 minutes she was present with 105 or more, and there for part of it with 59. A program
    counts from its opening to its end: nobody was there longer than the session.
    """
    if minutes >= length - ON_TIME.total_seconds() // 60:
        return Noted(Mark.PRESENT)
    return Noted(Mark.PARTIAL, minutes)


def minutes_of(noted: Noted, *, length: int) -> int:
    """Return how many of a session's `length` minutes somebody was there."""
    if noted.mark == Mark.PRESENT:
        return length
    if noted.mark == Mark.LATE:
        return length if noted.minutes is None else min(noted.minutes, length)
    return min(noted.minutes or 0, length)


def attended(marks: Iterable[tuple[Noted, int]]) -> int:
    """Return the minutes of several sessions, each with its length."""
    return sum(minutes_of(noted, length=length) for noted, length in marks)
