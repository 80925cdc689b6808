"""What was learned: the test before a course beside the first one after it, of the same people.

The normalised gain is Hake's ⟨g⟩, (mean after − mean before) / (100 − mean before), over matched pairs (Hake 1998,
Am. J. Phys. 66, 64). The first attempt after the course counts: the second has read the explanations. Nothing is told
of fewer than `FEWEST` pairs.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q

from assessments.models import Attempt, AttemptAnswer, QuizVersion
from courses import versions
from learning.models import Enrolment

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from assessments.content import QuestionContent, QuizContent

FEWEST = 10
# Of a question or an objective nothing is told where fewer answers are known, before or after.
FEWEST_ANSWERS = 5
# Bounds of the bands in which ⟨g⟩ is read: low, middle, high.
MIDDLE, HIGH = Fraction(3, 10), Fraction(7, 10)
A_QUERY = 400


@dataclass(frozen=True)
class Score:
    """Points of all that were asked."""

    points: Fraction
    of: Fraction

    @property
    def share(self) -> Fraction:
        """Return the share, 0 to 1."""
        return self.points / self.of


@dataclass(frozen=True)
class Pair:
    """What one person knew before the course and after it; by their keys, the attempts."""

    before: Score
    after: Score
    attempts: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Line:
    """An objective or a question: the shares before and after, and of how many answers; None where too few."""

    title: str
    language: str
    before: Fraction | None
    after: Fraction | None
    asked_before: int
    asked_after: int

    @property
    def percents(self) -> tuple[int | None, int | None]:
        """Return both shares as whole percentages."""
        return (_percent(self.before), _percent(self.after))


@dataclass(frozen=True)
class Learned:
    """What a group learned. `before`, `after` and `gain` are None where fewer than `FEWEST` pairs are known; `gain`
    also where everybody knew everything before.
    """

    enrolled: int
    paired: int
    before: Fraction | None = None
    after: Fraction | None = None
    gain: Fraction | None = None
    objectives: tuple[Line, ...] = ()
    questions: tuple[Line, ...] = ()
    fewest: int = FEWEST

    @property
    def percents(self) -> tuple[int, int] | None:
        """Return both means as whole percentages; None where they are not told."""
        if self.before is None or self.after is None:
            return None
        return percent(self.before), percent(self.after)

    @property
    def band(self) -> str:
        """Return «low», «middle» or «high»; nothing where no gain is told."""
        if self.gain is None:
            return ""
        return "low" if self.gain < MIDDLE else "middle" if self.gain <= HIGH else "high"


def percent(share: Fraction) -> int:
    """Return a share as a whole percentage, halves upwards."""
    return math.floor(share * 100 + Fraction(1, 2))


def gain_of(before: Fraction, after: Fraction) -> Fraction | None:
    """Return the normalised gain of two shares, 0 to 1; None where nothing was left to be gained.

    >>> gain_of(Fraction(1, 2), Fraction(3, 4))
    Fraction(1, 2)
    """
    return (after - before) / (1 - before) if before != 1 else None


def _percent(share: Fraction | None) -> int | None:
    return None if share is None else percent(share)


def mean(shares: Sequence[Fraction]) -> Fraction:
    """Return the mean of some shares."""
    return sum(shares, Fraction(0)) / len(shares)


def pair_of(enrolment: Enrolment) -> Pair | None:
    """Return what one learner knew before and after; None while one of the two tests is missing. One query."""
    manifest = versions.manifest_of(enrolment.version)
    if manifest.pair is None:
        return None
    rows = _attempts(Attempt.objects.filter(context=enrolment.key))
    return _matched(rows, manifest.forms_of(manifest.pair[1]))


def learned_by(rows: QuerySet[Enrolment], *, language: str) -> Learned | None:
    """Return what the people of these enrolments learned, each counted once; None where no course of theirs compares.

    Five queries, and one more for every 400 pairs.
    """
    enrolled, forms = _enrolled(rows)
    if not forms:
        return None
    pairs = _pairs(rows, enrolled, forms)
    people = len({person for person, _version in enrolled.values()})
    if len(pairs) < FEWEST:
        return Learned(people, len(pairs))
    before, after = mean([one.before.share for one in pairs]), mean([one.after.share for one in pairs])
    objectives, questions = _lines(pairs, language)
    return Learned(people, len(pairs), before, after, gain_of(before, after), objectives, questions)


Enrolled = Mapping[UUID, tuple[int, int]]


def _enrolled(rows: QuerySet[Enrolment]) -> tuple[Enrolled, dict[int, frozenset[UUID]]]:
    """Return person and version by context, and by version the forms of the test afterwards."""
    found = {
        key: (person or 0, version)
        for key, person, version in rows.order_by("enrolled_at", "pk").values_list(
            "key", "person__canonical", "version"
        )
    }
    known = versions.shared({version for _person, version in found.values()})
    forms = {}
    for pk, version in known.items():
        manifest = versions.manifest_of(version)
        if manifest.pair is not None:
            forms[pk] = manifest.forms_of(manifest.pair[1])
    return {key: said for key, said in found.items() if said[1] in forms}, forms


def _pairs(
    rows: QuerySet[Enrolment], enrolled: Enrolled, forms: Mapping[int, Collection[UUID]]
) -> list[Pair]:
    """Return the pair of each person, the first that she has."""
    by_context: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in _attempts(Attempt.objects.filter(context__in=rows.order_by().values("key"))):
        by_context[row["context"]].append(row)
    found: dict[int, Pair] = {}
    for context, (person, version) in enrolled.items():
        pair = _matched(by_context.get(context, []), forms[version])
        if pair is not None:
            found.setdefault(person, pair)
    return list(found.values())


def _attempts(rows: QuerySet[Attempt]) -> list[dict[str, Any]]:
    wanted = rows.filter(Q(before=True) | Q(number=1), submitted_at__isnull=False, max_points__gt=0)
    names = ("pk", "context", "before", "quiz_key", "points", "max_points", "started_at", "submitted_at")
    return list(wanted.order_by("started_at", "pk").values(*names))


def _matched(rows: Iterable[dict[str, Any]], forms: Collection[UUID]) -> Pair | None:
    """Return the pair among a learner's attempts: what came before must have been handed in before the other began."""
    rows = list(rows)
    first = next((row for row in rows if row["before"]), None)
    after = next((row for row in rows if not row["before"] and row["quiz_key"] in forms), None)
    if first is None or after is None or first["submitted_at"] > after["started_at"]:
        return None
    return Pair(_score(first), _score(after), (first["pk"], after["pk"]))


