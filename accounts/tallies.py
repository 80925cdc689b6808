"""The registry by which upper rooms say how much they keep of people: so many enrolments, so many certificates.

Of two records that were merged they also say what was written under each since, and with which of them signed in.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# Takes keys of people, returns a number for each that has any.
Count = Callable[[list[int]], dict[int, int]]

_tallies: dict[str, tuple[Any, Count]] = {}


def register(name: str, label: Any, count: Count) -> None:
    """Add a room's count, or replace the one of the same name. One query however many people."""
    _tallies[name] = (label, count)


def counted(keys: list[int]) -> list[tuple[str, dict[int, int]]]:
    """Return each count with its label."""
    return [(str(label), count(keys)) for label, count in _tallies.values()]


@dataclass(frozen=True)
class Since:
    """How many of one thing were written under a record since a moment; `elsewhere` with another of hers signed in."""

    label: Any
    person: int
    count: int
    elsewhere: int | None = None


# Takes keys of people and a moment.
CountSince = Callable[[list[int], dt.datetime], list[Since]]
_since: dict[str, CountSince] = {}


def register_since(name: str, count: CountSince) -> None:
    """Add a room's count of what was written since a moment, or replace the one of the same name."""
    _since[name] = count


def written_since(keys: list[int], moment: dt.datetime) -> list[Since]:
    """Return what every room has of these people since then, what is nothing left out."""
    return [row for count in _since.values() for row in count(keys, moment) if row.count]
