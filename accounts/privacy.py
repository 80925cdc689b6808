"""Gathers what every room knows of a person, and lets every room forget her. Each registers its part when ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import Person

Export = Callable[[Person], dict[str, Any]]
Erase = Callable[[Person], None]


@dataclass(frozen=True)
class Part:
    """What one room keeps: `export` gives plain values (dict, list, text, number, date), `erase` forgets.

    `title` heads the part on the page «my data»; `labels` gives the words for its keys.
    """

    name: str
    export: Export
    erase: Erase
    title: Any = ""
    labels: dict[str, Any] | None = None


_parts: dict[str, Part] = {}


def register(
    name: str, export: Export, erase: Erase, title: Any = "", labels: dict[str, Any] | None = None
) -> None:
    """Add a room's part, or replace the one of the same name."""
    _parts[name] = Part(name, export, erase, title, labels)


def parts() -> list[Part]:
    """Return the parts in the order in which they were registered."""
    return list(_parts.values())


def export_person(person: Person) -> dict[str, dict[str, Any]]:
    """Return everything that is kept of a person, by room."""
    return {part.name: part.export(person) for part in parts()}


@transaction.atomic
def erase_person(person: Person) -> None:
    """Let every room forget a person. Rooms above first: they may still need her fields to keep a figure."""
    for part in reversed(parts()):
        part.erase(person)
