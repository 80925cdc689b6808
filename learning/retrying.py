"""The rule of trying a quiz again: how many attempts are left, and how they come back. Pure: no database, no framework.

Nobody is locked out for good. Who has a facilitator talks to her: she gives one more attempt after going through the
lessons together. Who learns alone waits a day, and one more opens by itself, as often as it takes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

PAUSE = dt.timedelta(hours=24)


class UsedUp(StrEnum):
    """Why no attempt is left now. The wording stands in `learning.words`."""

    ASK_FACILITATOR = "ask_facilitator"
    OPENS_LATER = "opens_later"


@dataclass(frozen=True)
class Tries:
    """What decides: attempts handed in (the last one when), whether one is open, and how many there are in all."""

    handed_in: int
    last_at: dt.datetime | None
    in_hand: bool
    allowed: int
    facilitated: bool


@dataclass(frozen=True)
class Again:
    """The answer: attempts left (the open one counts), or why there is none and when one opens."""

    left: int
    reason: UsedUp | None = None
    opens_at: dt.datetime | None = None


def may_try_again(tries: Tries, *, at: dt.datetime) -> Again:
    """Return how a learner who has not passed yet stands with her attempts at the moment `at`.

    Example: three attempts, all handed in, the last on Monday at 10:00. Amina, whose group has a facilitator, is
    sent to her, and has one left as soon as she gave it. Farid, who learns alone, has one left on Tuesday at 10:00.
    """
    left = max(tries.allowed - tries.handed_in, 1 if tries.in_hand else 0)
    if left > 0 or tries.last_at is None:
        return Again(max(left, 1))
    if tries.facilitated:
        return Again(0, UsedUp.ASK_FACILITATOR)
    opens_at = tries.last_at + PAUSE
    return Again(1) if at >= opens_at else Again(0, UsedUp.OPENS_LATER, opens_at)
