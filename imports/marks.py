"""Reads one cell as a mark of attendance. An X is a tick, unless other signs say who was there: then it is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from common.text import fold
from imports.meanings import MARK
from imports.reading import Cell
from imports.value_words import CHOICES, Trouble
from imports.values import MINUTES_A_DAY, NOTHING, Asked, Custom, Read, Refused, Result, Signs, plain, text

# Who was away was there for no minutes.
WITH_MINUTES = frozenset({"present", "late", "partial", "withdrawn", "dropped"})
# What somebody may have meant as a sign: «FJ», «permiso», «P*», «P (llegó 9:30)»; no number, and no sentence.
A_SIGN = re.compile(r"[^\W\d_]")
SIGN_CHARACTERS = 30
NO_MARK = "none"


@dataclass(frozen=True)
class SheetMark:
    """A mark of attendance, by its word here, with the minutes that stood beside it."""

    mark: str
    minutes: int | None = None


def words_of(cells: Iterable[Cell]) -> frozenset[str]:
    """Return which signs stand in cells, folded."""
    return frozenset(fold(words).strip(". ") for cell in cells if isinstance(words := text(cell), str))


def settled_by(said: frozenset[str]) -> Signs:
    """Return what the signs of a whole file say of each other: who writes its sheets has one way of it."""
    there = {word for word in said - {"x"} if MARK.get(word) == "present"}
    return Signs(
        crossed="x" in said and bool(there),
        a_open="a" in said and ("f" in said or not (there or "x" in said)),
        f_absent="f" in said and bool(there) and "a" not in said,
    )


def read_mark(cell: Cell, custom: Custom) -> Result:
    """Read a mark: P present, A absent, A/E excused, T late, PP partial («PP 90»: minutes), R withdrawn, DE dropped."""
    said = plain(cell)
    if isinstance(said, bool):
        return Read(SheetMark("present" if said else "absent"))
    words = text(said) if not isinstance(said, Refused) else said
    if isinstance(words, Refused) or not words:
        return words if isinstance(words, Refused) else NOTHING
    if found := _open_letter(fold(words).strip(". "), custom):
        return found
    if mark := MARK.get(fold(words).strip(". ")):
        return _crossed(custom) if custom.signs.crossed and _is_cross(words) else Read(SheetMark(mark))
    with_minutes = re.fullmatch(r"(\D+?)[ .:,]*(\d{1,4}) ?(?:m|min|minutos)?\.?", fold(words))
    mark = MARK.get(with_minutes[1].strip()) if with_minutes else None
    if with_minutes and mark in WITH_MINUTES and int(with_minutes[2]) <= MINUTES_A_DAY:
        return Read(SheetMark(mark, int(with_minutes[2])))
    # Minutes beside a known sign that has none, or more of them than a day has.
    return Refused(Trouble.MARK) if mark else _answered(fold(words).strip(". "), custom)


def _answered(word: str, custom: Custom) -> Result:
    """Return what somebody said that «FJ» or «permiso» means in this sheet; else ask, once. A number is no sign."""
    if (answer := custom.marks.get(word, "")) in CHOICES["mark"]:
        return NOTHING if answer == NO_MARK else Read(SheetMark(answer))
    if len(word) > SIGN_CHARACTERS or not A_SIGN.match(word):
        return Refused(Trouble.MARK)
    return Asked("mark", Trouble.UNKNOWN_MARK, tuple(CHOICES["mark"]))


def _open_letter(word: str, custom: Custom) -> Result | None:
    """Return what «A» and «F» say where the sheet leaves it open, or somebody answered; None for any other mark."""
    if word == "f" and (custom.signs.f_absent or (custom.signs.a_open and custom.a == "present")):
        return Read(SheetMark("absent"))
    if not custom.signs.a_open or word not in {"a", "f"} or (word == "f" and custom.a):
        return None
    return Read(SheetMark(custom.a)) if custom.a else Asked("a", Trouble.LETTER_A, ("present", "absent"))


def _is_cross(words: str) -> bool:
    return fold(words).strip(". ") == "x"


def _crossed(custom: Custom) -> Result:
    if custom.cross:
        return Read(SheetMark(custom.cross))
    return Asked("cross", Trouble.CROSS, ("present", "absent"))
