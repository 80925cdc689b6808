"""Gathers what every room knows of a person, and lets every room forget her. Each registers its part when ready."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import Person

Export = Callable[[Person], dict[str, Any]]
Erase = Callable[[Person], None]
Papers = Callable[[list[Person]], list[dict[str, Any]]]

# What stays when an account is only pseudonymised because nobody uses it: the register of proofs.
REGISTER = "certificates"


@dataclass(frozen=True)
class Part:
    """What one room keeps: `export` gives plain values (dict, list, text, number, date), `erase` forgets.

    `title` heads the part on the page «my data»; `labels` gives the words for its keys. `covers` names the columns
    («app.Model.field») by which rows are hers and that the export tells. `kept` says in words what an erasure leaves;
    `papers` in which pictures her name may stand, as `accounts.scrubbing.residue` tells of texts.
    """

    name: str
    export: Export
    erase: Erase
    title: Any = ""
    labels: dict[str, Any] | None = None
    covers: frozenset[str] = frozenset()
    kept: tuple[Any, ...] = ()
    papers: Papers | None = None


_parts: dict[str, Part] = {}
_acts: dict[str, str] = {}


def register(
    name: str,
    export: Export,
    erase: Erase,
    title: Any = "",
    labels: dict[str, Any] | None = None,
    *,
    covers: Iterable[str] = (),
    kept: Iterable[Any] = (),
    papers: Papers | None = None,
) -> None:
    """Add a room's part, or replace the one of the same name."""
    _parts[name] = Part(name, export, erase, title, labels, frozenset(covers), tuple(kept), papers)


def note_acts(acts: Mapping[str, str]) -> None:
    """Name columns by which a person only did something to rows of others or of the programme, each with the reason
    why the row is not data about her. They are counted in her download, and stay under her key.

    A test holds that every column pointing at a person or a login is covered by a part or stands here.
    """
    _acts.update(acts)


def acts() -> dict[str, str]:
    """Return the columns that only tell what somebody did."""
    return dict(_acts)


def parts() -> list[Part]:
    """Return the parts in the order in which they were registered."""
    return list(_parts.values())


def export_person(person: Person) -> dict[str, dict[str, Any]]:
    """Return everything that is kept of a person, by room."""
    return {part.name: part.export(person) for part in parts()}


def papers_with(people: list[Person]) -> list[dict[str, Any]]:
    """Return in which pictures and scans the names of people may stand: nothing here reads them."""
    return [paper for part in parts() if part.papers for paper in part.papers(people)]


def kept_words() -> list[str]:
    """Return, one sentence a thing, what an erasure leaves and why."""
    return [str(words) for part in parts() for words in part.kept]


@transaction.atomic
def erase_person(person: Person, *, but: frozenset[str] = frozenset()) -> None:
    """Let every room forget a person, those named in `but` apart. Rooms above first: they may still need her
    fields to keep a figure.

    Senda calls this through `accounts.erasing`, which also forgets the persons merged into her, takes her name out
    of logs and queues, and writes down that it was done.
    """
    for part in reversed(parts()):
        if part.name not in but:
            part.erase(person)
