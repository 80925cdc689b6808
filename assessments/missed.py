"""Answers which questions are often missed at the first try, by the frozen questions that people saw. No names.

Only first tries count: at the second one everybody has read the explanations, and a bad question would look good.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count

from assessments.content import QuestionContent, QuizContent
from assessments.marking import MarkReason, mark
from assessments.models import AttemptAnswer, QuizVersion
from assessments.queries.pairs import answer_lines

if TYPE_CHECKING:
    from django.db.models import QuerySet

FEWEST = 5


@dataclass(frozen=True)
class MissedQuestion:
    """How a question went at the first try. Where fewer than `FEWEST` people met it nothing but that is told.

    `tries` are first tries that showed it; one left without an answer is not correct. `share` is the correct ones in
    whole percent. `wrong` is the wrong choice taken most often, `wrong_share` of all first tries.
    """

    key: UUID
    quiz: str
    versions: tuple[int, ...]
    stem: str
    tries: int
    share: int | None = None
    wrong: str = ""
    wrong_share: int | None = None


@dataclass
class _Tally:
    """The sums over every version that asked the very same question."""

    content: QuizContent
    question: QuestionContent
    versions: list[int] = field(default_factory=list)
    tries: int = 0
    people: int = 0
    correct: int = 0
    wrong: Counter[str] = field(default_factory=Counter)


Answers = Mapping[tuple[int, UUID], list[tuple[list[str], int]]]


def missed_questions(*, contexts: QuerySet[Any], language: str) -> tuple[MissedQuestion, ...]:
    """Return how each question went within `contexts` (a query of their keys), the most often missed first.

    A question whose words or key changed counts anew from that version on. Two queries.
    """
    tallies: dict[tuple[UUID, str], _Tally] = {}
    answers = _answers(contexts)
    for version in _versions(contexts):
        content = version.quiz
        for question in content.questions:
            # What a person reads is nobody else's to count.
            if question.is_free:
                continue
            tally = tallies.setdefault((question.key, question.signature), _Tally(content, question))
            _add(tally, version, answers.get((version.pk, question.key), []))
    found = [_told(tally, language) for tally in tallies.values()]
    return tuple(sorted(found, key=lambda row: (row.share is None, row.share or 0, -row.tries)))


def _versions(contexts: QuerySet[Any]) -> Iterable[Any]:
    first = QuizVersion.objects.filter(
        attempts__context__in=contexts,
        attempts__number=1,
        attempts__before=False,
        attempts__submitted_at__isnull=False,
        attempts__answers_ended_at__isnull=True,
    )
    return first.annotate(
        tries=Count("attempts", distinct=True), people=Count("attempts__person__canonical", distinct=True)
    ).order_by("quiz_key", "number")


def _answers(contexts: QuerySet[Any]) -> Answers:
    rows = AttemptAnswer.objects.filter(
        attempt__context__in=contexts,
        attempt__number=1,
        attempt__before=False,
        attempt__submitted_at__isnull=False,
    )
    found: dict[tuple[int, UUID], list[tuple[list[str], int]]] = defaultdict(list)
    counted = rows.order_by().values("attempt__version", "question_key", "chosen").annotate(times=Count("pk"))
    for row in counted:
        found[row["attempt__version"], row["question_key"]].append((row["chosen"], row["times"]))
    return found


def _add(tally: _Tally, version: Any, answers: Iterable[tuple[list[str], int]]) -> None:
    tally.versions.append(version.number)
    tally.tries += version.tries
    tally.people += version.people
    question = tally.question
    for chosen, times in answers:
        if mark(question, chosen).reason is MarkReason.RIGHT:
            tally.correct += times
        # Of what was typed only the answers that the author foresaw are told: the rest are people's own words.
        for key in question.meant(chosen) - question.right_keys:
            tally.wrong[key] += times


def _words(tally: _Tally, key: str, language: str) -> str:
    """Return the words of a wrong choice, or of a pair that does not belong together."""
    question, said = tally.question, tally.content.said
    if question.is_paired:
        return answer_lines(question, [key], lambda texts: said(texts, language))[0].said.text
    return next((said(each.texts, language).text for each in question.choices if each.key == key), "")


def _told(tally: _Tally, language: str) -> MissedQuestion:
    said = tally.content.said
    told: dict[str, Any] = {}
    if tally.people >= FEWEST:
        told["share"] = tally.correct * 100 // tally.tries
        if tally.wrong:
            key, times = tally.wrong.most_common(1)[0]
            told["wrong_share"] = times * 100 // tally.tries
            told["wrong"] = _words(tally, key, language)
    return MissedQuestion(
        key=tally.question.key,
        quiz=said(tally.content.titles, language).text,
        versions=tuple(tally.versions),
        stem=said(tally.question.asked, language).text,
        tries=tally.tries,
        **told,
    )
