"""The small interface by which the site asks for pages by words, whichever engine answers.

What every gateway promises is written as tests in `tests/search/contract.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from courses.indexing import SPANISH, tidy

PAGE_SIZE = 10
# Nobody reads further; deeper pages would let one visitor have the whole index ranked and thrown away.
LAST_PAGE = 100


@dataclass(frozen=True)
class Query:
    """What a visitor asks for. The text is distrusted: it is cleaned and cut when the query is made.

    `kinds`: keys of `search.kinds`; empty means all. `language`: of the reader, two letters; pages that are
    not translated are found in Spanish. `beyond`: keys of pages that the reader could not open.
    """

    text: str
    language: str = SPANISH
    kinds: tuple[str, ...] = ()
    page: int = 1
    size: int = PAGE_SIZE
    beyond: frozenset[UUID] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", tidy(self.text))
        object.__setattr__(self, "page", min(max(self.page, 1), LAST_PAGE))


@dataclass(frozen=True)
class Part:
    """A piece of an excerpt; `marked` where a word that was asked for stands."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Hit:
    """One page that answers. All its texts are plain: who shows them escapes them."""

    kind: str
    title: tuple[Part, ...]
    url: str
    snippet: tuple[Part, ...]
    course: str = ""
    language: str = SPANISH
    sensitive: bool = False
    pending: bool = False
    score: float = 0.0


@dataclass(frozen=True)
class Results:
    """One page of hits and what surrounds it.

    `total` and `counts` are over all pages of results, `counts` also over the kinds that were not asked for.
    `loosened`: no page holds all words, these hold some of them. `empty`: there was no word to look for.
    """

    query: Query
    total: int = 0
    hits: tuple[Hit, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    loosened: bool = False
    empty: bool = False
    gateway: str = ""

    @property
    def page(self) -> int:
        """The page shown: the last one when a later one was asked for."""
        return min(self.query.page, self.pages)

    @property
    def pages(self) -> int:
        """How many pages can be turned; one when there is no hit."""
        return min(max(-(-self.total // self.query.size), 1), LAST_PAGE)


class Gateway(Protocol):
    """An engine that answers queries with what every visitor may see, and nothing else."""

    name: str

    def search(self, query: Query) -> Results:
        """Return the page of results that `query` asks for. Never raises for what a person typed."""


def gateway() -> Gateway:
    """Return the gateway that answers here."""
    from search.database import DatabaseGateway

    return DatabaseGateway()
