"""What an answer is worth and whether a quiz is passed: pure rules over plain data, which say why.

A question is worth one point. With one answer (or true and false) it is the point or nothing. With several answers:
each right choice adds 1/r and each wrong choice chosen takes 1/r away, where r is the number of right choices;
never below nothing, and the whole point only for exactly the right choices. An example with right A, B, C and
wrong D: A, B, C is 1; A, B is 2/3; A, B, D is 1/3; all four is 2/3; D alone is 0. Marking everything therefore
never gives the point. What is typed is the point or nothing. Of a text with gaps each one filled well adds its
share, of things to be matched each right pair, of an open answer each criterion that whoever read it found met; of
things to be put in order, each one that is followed by the right next one.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Protocol

THOUSANDTH = Decimal("0.001")


class RefusalReason(StrEnum):
    """Why an attempt does not begin, or an answer is not taken."""

    NO_VERSION = "no_version"
    NOTHING_FOR_HER = "nothing_for_her"
    ATTEMPTS_USED_UP = "attempts_used_up"
    ALREADY_PASSED = "already_passed"
    ALREADY_SUBMITTED = "already_submitted"
    FOREIGN_QUESTION = "foreign_question"
    FOREIGN_CHOICE = "foreign_choice"
    ONE_CHOICE_ONLY = "one_choice_only"
    TOO_LONG = "too_long"
    NO_NUMBER = "no_number"
    TOO_LONG_OPEN = "too_long_open"
    STILL_READ = "still_read"
    NOT_OPEN_YET = "not_open_yet"
    CLOSED = "closed"
    TIME_IS_UP = "time_is_up"


class AttemptRefused(Exception):
    """A person asked for what an attempt does not allow; `reason` says which rule said no."""

    def __init__(self, reason: RefusalReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class MarkReason(StrEnum):
    """Why an answer got its points."""

    RIGHT = "right"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    UNANSWERED = "unanswered"
    WAITING = "waiting"
    DROPPED = "dropped"


class ResultReason(StrEnum):
    """Why an attempt passed or did not."""

    PASS_MARK_REACHED = "pass_mark_reached"
    BELOW_PASS_MARK = "below_pass_mark"
    SOME_UNANSWERED = "some_unanswered"


class Rule(StrEnum):
    """How points are parted."""

    ONE = "one"
    SEVERAL = "several"
    TYPED = "typed"
    PAIRS = "pairs"
    SEQUENCE = "sequence"
    GAPS = "gaps"
    RUBRIC = "rubric"


class Markable(Protocol):
    """What marking asks of a question."""

    @property
    def key(self) -> uuid.UUID:
        """The question's key."""

    def meant(self, chosen: Collection[str]) -> frozenset[str]:
        """The keys of the choices that an answer is."""

    @property
    def right_keys(self) -> frozenset[str]:
        """The keys that ought to be chosen."""

    @property
    def rule(self) -> Rule:
        """How its point is parted."""


@dataclass(frozen=True)
class Mark:
    """Points of one answer, from 0 to 1, and why."""

    points: Fraction
    reason: MarkReason


@dataclass(frozen=True)
class Result:
    """What an attempt is worth. `percent` is rounded down: nobody reads 70 % and has not reached 70."""

    points: Fraction
    max_points: int
    percent: int
    passed: bool
    marks: Mapping[uuid.UUID, Mark]
    reasons: tuple[ResultReason, ...]


def mark(question: Markable, chosen: Collection[str]) -> Mark:
    """Mark one answer. What is chosen twice counts once; what the question does not hold counts for nothing."""
    if question.rule is Rule.RUBRIC:
        return _read(question.right_keys, chosen)
    known = question.meant(chosen)
    if question.rule is Rule.TYPED:
        return _typed(known & question.right_keys, chosen)
    if question.rule is Rule.GAPS and any(chosen) and not known:
        return Mark(Fraction(0), MarkReason.NOT_YET)
    if not known:
        return Mark(Fraction(0), MarkReason.UNANSWERED)
    if known == question.right_keys:
        return Mark(Fraction(1), MarkReason.RIGHT)
    points = _SHARES[question.rule](known, question.right_keys)
    return Mark(points, MarkReason.PARTLY if points else MarkReason.NOT_YET)


def _typed(right: Collection[str], chosen: Collection[str]) -> Mark:
    if not any(chosen):
        return Mark(Fraction(0), MarkReason.UNANSWERED)
    return Mark(Fraction(1), MarkReason.RIGHT) if right else Mark(Fraction(0), MarkReason.NOT_YET)


# What stands before the criteria in the answer to an open question: whether somebody has read it.
READ, UNREAD = "read", "unread"


