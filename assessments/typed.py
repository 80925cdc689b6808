"""Compares what somebody typed with what a question accepts: words folded, numbers in either way of writing. Pure."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from common.text import fold

LONGEST = 200
# Of an open answer: two pages.
LONGEST_OPEN = 4000
_ENDS = " \t\n.,;:!?¡¿\"'«»“”()"
_GAPS = re.compile(r"(?<=\d)[\s\u00a0\u2009\u202f'’](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"([+\-−]?)\s*(\d+(?:[.,]\d+)*)\s*%?")
# One sign before exactly three digits: «1.500» is fifteen hundred to one reader, and one and a half to another.
_EITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


def tidy(text: str) -> str:
    """Return what is kept of typed text: without signs that no keyboard has, blanks made one.

    >>> tidy("  agua\\x00 y   abrigo ")
    'agua y abrigo'
    """
    kept = "".join(" " if char.isspace() else char for char in text if not _is_control(char))
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def tidy_lines(text: str) -> str:
    """Return what is kept of an open answer: as `tidy`, its lines kept.

    >>> tidy_lines("  uno \\x00 dos\\r\\n\\r\\n\\r\\n\\r\\ntres ")
    'uno dos\\n\\ntres'
    """
    lines = "\n".join(map(tidy, text.splitlines()))
    return re.sub("\n{3,}", "\n\n", lines).strip()


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs"} and not char.isspace()


def plain(text: str) -> str:
    """Return words as they are compared: without accents, capitals and the stops around them.

    >>> plain("«Escuchar», ")
    'escuchar'
    """
    return " ".join(fold(text).split()).strip(_ENDS)


def numbers(text: str) -> frozenset[Decimal]:
    """Return every number that a text may be meant as; none where it is no number.

    Both signs are written in the four countries: «2,5» and «2.5» are one number; «1.500» may be two.

    >>> sorted(numbers("1.500"))
    [Decimal('1.500'), Decimal('1500')]
    """
    found = _NUMBER.fullmatch(_GAPS.sub("", text.strip()))
    if not found:
        return frozenset()
    sign = -1 if found[1] in {"-", "−"} else 1
    return frozenset(sign * Decimal(each) for each in _readings(found[2]))


def _readings(digits: str) -> set[str]:
    signs = [char for char in digits if char in ".,"]
    if not signs:
        return {digits}
    bare = re.sub("[.,]", "", digits)
    if len(signs) > 1 and len(set(signs)) == 1:
        return {bare}
    whole, _sign, rest = digits.rpartition(signs[-1])
    decimal = re.sub("[.,]", "", whole) + "." + rest
    return {decimal, bare} if _EITHER.fullmatch(digits) else {decimal}


def is_within(text: str, wanted: str, tolerance: str) -> bool:
    """Say whether a typed number is the wanted one, give or take the tolerance, ends included."""
    room = min(numbers(tolerance), default=Decimal(0))
    return any(abs(each - value) <= room for each in numbers(text) for value in _stated(wanted))


def _stated(wanted: str) -> frozenset[Decimal]:
    """An author's number is read one way: where two are possible, as decimals."""
    return frozenset(sorted(numbers(wanted), key=abs)[:1])
