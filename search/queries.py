"""Gathers what the page of results shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from common.languages import foreign
from search.gateway import Hit, Query, Results, gateway
from search.kinds import Kind, all_kinds


@dataclass(frozen=True)
class Row:
    """A hit and the name of its kind."""

    hit: Hit
    kind: str
    foreign: bool


@dataclass(frozen=True)
class Tab:
    """A way to narrow the results to one kind, or to see all of them again."""

    label: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True)
class ResultsScreen:
    """The page of results. `asked`: somebody typed something; `notices` say what was not as typed."""

    text: str
    kind: str
    asked: bool
    results: Results
    rows: tuple[Row, ...]
    tabs: tuple[Tab, ...]
    notices: tuple[str, ...]
    everything_url: str
    previous_url: str
    next_url: str


def results_screen(
    *,
    asked: Mapping[str, str],
    language: str,
    closed: Collection[str] = (),
    beyond: frozenset[UUID] = frozenset(),
) -> ResultsScreen:
    """Return the page that answers the parameters `q`, `tipo` and `pagina` of an address.

    Nothing is quoted of pages whose addresses are `closed` to the reader until her group meets; those with the keys
    `beyond`, which her own version of a course does not ask, are left out.
    """
    labels = {kind.key: str(kind.one) for kind in all_kinds()}
    kind = asked.get("tipo", "")
    known = kind if kind in labels else ""
    typed = asked.get("q", "")
    query = Query(
        typed,
        language=language,
        kinds=(known,) if known else (),
        page=_number(asked.get("pagina", "")),
        beyond=beyond,
    )
    results = gateway().search(query)
    return ResultsScreen(
        text=query.text,
        kind=known,
        asked=bool(typed.strip()),
        results=results,
        rows=tuple(
            Row(_told(hit, closed), labels[hit.kind], bool(foreign(hit.language))) for hit in results.hits
        ),
        tabs=_tabs(results, all_kinds(), known),
        notices=_notices(
            results, typed=typed, wanted=_number(asked.get("pagina", "")), kind_lost=kind != known
        ),
        everything_url=_address(query.text),
        previous_url=_address(query.text, known, results.page - 1) if results.page > 1 else "",
        next_url=_address(query.text, known, results.page + 1) if results.page < results.pages else "",
    )


def _told(hit: Hit, closed: Collection[str]) -> Hit:
    return replace(hit, snippet=()) if hit.url in closed else hit


def _tabs(results: Results, kinds: tuple[Kind, ...], known: str) -> tuple[Tab, ...]:
    text, counts = results.query.text, results.counts
    if not counts:
        return ()
    every = Tab(_("Everything"), sum(counts.values()), _address(text), not known)
    one_by_one = (
        Tab(str(kind.label), counts.get(kind.key, 0), _address(text, kind.key), kind.key == known)
        for kind in kinds
        if counts.get(kind.key) or kind.key == known
    )
    return (every, *one_by_one)


def _notices(results: Results, *, typed: str, wanted: int, kind_lost: bool) -> tuple[str, ...]:
    notices = []
    if kind_lost:
        notices.append(_("That kind of result does not exist; here is everything."))
    if len(typed) > len(results.query.text) + 20:
        notices.append(_("The text was very long; we looked for its first words."))
    if results.total and wanted > results.pages:
        notices.append(_("There are not so many pages; this is the last one."))
    if results.loosened:
        notices.append(_("No page holds all these words; these hold some of them."))
    return tuple(notices)


def _number(typed: str) -> int:
    """Return the number of a page as typed; the first for what is no number."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 1


def _address(text: str, kind: str = "", page: int = 1) -> str:
    asked = {"q": text, "tipo": kind, "pagina": str(page) if page > 1 else ""}
    return f"{reverse('search:results')}?{urlencode({name: value for name, value in asked.items() if value})}"
