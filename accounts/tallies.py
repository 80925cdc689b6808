"""The registry by which upper rooms say how much they keep of people: so many enrolments, so many certificates."""

from collections.abc import Callable
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
