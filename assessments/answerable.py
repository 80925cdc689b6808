"""Whether a question can be answered at all: one rule for the editor's form and for freezing. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from assessments.areas import are_apart, area_of, is_inside, is_large_enough
from assessments.content import PAIRED, TYPED, Kind
from assessments.gaps import accepted, gaps_in
from assessments.typed import numbers

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
    NO_ANSWER = "no_answer"
    NO_NUMBER = "no_number"
    BAD_TOLERANCE = "bad_tolerance"
    NO_PARTNER = "no_partner"
    ONE_PARTNER = "one_partner"
    GAPS = "gaps"
    EMPTY_GAP = "empty_gap"
    NO_CRITERION = "no_criterion"
    NO_PICTURE = "no_picture"
    NO_AREA = "no_area"
    AREA_OUTSIDE = "area_outside"
    AREA_SMALL = "area_small"
    AREAS_MEET = "areas_meet"


class Option(NamedTuple):
    """A choice as this rule sees it."""

    text: str
    correct: bool
    tolerance: str = ""
    match: str = ""
    area: str = ""


def faults(kind: Kind, options: Sequence[Option], stem: str = "", ratio: float = 0) -> tuple[Fault, ...]:
    """Return everything that keeps a question with these choices from being asked; empty when nothing does.

    `stem` is looked at where it has gaps; `ratio`, the height of its picture by its width, where it asks of a place in
    one: 0 where it has no picture.
    """
    if kind is Kind.AREA:
        return (
            *_of_number(kind, options),
            *_of_texts(options),
            *_of_key(kind, options),
            *_of_areas(options, ratio),
        )
    if kind is Kind.CLOZE:
        return (*_of_answers(options), *_of_gaps(options, stem))
    if kind is Kind.FREE:
        return (*_of_criteria(options), *_of_texts(options))
    if kind in TYPED:
        return (*_of_answers(options), *_of_texts(options), *_of_typed_key(kind, options))
    if kind in PAIRED:
        return (*_of_number(kind, options), *_of_texts(options), *_of_partners(kind, options))
    return (*_of_number(kind, options), *_of_texts(options), *_of_key(kind, options))


def _of_gaps(options: Sequence[Option], stem: str) -> list[Fault]:
    found = [] if sorted(gaps_in(stem)) == list(range(1, len(options) + 1)) else [Fault.GAPS]
    return found if all(accepted(option.text) for option in options) else [*found, Fault.EMPTY_GAP]


def _of_partners(kind: Kind, options: Sequence[Option]) -> list[Fault]:
    if kind is not Kind.MATCH or not options:
        return []
    partners = {" ".join(option.match.casefold().split()) for option in options}
    if "" in partners:
        return [Fault.NO_PARTNER]
    return [Fault.ONE_PARTNER] if len(partners) == 1 else []


def _of_areas(options: Sequence[Option], ratio: float) -> list[Fault]:
    if not ratio:
        return [Fault.NO_PICTURE]
    found = [area_of(option.area) for option in options]
    areas = [area for area in found if area is not None]
    wrong = [Fault.NO_AREA] if len(areas) < len(found) else []
    if not all(is_inside(area, ratio) for area in areas):
        wrong.append(Fault.AREA_OUTSIDE)
    if not all(is_large_enough(area, ratio) for area in areas):
        wrong.append(Fault.AREA_SMALL)
    return wrong if are_apart(areas, ratio) else [*wrong, Fault.AREAS_MEET]


def _of_criteria(options: Sequence[Option]) -> list[Fault]:
    if not options:
        return [Fault.NO_CRITERION]
    return [Fault.TOO_MANY_CHOICES] if len(options) > MOST_CHOICES else []


def _of_answers(options: Sequence[Option]) -> list[Fault]:
    if not options:
        return [Fault.NO_ANSWER]
    return [Fault.TOO_MANY_CHOICES] if len(options) > MOST_CHOICES else []


def _of_typed_key(kind: Kind, options: Sequence[Option]) -> list[Fault]:
    found = [] if not options or any(option.correct for option in options) else [Fault.SOME_RIGHT]
    if kind is not Kind.NUMBER:
        return found
    if any(option.text and not numbers(option.text) for option in options):
        found.append(Fault.NO_NUMBER)
    if any(option.tolerance and not _is_room(option.tolerance) for option in options):
        found.append(Fault.BAD_TOLERANCE)
    return found


def _is_room(tolerance: str) -> bool:
    return min(numbers(tolerance), default=-1) >= 0


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
