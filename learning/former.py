"""The door by which a room above tells which trainings somebody took before Senda, or outside of it.

They complete no course of today and are added to nothing: whoever reads of them sees them apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import Person


@dataclass(frozen=True)
class FormerTraining:
    """A training of before: `hours` as the sheet said them, `result` in words, `mark` in per cent, for her alone."""

    title: str
    starts_on: dt.date
    ends_on: dt.date
    hours: Decimal | None = None
    result: str = ""
    mark: Decimal | None = None


_tellers: list[Callable[[Person], list[FormerTraining]]] = []


def register(teller: Callable[[Person], list[FormerTraining]]) -> None:
    """Let a room above tell what it keeps; called once, when it is ready."""
    if teller not in _tellers:
        _tellers.append(teller)


def former_trainings(person: Person) -> tuple[FormerTraining, ...]:
    """Return the trainings of before of a person, all her records together, the latest first."""
    told = [each for teller in _tellers for each in teller(person)]
    return tuple(sorted(told, key=lambda each: (each.starts_on, each.title), reverse=True))
