"""Gathers how the questions of a quiz did, from the first attempts at one of its versions. Of nobody by name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, F, FloatField, Sum
from django.db.models.functions import Cast

from assessments.items import FEWEST, Hint, Sums, alpha, hints
from assessments.models import Attempt, AttemptAnswer, QuizVersion

if TYPE_CHECKING:
    from assessments.content import QuestionContent, QuizContent, Said
    from assessments.querysets import AttemptQuerySet


@dataclass(frozen=True)
class ChoiceLine:
    """A choice, and how many took it."""

    said: Said
    right: bool
    taken: int
    share: int


@dataclass(frozen=True)
class ItemLine:
    """A question. `difficulty` and `discrimination` as shares of 1; None where nothing can be said."""

    n: int
    stem: Said
    objective: str
    asked: int
    difficulty: float
    discrimination: float | None
    choices: tuple[ChoiceLine, ...]
    hints: tuple[Hint, ...]


@dataclass(frozen=True)
class VersionLine:
    """A version of the quiz, and how many first attempts it has."""

    number: int
    attempts: int


@dataclass(frozen=True)
class Analysis:
    """The screen. `alpha` is None where fewer than two questions, or not the same ones, were asked of everybody."""

    number: int
    attempts: int
    versions: tuple[VersionLine, ...]
    items: tuple[ItemLine, ...] = ()
    mean: float | None = None
    alpha: float | None = None

    @property
    def too_few(self) -> bool:
        """Say whether nothing is told."""
        return self.attempts < FEWEST


def analysis_of(*, quiz_key: UUID, language: str, number: int | None = None) -> Analysis | None:
    """Return how the questions of a version did; by default of the newest that anybody handed in. Four queries.

    None where nobody has. Only first attempts count: at the second one everybody has read the explanations.
    """
    rows = Attempt.objects.submitted().filter(
        quiz_key=quiz_key, number=1, before=False, answers_ended_at__isnull=True
    )
    counted = rows.order_by().values_list("version__number").annotate(times=Count("pk"))
    lines = tuple(VersionLine(each, times) for each, times in sorted(counted, reverse=True))
    chosen = next((line for line in lines if number in (None, line.number)), None)
    if chosen is None:
        return None
    if chosen.attempts < FEWEST:
        return Analysis(chosen.number, chosen.attempts, lines)
    version = QuizVersion.objects.get(quiz_key=quiz_key, number=chosen.number)
    return _analysed(version.quiz, rows.filter(version=version), lines, chosen, language)


def _analysed(
    quiz: QuizContent,
    rows: AttemptQuerySet,
    lines: tuple[VersionLine, ...],
    chosen: VersionLine,
    language: str,
) -> Analysis:
    totals = _totals(quiz, rows)
    answered = _answered(rows)
    sums = {key: _summed(total, answered[key]) for key, total in totals.items()}
    items = [
        _item(n, question, sums[question.key], answered[question.key].taken, quiz, language)
        for n, question in enumerate(quiz.questions, 1)
        if question.key in sums
    ]
    same = all(one.n == chosen.attempts for one in sums.values())
    shares = [line.difficulty for line in items]
    return Analysis(
        number=chosen.number,
        attempts=chosen.attempts,
        versions=lines,
        items=tuple(items),
        mean=sum(shares) / len(shares) if shares else None,
        alpha=alpha(sums.values()) if same else None,
    )


@dataclass
class _Total:
    """How many attempts asked a question, and the sums of their points."""

    n: int = 0
    t: float = 0.0
    tt: float = 0.0


def _totals(quiz: QuizContent, rows: AttemptQuerySet) -> dict[UUID, _Total]:
    """Return by question who was asked it: whoever left it without an answer was asked it, too."""
    found: dict[UUID, _Total] = defaultdict(_Total)
    by_list: dict[tuple[str, ...], _Total] = defaultdict(_Total)
    for asked, points in rows.values_list("questions", "points").iterator():
        total, t = by_list[tuple(asked)], float(points)
        total.n, total.t, total.tt = total.n + 1, total.t + t, total.tt + t * t
    everything = [str(question.key) for question in quiz.questions]
    for asked, one in by_list.items():
        for key in asked or everything:
            total = found[UUID(key)]
            total.n, total.t, total.tt = total.n + one.n, total.t + one.t, total.tt + one.tt
    return found


def _summed(total: _Total, said: _Answers) -> Sums:
    return Sums(total.n, said.sx, said.sxx, said.sxt, total.t, total.tt)


@dataclass
class _Answers:
    """Of a question: sums of its points, of their squares, of their products with the whole; and what was said."""

    sx: float = 0.0
    sxx: float = 0.0
    sxt: float = 0.0
    taken: Counter[tuple[str, ...]] = field(default_factory=Counter)


def _answered(rows: AttemptQuerySet) -> dict[UUID, _Answers]:
    """Return by question what was answered and how it went: one pass over what may be a million answers."""
    found: dict[UUID, _Answers] = defaultdict(_Answers)
    points, whole = Cast("points", FloatField()), Cast("attempt__points", FloatField())
    answers = AttemptAnswer.objects.filter(attempt__in=rows.order_by()).order_by()
    grouped = answers.annotate(x=points, t=whole).values("question_key", "chosen")
    for row in grouped.annotate(
        times=Count("pk"), sx=Sum("x"), sxx=Sum(F("x") * F("x")), sxt=Sum(F("x") * F("t"))
    ):
        one = found[row["question_key"]]
        one.taken[tuple(row["chosen"])] += row["times"]
        # Of one that somebody has still to read there are no points yet.
        one.sx, one.sxx, one.sxt = (
            one.sx + (row["sx"] or 0.0),
            one.sxx + (row["sxx"] or 0.0),
            one.sxt + (row["sxt"] or 0.0),
        )
    return found


def _item(
    n: int,
    question: QuestionContent,
    sums: Sums,
    taken: Mapping[tuple[str, ...], int],
    quiz: QuizContent,
    language: str,
) -> ItemLine:
    choices = _choices(question, sums.n, taken, quiz, language) if question.is_chosen else ()
    single = question.is_chosen and not question.takes_several
    right = max((line.taken for line in choices if line.right), default=0)
    wrong = [line.taken for line in choices if not line.right] if single else []
    return ItemLine(
        n=n,
        stem=quiz.said(question.asked, language),
        objective=question.objective,
        asked=sums.n,
        difficulty=sums.difficulty,
        discrimination=sums.discrimination,
        choices=choices,
        hints=hints(sums, right=right, wrong=wrong),
    )


def _choices(
    question: QuestionContent,
    asked: int,
    taken: Mapping[tuple[str, ...], int],
    quiz: QuizContent,
    language: str,
) -> tuple[ChoiceLine, ...]:
    counts: Counter[str] = Counter()
    for keys, times in taken.items():
        counts.update(dict.fromkeys(keys, times))
    lines: Iterable[ChoiceLine] = (
        ChoiceLine(
            quiz.said(choice.texts, language),
            choice.key in question.right_keys,
            counts[choice.key],
            round(100 * counts[choice.key] / asked),
        )
        for choice in question.choices
    )
    return tuple(lines)
