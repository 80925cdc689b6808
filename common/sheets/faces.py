"""Reads the bundled fonts: which characters each can draw, and how wide each is."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
SERIF, SERIF_BOLD, SANS = "CharisSIL-Regular", "CharisSIL-Bold", "NotoSans-Regular"
CAP_HEIGHT = {SERIF: 0.68, SERIF_BOLD: 0.68, SANS: 0.72}


@cache
def advances(face: str) -> dict[str, float]:
    """Return the width in em of every character that the face can draw (kerning and ligatures left out)."""
    font = (FOLDER / f"{face}.ttf").read_bytes()
    tables = dict(_tables(font))
    em = struct.unpack_from(">H", font, tables["head"] + 18)[0]
    metrics = struct.unpack_from(">H", font, tables["hhea"] + 34)[0]
    widths = struct.unpack_from(f">{2 * metrics}H", font, tables["hmtx"])[::2]
    return {
        chr(point): widths[min(glyph, metrics - 1)] / em for point, glyph in _glyphs(font, tables["cmap"])
    }


@cache
def drawable() -> frozenset[str]:
    """Return the characters that every bundled face can draw."""
    return frozenset.intersection(*(frozenset(advances(face)) for face in CAP_HEIGHT))


def width(text: str, face: str) -> float:
    """Return how wide ``text`` is in em; an unknown character counts as a wide one."""
    known = advances(face)
    return sum(known.get(character, 1.0) for character in text)


def _tables(font: bytes) -> Iterator[tuple[str, int]]:
    for index in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        yield tag.decode("ascii"), offset


def _glyphs(font: bytes, cmap: int) -> Iterator[tuple[int, int]]:
    """Yield code point and glyph of a font's character map (OpenType ``cmap``, its table of format 4)."""
    for index in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        at = cmap + struct.unpack_from(">I", font, cmap + 8 + 8 * index)[0]
        if struct.unpack_from(">H", font, at)[0] == 4:
            return _format_4(font, at)
    raise ValueError("This font has no character map of format 4.")


def _format_4(font: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Yield from segments: last and first code point, delta, offset into an array of glyphs (0: none)."""
    double = struct.unpack_from(">H", font, at + 6)[0]
    parts = [at + 14 + part * double + (2 if part else 0) for part in range(4)]
    segments = zip(*(struct.unpack_from(f">{double // 2}H", font, part) for part in parts), strict=True)
    for index, (last, first, delta, offset) in enumerate(segments):
        points = range(first, min(last, 0xFFFE) + 1)
        if offset:
            start = parts[3] + 2 * index + offset
            found = struct.unpack_from(f">{len(points)}H", font, start)
        else:
            found = tuple(points)
        for point, glyph in zip(points, found, strict=True):
            if (glyph or not offset) and (shifted := (glyph + delta) & 0xFFFF):
                yield point, shifted
