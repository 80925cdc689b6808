"""The rule of completion: what is left of a course for one learner, and why. Pure: no database, no framework.

`judge` is asked at every step by the learner's page, the facilitator's list and the service that records
completions, so that all of them give the same reasons.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from courses.manifest import Activity, Manifest
    from programme.scope import Reader


class Reason(StrEnum):
    """Why something is left. The wording stands in `learning.words`."""

    LESSON_LEFT = "lesson_left"
    QUIZ_LEFT = "quiz_left"
    ROOM_NOT_HELD = "room_not_held"
    SESSIONS_LEFT = "sessions_left"
    ATTENDANCE_SHORT = "attendance_short"


@dataclass(frozen=True)
class RoomFacts:
    """What happened in the room. `held_minutes` are those of sessions that took place, `planned_minutes` those of
    sessions still to come. `days`: the local date and the minutes of each session that she attended, in their order.
    """

    held_minutes: int = 0
    planned_minutes: int = 0
    days: tuple[tuple[dt.date, int], ...] = ()

    @property
    def attended_minutes(self) -> int:
        """Return for how long she was there."""
        return sum(minutes for _day, minutes in self.days)

    @property
    def share(self) -> int | None:
        """Return the attendance in whole percent of what was held, rounded down; None when nothing was: that is not
        0 %.
        """
        if self.held_minutes <= 0:
            return None
        return min(100, self.attended_minutes * 100 // self.held_minutes)

    def reached_on(self, need: int) -> dt.date | None:
        """Return the day on which she had attended `need` percent of all that was held and is still to come."""
        sofar, whole = 0, self.held_minutes + self.planned_minutes
        for day, minutes in self.days:
            sofar += minutes
            if sofar * 100 >= need * whole:
                return day
        return None


@dataclass(frozen=True)
class Facts:
    """What a learner has done: the local date of each activity done, and the room."""

    done: Mapping[UUID, dt.date] = field(default_factory=dict)
    room: RoomFacts = RoomFacts()


@dataclass(frozen=True)
class Left:
    """One thing that is left. `have` and `need` are percent, for attendance."""

    reason: Reason
    activity: UUID | None = None
    have: int | None = None
    need: int | None = None


@dataclass(frozen=True)
class Outcome:
    """The answer: fulfilled or not, what is left, when it was achieved, what it is worth in minutes."""

    left: tuple[Left, ...]
    achieved_on: dt.date | None
    minutes: int

    @property
    def fulfilled(self) -> bool:
        """Say whether nothing is left and something was done."""
        return not self.left and self.achieved_on is not None


def judge(manifest: Manifest, *, modality: str, reader: Reader, facts: Facts) -> Outcome:
    """Judge what a learner did by the rule of her modality.

    Example: a blended course asks two lessons and 80 % of a workshop. Amina did both lessons on the 3rd and the
    5th and attended 170 of 200 minutes held on the 4th: 85 %, nothing is left, achieved on the 5th, the date of
    the last fact that was needed. Had another session of 100 minutes been planned for the 6th, 170 of 300 would not
    do yet. Lessons that the version does not ask her (another country's, optional ones)
    neither complete nor delay her.

    `achieved_on` is the latest date among the facts that the rule needed. `minutes` are nominal minutes of the
    required lessons done, as far as their content was for her, plus minutes attended in the room, at most what the
    rule gives the room.
    """
    rule = manifest.rule(modality)
    asked = [a for a in manifest.for_reader(reader) if a.required] if rule.activities else []
    left = [_activity_left(activity) for activity in asked if activity.key not in facts.done]
    left += _room_left(rule.attendance_share, facts.room)
    dates = [facts.done[activity.key] for activity in asked if activity.key in facts.done]
    if rule.attendance_share is not None and (reached := facts.room.reached_on(rule.attendance_share)):
        dates.append(reached)
    worth = sum(activity.minutes_for(reader) for activity in asked if activity.key in facts.done)
    worth += min(rule.room_minutes, facts.room.attended_minutes)
    achieved = max(dates) if dates and not left else None
    return Outcome(left=tuple(left), achieved_on=achieved, minutes=worth)


def _activity_left(activity: Activity) -> Left:
    reason = Reason.QUIZ_LEFT if activity.kind == "quiz" else Reason.LESSON_LEFT
    return Left(reason, activity=activity.key)


def _room_left(need: int | None, room: RoomFacts) -> list[Left]:
    if need is None:
        return []
    if room.share is None:
        return [Left(Reason.ROOM_NOT_HELD, need=need)]
    if room.reached_on(need):
        return []
    reason = Reason.SESSIONS_LEFT if room.planned_minutes else Reason.ATTENDANCE_SHORT
    return [Left(reason, have=room.share, need=need)]
