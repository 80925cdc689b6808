"""Answers which characters the bundled fonts can draw, and cleans words for print.

An archival PDF may not contain a missing glyph, so Typst refuses the whole file for one: better know it when
a person types the name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from . import faces

_BLANKS = re.compile(r"[\t\n\v\f\r \x85\u2028\u2029]+")
# Controls, formats (those too that turn the direction round and disguise a name), surrogates, private use,
# unassigned: nobody's name is lost with them.
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


class UnprintableText(ValueError):
    """The words contain letters of a script that the bundled fonts cannot draw."""

    def __init__(self, characters: str) -> None:
        super().__init__(f"The certificate's fonts have no {' '.join(characters)}")
        self.characters = characters


def unprintable(text: str) -> str:
    """Return the letters of ``text`` that a certificate cannot print, each once. Emoji are not letters."""
    known = faces.drawable()
    return "".join(
        dict.fromkeys(
            character
            for character in _composed(text)
            if character not in known and not _is_droppable(character)
        )
    )


@lru_cache(maxsize=2048)  # a cohort's certificates share all words but the name
def clean(text: str) -> str:
    """Return ``text`` in one line, composed, without what cannot be seen; raises UnprintableText."""
    if missing := unprintable(text):
        raise UnprintableText(missing)
    known = faces.drawable()
    kept = (
        character
        for character in _composed(text)
        if character in known and unicodedata.category(character) not in _DROPPED
    )
    return _BLANKS.sub(" ", "".join(kept)).strip()


def cleaned(data: dict[str, Any]) -> dict[str, Any]:
    """Return ``data`` with its texts, and those in its lists, cleaned."""
    return {key: _cleaned(value) for key, value in data.items()}


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    return [_cleaned(entry) for entry in value] if isinstance(value, list | tuple) else value


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", _BLANKS.sub(" ", text))


def _is_droppable(character: str) -> bool:
    category = unicodedata.category(character)
    return category in _DROPPED or category.startswith("S") or "\ufe00" <= character <= "\ufe0f"


def with_gaps(text: str) -> str:
    """Return ``text`` cleaned, with «?» for what cannot be drawn: a working paper does not fail over a letter."""
    missing = set(unprintable(text))
    return clean("".join("?" if letter in missing else letter for letter in _composed(text)))
