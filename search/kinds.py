"""Keeps the kinds of things that can be found. A room above or beside registers its own when it is ready."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from wagtail.models import Page


@dataclass(frozen=True)
class Card:
    """What a found thing shows: its title, where it leads, and the text from which an excerpt is taken.

    `pending`: it is a course in which nobody can enrol yet.
    """

    title: str
    url: str
    text: str
    course: str = ""
    language: str = ""
    sensitive: bool = False
    pending: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of thing: an indexed model, which of its rows every visitor may see, and how they are shown.

    `label` names several of them, `one` a single one. `model` is named as «app.Model»; it speaks to the index
    by `courses.indexing.FormsField`, its primary key is a FilterField. `cards` takes rows and returns a card
    for each primary key. Pages are visible by one rule (`courses.indexing`); anything else brings its own
    `visible`: (rows, language) → rows.
    """

    key: str
    label: str | Promise
    one: str | Promise
    model: str
    cards: Callable[[QuerySet[Any]], dict[Any, Card]]
    visible: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    place: int = 50

    @property
    def model_class(self) -> type[Model]:
        """The model itself."""
        return apps.get_model(self.model)

    @property
    def is_page(self) -> bool:
        """Say whether things of this kind stand in the page tree."""
        return issubclass(self.model_class, Page)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Let things of `kind` be found. Registered twice, the later one stands."""
    if kind.is_page == (kind.visible is not None):
        raise TypeError(
            f"Pages are visible by one rule, everything else by its own: the kind {kind.key!r} is not."
        )
    _kinds[kind.key] = kind


def forget(key: str) -> None:
    """Take a kind out of the search; for tests."""
    _kinds.pop(key, None)


def all_kinds() -> tuple[Kind, ...]:
    """Return the kinds in the order in which they are offered: by place, then by registration."""
    return tuple(sorted(_kinds.values(), key=lambda kind: kind.place))


def named(keys: Iterable[str]) -> tuple[Kind, ...]:
    """Return the kinds with these keys; all of them when none of the keys is known."""
    wanted = set(keys)
    return tuple(kind for kind in all_kinds() if kind.key in wanted) or all_kinds()
