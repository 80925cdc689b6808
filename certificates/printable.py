"""Answers which characters the bundled fonts can draw, and cleans words for print.

An archival PDF may not contain a missing glyph, so Typst refuses the whole file for one: better know it before,
when a person types the name.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
_BLANKS = re.compile(r"[\t\n\v\f\r \x85\u2028\u2029]+")
# Controls, formats (also those that turn the direction round and disguise a name), surrogates, private use,
# unassigned, symbols such as emoji: nobody's name is lost with them.
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


class UnprintableText(ValueError):
    """The words contain letters of a script that the bundled fonts cannot draw."""

    def __init__(self, characters: str) -> None:
        super().__init__(f"The certificate's fonts have no {' '.join(characters)}")
        self.characters = characters


def unprintable(text: str) -> str:
    """Return the letters of ``text`` that a certificate cannot print, each once. Emoji are not letters."""
    known = _coverage()
    return "".join(
        dict.fromkeys(
            character
            for character in _composed(text)
            if ord(character) not in known and not _is_droppable(character)
        )
    )


def clean(text: str) -> str:
    """Return ``text`` in one line, composed, without what cannot be seen; raises UnprintableText."""
    if missing := unprintable(text):
        raise UnprintableText(missing)
    known = _coverage()
    kept = (
        character
        for character in _composed(text)
        if ord(character) in known and unicodedata.category(character) not in _DROPPED
    )
    return _BLANKS.sub(" ", "".join(kept)).strip()


def cleaned(value: Any) -> Any:
    """Return ``value`` with every text within cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: cleaned(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(entry) for entry in value]
    return value


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", _BLANKS.sub(" ", text))


def _is_droppable(character: str) -> bool:
    category = unicodedata.category(character)
    return category in _DROPPED or category.startswith("S") or "\ufe00" <= character <= "\ufe0f"


@cache
def _coverage() -> frozenset[int]:
    """Return the code points that every bundled font can draw."""
    return frozenset.intersection(*(_code_points(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf"))))


def _code_points(font: bytes) -> frozenset[int]:
    """Read the character map (OpenType ``cmap``, format 4) of a font file."""
    tables = struct.unpack_from(">H", font, 4)[0]
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * index) for index in range(tables))
    cmap = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    count = struct.unpack_from(">H", font, cmap + 2)[0]
    for index in range(count):
        at = cmap + struct.unpack_from(">HHI", font, cmap + 4 + 8 * index)[2]
        if struct.unpack_from(">H", font, at)[0] == 4:
            return _format_4(font, at)
    raise ValueError("This font has no character map of format 4.")


def _format_4(font: bytes, at: int) -> frozenset[int]:
    """Return the mapped code points: segments end, start, delta, and an offset into an array of glyphs."""
    double = struct.unpack_from(">H", font, at + 6)[0]
    layout = f">{double // 2}H"
    ends, starts, deltas, offsets = (
        struct.unpack_from(layout, font, at + 14 + part * double + (2 if part else 0)) for part in range(4)
    )
    offset_at = at + 16 + 3 * double
    found = set()
    for index, (end, start, delta, offset) in enumerate(zip(ends, starts, deltas, offsets, strict=True)):
        for point in range(start, min(end, 0xFFFE) + 1):
            glyph = point
            if offset:
                place = offset_at + 2 * index + offset + 2 * (point - start)
                glyph = struct.unpack_from(">H", font, place)[0]
            if (glyph + delta) % 65536 and glyph | (not offset):
                found.add(point)
    return frozenset(found)
