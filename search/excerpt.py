"""Answers which stretch of a text shows best why it was found, and where the words stand in it."""

from __future__ import annotations

import re
from collections.abc import Collection

from common import spanish
from common.text import fold
from courses.indexing import SPANISH
from search.gateway import Part

WIDTH = 220
_WORD = re.compile(r"[^\W_]+")


def excerpt(text: str, asked: Collection[str], *, language: str, width: int = WIDTH) -> tuple[Part, ...]:
    """Return about `width` characters of `text` around the place where most words of `asked` meet."""
    text = " ".join(text.split())
    found = _places(text, asked, language)
    begin, end = _window(text, found, width)
    parts = mark(text[begin:end], asked, language=language)
    before, after = "… " if begin else "", " …" if end < len(text) else ""
    return (*([Part(before)] if before else []), *parts, *([Part(after)] if after else []))


def mark(text: str, asked: Collection[str], *, language: str) -> tuple[Part, ...]:
    """Return the whole `text` in parts; those that were asked for are marked."""
    parts: list[Part] = []
    last = 0
    for begin, end, _form in _places(text, asked, language):
        if begin > last:
            parts.append(Part(text[last:begin]))
        parts.append(Part(text[begin:end], marked=True))
        last = end
    if last < len(text):
        parts.append(Part(text[last:]))
    return tuple(parts)


def _places(text: str, asked: Collection[str], language: str) -> list[tuple[int, int, str]]:
    """Return where a word of `text` meets one of the forms `asked`: begin, end, form."""
    wanted = frozenset(asked)
    places = []
    for word in _WORD.finditer(text) if wanted else ():
        met = wanted.intersection(_forms(word.group().casefold(), language))
        if met:
            places.append((word.start(), word.end(), min(met)))
    return places


def _forms(word: str, language: str) -> tuple[str, ...]:
    return spanish.forms(word) if language == SPANISH else (fold(word),)


def _window(text: str, found: list[tuple[int, int, str]], width: int) -> tuple[int, int]:
    """Return begin and end of the best stretch, moved outwards to whole words."""
    if len(text) <= width:
        return 0, len(text)
    begin = _best_begin(found, width) if found else 0
    begin = max(min(begin, len(text) - width), 0)
    begin = text.rfind(" ", 0, begin + 1) + 1 if begin else 0
    end = min(begin + width, len(text))
    cut = text.rfind(" ", begin, end)
    return begin, end if end == len(text) or cut <= begin else cut


def _best_begin(found: list[tuple[int, int, str]], width: int) -> int:
    """Return where the stretch begins that holds most different forms, with some air before."""
    best, most = 0, 0
    for begin, _end, _form in found:
        held = {form for start, end, form in found if start >= begin and end <= begin + width * 3 // 4}
        if len(held) > most:
            best, most = begin, len(held)
    return max(best - width // 5, 0)
