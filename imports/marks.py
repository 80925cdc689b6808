"""Reads one cell as a mark of attendance. An X is a tick, unless other signs say who was there: then it is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from common.text import fold
from imports.meanings import MARK
from imports.reading import Cell
from imports.value_words import Trouble
from imports.values import MINUTES_A_DAY, NOTHING, Asked, Custom, Read, Refused, Result, plain, text

# Who was away was there for no minutes.
WITH_MINUTES = frozenset({"present", "late", "partial", "withdrawn", "dropped"})


@dataclass(frozen=True)
class SheetMark:
    """A mark of attendance, by its word here, with the minutes that stood beside it."""

    mark: str
    minutes: int | None = None


def may_mean_two_things(cells: Iterable[Cell]) -> bool:
    """Say whether a sheet marks who was there with a sign of its own and with an X besides: «✓» here and «X» there."""
    said = {fold(words).strip(". ") for cell in cells if isinstance(words := text(cell), str)}
    return "x" in said and any(MARK.get(word) == "present" for word in said - {"x"})


def read_mark(cell: Cell, custom: Custom) -> Result:
    """Read a mark: P present, A absent, A/E excused, T late, PP partial («PP 90»: minutes), R withdrawn, DE dropped."""
    said = plain(cell)
    if isinstance(said, bool):
        return Read(SheetMark("present" if said else "absent"))
    words = text(said) if not isinstance(said, Refused) else said
    if isinstance(words, Refused) or not words:
        return words if isinstance(words, Refused) else NOTHING
    if mark := MARK.get(fold(words).strip(". ")):
        return _crossed(custom) if custom.crossed and _is_cross(words) else Read(SheetMark(mark))
    with_minutes = re.fullmatch(r"(\D+?)[ .:,]*(\d{1,4}) ?(?:m|min|minutos)?\.?", fold(words))
    mark = MARK.get(with_minutes[1].strip()) if with_minutes else None
    if with_minutes and mark in WITH_MINUTES and int(with_minutes[2]) <= MINUTES_A_DAY:
        return Read(SheetMark(mark, int(with_minutes[2])))
    return Refused(Trouble.MARK)


def _is_cross(words: str) -> bool:
    return fold(words).strip(". ") == "x"


def _crossed(custom: Custom) -> Result:
    if custom.cross:
        return Read(SheetMark(custom.cross))
    return Asked("cross", Trouble.CROSS, ("present", "absent"))
