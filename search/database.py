"""The gateway on the site's own database: SQLite's FTS5 or PostgreSQL's text search, by Wagtail's index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import SearchQuery

from courses.asked import asked_now
from courses.indexing import SPANISH, asked_forms, in_language, question, within_reach
from courses.models import LessonPage
from search.excerpt import excerpt, mark
from search.gateway import Hit, Query, Results
from search.kinds import Card, Kind, all_kinds, named

MOST_KEYS = 5_000


@dataclass(frozen=True)
class Match:
    """A row that answers: its kind, its primary key, and how well, the best first whatever the database."""

    kind: Kind
    pk: Any
    score: float


class DatabaseGateway:
    """Asks the index of the embedded database: all pages in one query, every other kind in its own."""

    name = "database"

    def search(self, query: Query) -> Results:
        """Return the pages that hold all words; when there are none, those that hold some."""
        asked = question(query.text, language=query.language)
        if asked is None:
            return Results(query, empty=True, gateway=self.name)
        matches, loosened = self._matches(asked, query), False
        if not matches and " " in query.text:
            some = question(query.text, language=query.language, any_word=True)
            matches = self._matches(some, query) if some else []
            loosened = bool(matches)
        return self._results(query, matches, loosened=loosened)

    def _matches(self, asked: SearchQuery, query: Query) -> list[Match]:
        pages = [kind for kind in all_kinds() if kind.is_page]
        others = [kind for kind in all_kinds() if not kind.is_page]
        found = _page_matches(asked, query, pages) if pages else []
        for kind in others:
            found += _row_matches(asked, query, kind)
        return sorted(found, key=lambda match: (-match.score, str(match.pk)))

    def _results(self, query: Query, matches: list[Match], *, loosened: bool) -> Results:
        counts = Counter(match.kind.key for match in matches)
        wanted = {kind.key for kind in named(query.kinds)}
        asked_for = [match for match in matches if match.kind.key in wanted]
        results = Results(
            query, total=len(asked_for), counts=dict(counts), loosened=loosened, gateway=self.name
        )
        begin = (results.page - 1) * query.size
        hits = _hits(query, asked_for[begin : begin + query.size])
        return Results(**{**vars(results), "hits": hits})


def _page_matches(asked: SearchQuery, query: Query, kinds: list[Kind]) -> list[Match]:
    types = ContentType.objects.get_for_models(
        *(kind.model_class for kind in kinds), for_concrete_models=False
    )
    by_type = {types[kind.model_class].pk: kind for kind in kinds}
    rows = Page.objects.filter(content_type_id__in=list(by_type))
    return [
        Match(by_type[row.content_type_id], row.pk, score)
        for row, score in _ranked(asked, in_language(within_reach(rows), query.language), Page)
        if row.content_type_id in by_type
        and row.translation_key not in query.beyond
        and _is_released(row, by_type[row.content_type_id])
    ]


def _is_released(row: Page, kind: Kind) -> bool:
    """Say whether somebody can come to a page: to a lesson that no version asks yet, nobody can."""
    return kind.model_class is not LessonPage or row.translation_key in asked_now()


def _row_matches(asked: SearchQuery, query: Query, kind: Kind) -> list[Match]:
    model = kind.model_class
    rows = model._default_manager.all()
    if kind.visible is not None:
        rows = kind.visible(rows, query.language)
    return [Match(kind, row.pk, score) for row, score in _ranked(asked, rows, model)]


def _ranked(asked: SearchQuery, rows: Any, model: Any) -> Iterable[tuple[Any, float]]:
    """Yield what answers among `rows`, with its score: the higher the better."""
    names = ["pk", "content_type_id", "translation_key"] if model is Page else ["pk"]
    if connection.vendor == "sqlite":
        from search import sqlite

        scores = sqlite.scores(asked, model)
        # A very long list of keys would be more parameters than SQLite takes; then all rows are read.
        among = rows.filter(pk__in=list(scores)) if len(scores) <= MOST_KEYS else rows
        for row in among.only(*names):
            if row.pk in scores:
                yield row, scores[row.pk]
        return
    # The filters stand in a subquery, since Wagtail's search knows simple ones alone.
    among = model._default_manager.filter(pk__in=rows.order_by().values("pk")).only(*names)
    for row in get_search_backend().search(asked, among).annotate_score("rank"):
        yield row, row.rank


def _hits(query: Query, matches: list[Match]) -> tuple[Hit, ...]:
    cards: dict[tuple[str, Any], Card] = {}
    for kind in {match.kind.key: match.kind for match in matches}.values():
        keys = [match.pk for match in matches if match.kind == kind]
        rows = kind.model_class._default_manager.filter(pk__in=keys)
        cards.update({(kind.key, pk): card for pk, card in kind.cards(rows).items()})
    asked = {form for reading in asked_forms(query.text, language=query.language) for form in reading}
    return tuple(
        _hit(match, cards[match.kind.key, match.pk], asked)
        for match in matches
        if (match.kind.key, match.pk) in cards
    )


def _hit(match: Match, card: Card, asked: set[str]) -> Hit:
    language = card.language or SPANISH
    return Hit(
        kind=match.kind.key,
        title=mark(card.title, asked, language=language),
        url=card.url,
        snippet=excerpt(card.text, asked, language=language),
        course=card.course,
        language=language,
        sensitive=card.sensitive,
        pending=card.pending,
        score=round(match.score, 4),
    )
