"""Rules about names in time, successors, and chains of parents and merges. Pure: plain data in, reasons out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why something about an institution's names, parents or merges is refused."""

    SAME_NAME = "same_name"
    IN_THE_FUTURE = "in_the_future"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    OVERLAP = "overlap"
    NOT_BEFORE_THE_PRESENT = "not_before_the_present"
    SUCCEEDED = "succeeded"
    ITSELF = "itself"
    OLDER_SUCCESSOR = "older_successor"
    SUCCESSOR_ENDED = "successor_ended"
    CIRCLE = "circle"
    MERGED_AWAY = "merged_away"
    UNDONE = "undone"
    OTHER_COUNTRY = "other_country"
    PARENT_ABROAD = "parent_abroad"
    UNITS_ABROAD = "units_abroad"
    ONE_ABOVE_THE_OTHER = "one_above_the_other"
    NOT_BELOW = "not_below"
    NAME_TAKEN = "name_taken"
    NO_FOCAL_POINT = "no_focal_point"


class Refused(Exception):
    """Something was not done; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Period:
    """The time of one name, first and last day included; without a beginning, for as long as anybody knows."""

    starts_on: dt.date | None
    ends_on: dt.date
    name: str = ""

    @property
    def begins(self) -> dt.date:
        """Return the first day, or the first of all days."""
        return self.starts_on or dt.date.min


def why_not_add(period: Period, former: Iterable[Period], *, today: dt.date) -> Reason | None:
    """Say why a former name cannot stand beside the others.

    An institution has one name a day: «CONNA until 2022» and «ISNA from 2020» cannot both be one institution's.
    """
    if period.ends_on < period.begins:
        return Reason.ENDS_BEFORE_IT_BEGINS
    if period.ends_on >= today:
        return Reason.NOT_BEFORE_THE_PRESENT
    if any(period.begins <= other.ends_on and other.begins <= period.ends_on for other in former):
        return Reason.OVERLAP
    return None


def name_on(day: dt.date, former: Iterable[Period], present: str) -> str:
    """Return the name on a day: the first that had not ended yet.

    A gap between two known names belongs to the later one: that the earlier had ended is what we know.
    """
    later = [period for period in former if period.ends_on >= day]
    return min(later, key=lambda period: period.ends_on).name if later else present


def why_not_succeed(
    *,
    began: dt.date | None,
    ends_on: dt.date,
    successor_began: dt.date | None,
    successor_ended: dt.date | None,
    today: dt.date,
) -> Reason | None:
    """Say why one institution cannot have taken over from another by its dates. Unknown dates refuse nothing.

    SENAF cannot have followed DINAF if it is older than DINAF, nor if it was gone before DINAF ended.
    """
    if ends_on > today:
        return Reason.IN_THE_FUTURE
    if began and ends_on < began:
        return Reason.ENDS_BEFORE_IT_BEGINS
    if began and successor_began and successor_began < began:
        return Reason.OLDER_SUCCESSOR
    if successor_ended and successor_ended <= ends_on:
        return Reason.SUCCESSOR_ENDED
    return None


def leads_to(start: int | None, target: int, links: Mapping[int, int | None]) -> bool:
    """Say whether following the links from `start` meets `target`; a circle among others ends the walk."""
    seen: set[int] = set()
    at = start
    while at is not None and at not in seen:
        if at == target:
            return True
        seen.add(at)
        at = links.get(at)
    return False


def ends_of(links: Mapping[int, int]) -> dict[int, int]:
    """Return for each that was merged away as which one it counts: A into B and B into C make A count as C."""
    return {start: _end(start, links) for start in links}


def _end(start: int, links: Mapping[int, int]) -> int:
    at, seen = start, {start}
    while at in links and links[at] not in seen:
        at = links[at]
        seen.add(at)
    return at


def seen_through(parents: Mapping[int, int | None], canonical: Mapping[int, int]) -> dict[int, int | None]:
    """Return who stands below whom when merged ones count as one: their own parents no longer speak."""

    def counts_as(one: int) -> int:
        return canonical.get(one, one)

    return {
        child: counts_as(parent) if parent is not None else None
        for child, parent in parents.items()
        if counts_as(child) == child
    }


def has_circle(links: Mapping[int, int | None]) -> bool:
    """Say whether somebody stands above herself."""
    good: set[int] = set()
    for start in links:
        path: set[int] = set()
        at: int | None = start
        while at is not None and at not in good:
            if at in path:
                return True
            path.add(at)
            at = links.get(at)
        good |= path
    return False
