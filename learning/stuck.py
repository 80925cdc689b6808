"""Says who of a group does not get on, and why. Pure: no database, no framework.

It tells what a facilitator can do something about, never why somebody stopped: nobody asks for reasons.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

# A week to begin and two to go on: a night shift and a holiday are no standstill.
TO_BEGIN = dt.timedelta(days=7)
TO_GO_ON = dt.timedelta(days=14)
TRIES = 2
SESSIONS_MISSED = 2


class Why(StrEnum):
    """Why somebody does not get on. The order is that in which a facilitator can help soonest."""

    NO_ATTEMPT_LEFT = "no_attempt_left"
    FAILED_TWICE = "failed_twice"
    MISSED_SESSIONS = "missed_sessions"
    NOT_STARTED = "not_started"
    STOPPED = "stopped"
    UNDECIDED_SESSION = "undecided_session"
    WAITS_FOR_SESSION = "waits_for_session"


# What she waits for is not hers to do.
WAITS = frozenset({Why.UNDECIDED_SESSION, Why.WAITS_FOR_SESSION})


@dataclass(frozen=True)
class Standing:
    """How somebody in progress stands. `begins_on`: when she could begin; `next`: what she is asked next; `missed`:
    the sessions held last that she was not at, one after the other.
    """

    begins_on: dt.date
    last_on: dt.date | None = None
    done: int = 0
    next: UUID | None = None
    used_up: UUID | None = None
    failed: UUID | None = None
    missed: int = 0
    undecided: bool = False
    next_session: dt.date | None = None


@dataclass(frozen=True)
class Stuck:
    """Why, at which activity, since when, and how many days or sessions."""

    why: Why
    activity: UUID | None = None
    since: dt.date | None = None
    number: int = 0


def why_stuck(standing: Standing, today: dt.date) -> Stuck | None:
    """Return why somebody in progress does not get on, or None.

    Example: enrolled on the 1st and nothing done: on the 8th she has not started for 7 days. Who was at a session
    meanwhile has.
    """
    if standing.used_up:
        return Stuck(Why.NO_ATTEMPT_LEFT, standing.used_up)
    if standing.failed:
        return Stuck(Why.FAILED_TWICE, standing.failed)
    if standing.missed >= SESSIONS_MISSED:
        return Stuck(Why.MISSED_SESSIONS, number=standing.missed)
    if standing.next is None:
        return _waits(standing)
    return _stands_still(standing, today)


def _stands_still(standing: Standing, today: dt.date) -> Stuck | None:
    since = max(standing.begins_on, standing.last_on or standing.begins_on)
    days = (today - since).days
    if standing.last_on is None and today - since >= TO_BEGIN:
        return Stuck(Why.NOT_STARTED, since=since, number=days)
    if standing.last_on is not None and today - since >= TO_GO_ON:
        return Stuck(Why.STOPPED, standing.next, since, days)
    return None


def _waits(standing: Standing) -> Stuck | None:
    if standing.undecided:
        return Stuck(Why.UNDECIDED_SESSION)
    if standing.next_session:
        return Stuck(Why.WAITS_FOR_SESSION, since=standing.next_session)
    return None