def _read(criteria: frozenset[str], chosen: Collection[str]) -> Mark:
    """Each criterion that was met adds its share; until somebody has read it an answer is worth nothing yet."""
    if not any(chosen):
        return Mark(Fraction(0), MarkReason.UNANSWERED)
    if READ not in chosen:
        return Mark(Fraction(0), MarkReason.WAITING)
    met = criteria.intersection(chosen)
    if met == criteria:
        return Mark(Fraction(1), MarkReason.RIGHT)
    points = Fraction(len(met), max(1, len(criteria)))
    return Mark(points, MarkReason.PARTLY if points else MarkReason.NOT_YET)


def _nothing(_known: frozenset[str], _right: frozenset[str]) -> Fraction:
    return Fraction(0)


def _several(known: frozenset[str], right: frozenset[str]) -> Fraction:
    return max(Fraction(0), Fraction(len(known & right) - len(known - right), max(1, len(right))))


def _filled(known: frozenset[str], right: frozenset[str]) -> Fraction:
    return Fraction(len(known & right), max(1, len(right)))


def _pairs(known: frozenset[str], right: frozenset[str]) -> Fraction:
    """Each key is «thing:partner»."""
    chosen = {f"{thing}:{partner}" for thing, partner in _once(known).items()}
    return Fraction(len(chosen & right), max(1, len(right)))


def _sequence(known: frozenset[str], right: frozenset[str]) -> Fraction:
    """Each key is «thing:place». A list that was only begun one place too late is still nearly right."""
    places, order = _places(known), sorted(_places(right).items(), key=lambda each: each[1])
    following = sum(
        one in places and other in places and places[other] == places[one] + 1
        for (one, _), (other, _) in pairwise(order)
    )
    return Fraction(following, max(1, len(order) - 1))


def _places(keys: Collection[str]) -> dict[str, int]:
    return {thing: int(place) for thing, place in _once(keys).items()}


def _once(keys: Collection[str]) -> dict[str, str]:
    """Return what was given to each thing. Who gives one thing two says nothing of it."""
    given: dict[str, list[str]] = {}
    for key in keys:
        thing, _, what = key.rpartition(":")
        given.setdefault(thing, []).append(what)
    return {thing: what[0] for thing, what in given.items() if len(what) == 1}


_SHARES: Mapping[Rule, Callable[[frozenset[str], frozenset[str]], Fraction]] = {
    Rule.ONE: _nothing,
    Rule.SEVERAL: _several,
    Rule.PAIRS: _pairs,
    Rule.SEQUENCE: _sequence,
    Rule.GAPS: _filled,
}


def mark_attempt(
    *,
    questions: Sequence[Markable],
    answers: Mapping[uuid.UUID, Collection[str]],
    pass_mark: int,
    given: Collection[uuid.UUID] = (),
    dropped: Collection[uuid.UUID] = (),
) -> Result:
    """Mark a whole attempt by the questions that it showed; `pass_mark` is a percentage, compared exactly.

    A regrade may say of some that their point is `given`, and that others are `dropped`: these are not counted at all.
    """
    marks = {
        question.key: _regraded(question.key, given, dropped) or mark(question, answers.get(question.key, ()))
        for question in questions
    }
    points = sum((each.points for each in marks.values()), Fraction(0))
    counted = sum(each.reason is not MarkReason.DROPPED for each in marks.values())
    passed = counted > 0 and points * 100 >= pass_mark * counted
    percent = math.floor(points * 100 / counted) if counted else 0
    return Result(points, counted, percent, passed, marks, _reasons(marks, passed))


def _regraded(key: uuid.UUID, given: Collection[uuid.UUID], dropped: Collection[uuid.UUID]) -> Mark | None:
    if key in dropped:
        return Mark(Fraction(0), MarkReason.DROPPED)
    return Mark(Fraction(1), MarkReason.RIGHT) if key in given else None


def better(one: Result, other: Result) -> Result:
    """Return the result with the larger share of its points; of two alike the second."""
    if not other.max_points:
        return one
    return one if one.points * other.max_points > other.points * one.max_points else other


def _reasons(marks: Mapping[uuid.UUID, Mark], passed: bool) -> tuple[ResultReason, ...]:
    reasons = [ResultReason.PASS_MARK_REACHED if passed else ResultReason.BELOW_PASS_MARK]
    if any(each.reason is MarkReason.UNANSWERED for each in marks.values()):
        reasons.append(ResultReason.SOME_UNANSWERED)
    return tuple(reasons)


def needed_points(*, questions: int, pass_mark: int) -> Fraction:
    """Return how many points of `questions` pass, exactly: 70 % of 8 questions are 28/5."""
    return Fraction(pass_mark * questions, 100)


def as_decimal(points: Fraction) -> Decimal:
    """Return points as a record keeps them: to the thousandth, rounded down.

    A pass mark of whole percents is a multiple of a hundredth: rounded down, what is kept reaches it exactly when
    the points do.
    """
    return (Decimal(points.numerator) / Decimal(points.denominator)).quantize(THOUSANDTH, ROUND_DOWN)
