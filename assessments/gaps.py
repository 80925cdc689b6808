"""Reads a text with gaps: «Primero se [1], después se [2].», and the answers that each gap takes. Pure rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from assessments.typed import numbers, plain

BLANK = "____"
_GAP = re.compile(r"\[(\d{1,2})\]")
_OR = "|"


class Piece(NamedTuple):
    """A stretch of the text and the gap behind it, from 1; 0 where the text ends."""

    text: str
    gap: int


def pieces(text: str) -> list[Piece]:
    """Return the text in stretches, each with its gap.

    >>> pieces("Se [1] y se [2].")
    [Piece(text='Se ', gap=1), Piece(text=' y se ', gap=2), Piece(text='.', gap=0)]
    """
    parts = _GAP.split(text)
    found = [Piece(words, int(number)) for words, number in zip(parts[::2], parts[1::2], strict=False)]
    return [*found, Piece(parts[-1], 0)]


def gaps_in(text: str) -> list[int]:
    """Return the numbers of the gaps in the order in which they stand."""
    return [int(number) for number in _GAP.findall(text)]


def without_numbers(text: str) -> str:
    """Return the text as it is read where nobody answers it.

    >>> without_numbers("Se [1].")
    'Se ____.'
    """
    return _GAP.sub(BLANK, text)


def accepted(answer: str) -> list[str]:
    """Return what a gap takes, from «escucha | oye»: the first is the one that is told."""
    return [each for part in answer.split(_OR) if (each := " ".join(part.split()))]


def is_filled_well(text: str, answers: Iterable[str]) -> bool:
    """Say whether what was typed is one of the accepted answers, as words or as the same number."""
    return any(
        plain(text) == plain(each) or numbers(text) & numbers(each)
        for answer in answers
        for each in accepted(answer)
    )


def typed_by_gap(chosen: Iterable[str]) -> Mapping[str, str]:
    """Return what was typed, by the key of the gap, from «key:text»."""
    return {key: text for key, _, text in (each.partition(":") for each in chosen) if text}
