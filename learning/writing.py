"""The door to writing to somebody of a group: whoever sends messages registers where they are written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import Person
    from learning.models import Cohort

Address = Callable[["Cohort", "Person"], str]

_registered: list[Address] = []


def register(address: Address) -> None:
    """Let `address` say where a message to somebody of a group is written; an empty word: nowhere."""
    _registered[:] = [address]


def address_to(cohort: Cohort, person: Person) -> str:
    """Return where a facilitator writes to somebody of her group; empty where nobody sends messages."""
    return _registered[0](cohort, person) if _registered else ""