def _score(row: Mapping[str, Any]) -> Score:
    return Score(Fraction(row["points"]), Fraction(row["max_points"]))


@dataclass
class _Sums:
    """Points and number of times asked, before and after."""

    points: list[Fraction]
    asked: list[int]

    def line(self, title: str, language: str) -> Line:
        shares = [
            points / asked if asked >= FEWEST_ANSWERS else None
            for points, asked in zip(self.points, self.asked, strict=True)
        ]
        return Line(title, language, shares[0], shares[1], self.asked[0], self.asked[1])


def _lines(pairs: Sequence[Pair], language: str) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return the shares by objective and by question, in the order in which the tests ask."""
    questions: dict[UUID, tuple[QuizContent, QuestionContent]] = {}
    by_question: dict[UUID, _Sums] = {}
    by_objective: dict[str, _Sums] = {}
    for question_key, when, points, asked in _answered(pairs, questions):
        content, question = questions[question_key]
        sums = [by_question.setdefault(question_key, _Sums([Fraction(0), Fraction(0)], [0, 0]))]
        if question.objective:
            sums.append(
                by_objective.setdefault(question.objective, _Sums([Fraction(0), Fraction(0)], [0, 0]))
            )
        for each in sums:
            each.points[when] += points
            each.asked[when] += asked
    said = {}
    for key, (content, question) in questions.items():
        text = content.said(question.asked, language)
        said[key] = (text.text, text.language)
    source = next((content.source_language for content, _question in questions.values()), language)
    return (
        tuple(sums.line(title, source) for title, sums in by_objective.items()),
        tuple(by_question[key].line(*words) for key, words in said.items() if key in by_question),
    )


def _answered(
    pairs: Sequence[Pair], questions: dict[UUID, tuple[QuizContent, QuestionContent]]
) -> Iterable[tuple[UUID, int, Fraction, int]]:
    """Yield of each question and of before (0) and after (1) the points, and how often it was asked.

    One that was left without an answer was asked, and is worth nothing. What a person reads is nobody else's to count.
    """
    when = {pk: at for pair in pairs for at, pk in enumerate(pair.attempts)}
    asked: Counter[tuple[UUID, int]] = Counter()
    points: dict[tuple[UUID, int], Fraction] = defaultdict(Fraction)
    wanted = sorted(when)
    known: dict[int, QuizContent] = {}
    for start in range(0, len(wanted), A_QUERY):
        chunk = wanted[start : start + A_QUERY]
        rows = list(Attempt.objects.filter(pk__in=chunk).values_list("pk", "version", "questions"))
        missing = {version for _pk, version, _asked in rows} - set(known)
        known |= {row.pk: row.quiz for row in QuizVersion.objects.filter(pk__in=missing)}
        for pk, version, keys in rows:
            content = known[version]
            for question in content.only(keys).questions if keys else content.questions:
                if not question.is_free:
                    questions.setdefault(question.key, (content, question))
                    asked[question.key, when[pk]] += 1
        answers = AttemptAnswer.objects.filter(attempt__in=chunk, points__isnull=False)
        for pk, key, worth in answers.values_list("attempt_id", "question_key", "points"):
            points[key, when[pk]] += Fraction(worth or 0)
    for (key, at), times in asked.items():
        yield key, at, points[key, at], times
