"""Reads a cell as a person's name, and says what is none: places, headings, broken letters."""

from __future__ import annotations

import re

from imports import nobody
from imports.reading import Cell
from imports.value_words import Trouble
from imports.values import CALCULATES, NAME_CHARACTERS, NOTHING, Custom, Read, Refused, Result, text

IN_A_NAME = re.compile(r"[^\W\d_]")
OUT_OF_A_NAME = re.compile(r"[<>=@{}\[\]|\\/*_#%$;:!?\"]")
# Letters of a file that was read in another encoding than it was written in: «MuÃ±oz», «Mu¤oz», «Mu–oz».
BROKEN = re.compile("[\x80-\x9f\xad¤¡¢£‚„†‡ˆ‰]|[ÃÂ][\x80-\xbf]|[a-zà-ÿ][–—][a-zà-ÿ]")
# What stands before a name and is none, and what is added to it in brackets: «Dra. Karla Paz (coord.)».
TITLES = re.compile(
    r"(?:(?:dra?|lic(?:da|do)?|lcd[ao]|ing|arq|mtr[ao]|mgtr|msc|prof[a]?|psic|enf|abog|sra?|srta)(?:\. ?| )"
    r"|(?:tec|téc|tsu|c|t\.s|q\.f\.b|p\.c|pbro|tte|agte|br|sgto|cap|insp|subof|hna|hno)\. ?)+(?=\w{2})",
    re.IGNORECASE,
)
# «1. Ana Lucía Batz», «2) Luis Paz»: the line was numbered within the cell.
NUMBERED = re.compile(r"\d{1,3} ?[.)\-] ?(?=\D)")
ADDED = re.compile(r" *\([^()]*\)")
PARTICLES = frozenset({"de", "del", "la", "las", "los", "y", "e", "da", "do", "dos", "van", "von", "di"})


def read_name(cell: Cell, custom: Custom) -> Result:
    """Read a name: capitals made lower, titles off, «APELLIDOS, NOMBRES» turned; no accent is invented."""
    said = text(cell)
    if isinstance(said, Refused) or not said:
        return said if isinstance(said, Refused) else NOTHING
    said = said[found.end() :] if (found := NUMBERED.match(said)) else said
    name = _without_title(said)
    if wrong := _wrong_with(said) or _wrong_with(name):
        return Refused(wrong)
    family, comma, given = name.partition(",")
    if comma and given.strip():
        return Read(f"{cased(given.strip())} {cased(family.strip(), first=False)}")
    return Read(cased(name.strip(", ")))


def read_given(cell: Cell, custom: Custom) -> Result:
    """Read given names, beside which family names stand: one letter is a name too, as U among the Maya."""
    said = text(cell)
    if isinstance(said, str) and re.fullmatch(r"[^\W\d_]\.?", said):
        return Read(said.upper())
    return read_name(cell, custom)


def _wrong_with(name: str) -> Trouble | None:
    """Return why this is nobody's name, or None."""
    if CALCULATES.match(name):
        return Trouble.FORMULA
    if len(name) > NAME_CHARACTERS:
        return Trouble.TOO_LONG
    if len(IN_A_NAME.findall(name)) < 2 or any(sign.isdigit() for sign in name) or OUT_OF_A_NAME.search(name):
        return Trouble.NO_NAME
    if BROKEN.search(name):
        return Trouble.LETTERS
    return Trouble.NO_NAME if nobody.begins_as_nobody(name) or name.count(",") > 1 else None


def _without_title(said: str) -> str:
    """Return a name without a title before it and what is added in brackets."""
    plain_name = ADDED.sub("", said)
    title = TITLES.match(plain_name)
    return (plain_name[title.end() :] if title else plain_name) or said


def read_family(cell: Cell, custom: Custom) -> Result:
    """Read family names, before which given names will stand: «DE LA CRUZ» is «de la Cruz»."""
    found = read_given(cell, custom)
    shouted = isinstance(cell, str) and (cell.isupper() or cell.islower()) and "," not in cell
    return (
        Read(cased(found.value.lower(), first=False))
        if isinstance(found, Read) and found.value and shouted
        else found
    )


def cased(name: str, *, first: bool = True) -> str:
    """Return a name that shouts or whispers as people write it; one with both cases stays as it is.

    >>> cased("MARÍA DEL CARMEN O'HIGGINS DE LA O")
    "María del Carmen O'Higgins de la O"
    """
    if not (name.isupper() or name.islower()):
        return name
    words = name.lower().split()
    return " ".join(
        word if word in PARTICLES and (at or not first) else _cased_word(word)
        for at, word in enumerate(words)
    )


def _cased_word(word: str) -> str:
    return re.sub(r"(^|[-'’])(\w)", lambda found: found[1] + found[2].upper(), word)
