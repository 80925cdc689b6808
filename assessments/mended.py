"""Which questions of an attempt a regrade gives or takes out: by what was asked, and what was answered."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assessments.choices import RegradeWay
from assessments.content import Kind, QuestionContent
from assessments.models import Regrade
from assessments.typed import is_within, plain


@dataclass(frozen=True)
class Mended:
    """The keys of questions whose point is given, and of those that do not count."""

    given: frozenset[uuid.UUID]
    dropped: frozenset[uuid.UUID]


def mended_by(
    questions: Sequence[QuestionContent],
    answers: Mapping[uuid.UUID, Collection[str]],
    regrades: Collection[Regrade],
) -> Mended:
    """Return what the regrades of a quiz say of an attempt that asked these questions and got these answers.

    A question that was asked in other words, or with another key, in the version of the attempt is another question.
    """
    asked = {question.key: question for question in questions}
    given, dropped = set(), set()
    for each in regrades:
        question = asked.get(each.question_key)
        if question is None or question.signature != each.meant:
            continue
        if each.way == RegradeWay.DROP:
            dropped.add(question.key)
        elif each.way == RegradeWay.ALL or is_accepted(
            question, answers.get(question.key, ()), each.accepted
        ):
            given.add(question.key)
    return Mended(frozenset(given), frozenset(dropped))


def is_accepted(question: QuestionContent, chosen: Collection[str], accepted: str) -> bool:
    """Say whether somebody gave the answer that is accepted now."""
    if question.kind is Kind.NUMBER:
        return any(is_within(text, accepted, "") for text in chosen)
    if question.is_typed:
        return any(plain(text) == plain(accepted) for text in chosen)
    return set(chosen) == {accepted}
