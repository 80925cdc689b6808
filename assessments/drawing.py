"""Draws questions at random: from those of the quiz's own course in the bank, by tag and by objective."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from common.text import fold

if TYPE_CHECKING:
    from wagtail.models import Locale

    from assessments.models import Question, Quiz


class Wanted(NamedTuple):
    """How many questions are drawn, from those with a tag and those of an objective; empty: of any."""

    number: int
    tag: str
    objective: str

    def fits(self, question: Question) -> bool:
        """Say whether a question is among those that are drawn from. Capitals and accents do not matter."""
        tags = {_said(tag.name) for tag in question.tags.all()}
        return (not self.tag or _said(self.tag) in tags) and (
            not self.objective or _said(question.objective) == _said(self.objective)
        )


def _said(text: str) -> str:
    return " ".join(fold(text).split())


def wanted(quiz: Quiz) -> list[Wanted]:
    """Return what a quiz draws, in the order in which its author wrote it."""
    return [_wanted(block.value) for block in quiz.draws]


def _wanted(value: Any) -> Wanted:
    return Wanted(
        value.get("number") or 0, (value.get("tag") or "").strip(), (value.get("objective") or "").strip()
    )


def pools(quiz: Quiz, locale: Locale, listed: Iterable[int]) -> list[list[Question]]:
    """Return, for each draw, the published questions that it is drawn from, in the order of the bank.

    What the quiz lists already, and drafts, are in none. Two queries, none where nothing is drawn.
    """
    draws = wanted(quiz)
    if not draws:
        return []
    from assessments.models import Question

    rows = Question.objects.filter(collection=quiz.collection_id, locale=locale, live=True)
    bank = list(rows.exclude(pk__in=list(listed)).prefetch_related("tags").order_by("pk"))  # type: ignore[misc]  # taggit
    return [[question for question in bank if draw.fits(question)] for draw in draws]
