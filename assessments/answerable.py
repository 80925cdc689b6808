"""Whether a question can be answered at all: one rule for the editor's form and for freezing. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from assessments.content import Kind

FEWEST_CHOICES = 2
MOST_CHOICES = 8


class Fault(StrEnum):
    """What is wrong with the choices of a question."""

    TOO_FEW_CHOICES = "too_few_choices"
    TOO_MANY_CHOICES = "too_many_choices"
    EMPTY_TEXT = "empty_text"
    SAME_TEXT = "same_text"
    TRUE_FALSE_HAS_TWO = "true_false_has_two"
    ONE_RIGHT = "one_right"
    SOME_RIGHT = "some_right"
    SOME_WRONG = "some_wrong"


class Option(NamedTuple):
    """A choice as this rule sees it."""

    text: str
    correct: bool


def faults(kind: Kind, options: Sequence[Option]) -> tuple[Fault, ...]:
    """Return everything that keeps a question with these choices from being asked; empty when nothing does."""
    return (*_of_number(kind, options), *_of_texts(options), *_of_key(kind, options))


def _of_number(kind: Kind, options: Sequence[Option]) -> list[Fault]:
    if kind is Kind.TRUE_FALSE:
        return [] if len(options) == 2 else [Fault.TRUE_FALSE_HAS_TWO]
    if len(options) < FEWEST_CHOICES:
        return [Fault.TOO_FEW_CHOICES]
    return [Fault.TOO_MANY_CHOICES] if len(options) > MOST_CHOICES else []


def _of_texts(options: Sequence[Option]) -> list[Fault]:
    texts = [" ".join(option.text.casefold().split()) for option in options]
    found = [Fault.EMPTY_TEXT] if "" in texts else []
    filled = [text for text in texts if text]
    return [*found, Fault.SAME_TEXT] if len(set(filled)) < len(filled) else found


def _of_key(kind: Kind, options: Sequence[Option]) -> list[Fault]:
    right = sum(option.correct for option in options)
    if kind is not Kind.MULTIPLE:
        return [] if right == 1 else [Fault.ONE_RIGHT]
    found = [] if right else [Fault.SOME_RIGHT]
    return [*found, Fault.SOME_WRONG] if options and right == len(options) else found
