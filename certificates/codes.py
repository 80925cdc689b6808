"""Makes and reads the human code of a certificate: printed under the QR, typed by hand to verify it.

Nineteen random characters and one check character, in five groups of four: ``4F7K-29QX-M3TD-8WVA-PH6C``.
The alphabet is Crockford's base 32 (https://www.crockford.com/base32.html): no I, L, O, U.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from enum import StrEnum
from string import ascii_lowercase

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_LENGTH = 19  # 95 bits: nobody finds another person's certificate by trying
LENGTH = RANDOM_LENGTH + 1
GROUP = 4

_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_KINDLY = str.maketrans(
    {letter: letter.upper() for letter in ascii_lowercase} | dict(zip("oOiIlL", "001111", strict=True))
)
_SEPARATORS = re.compile(r"[\s\-_.·‐‑‒–—−\u200b\ufeff]+")
_FIELD_POLYNOMIAL = 0b100101  # x⁵ + x² + 1, primitive over GF(2)


class CodeProblem(StrEnum):
    """Why a typed code cannot be a code of ours, so that the answer can say what to look at again."""

    EMPTY = "empty"
    UNKNOWN_CHARACTER = "unknown_character"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    WRONG_CHECK = "wrong_check"


def new_code() -> str:
    """Return a new random code in its printed form, with its check character."""
    data = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
    return grouped(data + check_character(data))


def check_character(data: str) -> str:
    """Return the character that closes ``data``.

    The code is a polynomial over GF(32) that vanishes at a primitive element. Places have different weights
    (there are fewer than 31), so *every* wrong character and *every* exchange of two characters is noticed.
    """
    return ALPHABET[_times_alpha(_remainder(data))]


def normalise(text: str) -> str:
    """Return what somebody typed, read kindly, in the printed form; characters that mean nothing are kept.

    >>> normalise(" 4f7k 29qx m3td 8wva phoc")
    '4F7K-29QX-M3TD-8WVA-PH0C'

    A pasted address of a verification page gives its last part.
    """
    return grouped(_bare(text))


def grouped(bare: str) -> str:
    """Return ``bare`` in groups of four, as printed."""
    return "-".join(bare[start : start + GROUP] for start in range(0, len(bare), GROUP))


def is_wellformed(code: str) -> bool:
    """Tell whether ``code``, read kindly, may be one of ours: its length, characters and check are right."""
    return problem(code) is None


def problem(text: str) -> CodeProblem | None:
    """Return what is wrong with a typed code, or None. It never tells whether such a certificate exists."""
    bare = _bare(text)
    if not bare:
        return CodeProblem.EMPTY
    if unknown_characters(text):
        return CodeProblem.UNKNOWN_CHARACTER
    if len(bare) != LENGTH:
        return CodeProblem.TOO_SHORT if len(bare) < LENGTH else CodeProblem.TOO_LONG
    return CodeProblem.WRONG_CHECK if _remainder(bare) else None


def unknown_characters(text: str) -> str:
    """Return the characters of ``text`` that no code has, each once, in the order of the text."""
    return "".join(dict.fromkeys(character for character in _bare(text) if character not in _VALUES))


def _bare(text: str) -> str:
    """Return upper case without separators, look-alikes replaced, only the last part of an address."""
    last = _plain(text).split("?")[0].split("#")[0].rstrip("/ \t\r\n").rpartition("/")[2]
    # Only ASCII letters change case: str.upper() turns some others into several characters, and reading it
    # twice would read something else. Composed again: a separator may have stood before an accent.
    return _plain(_SEPARATORS.sub("", last).translate(_KINDLY))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _remainder(bare: str) -> int:
    """Return the value of the code's polynomial at the primitive element (Horner): 0 for a right code."""
    value = 0
    for character in bare:
        value = _times_alpha(value) ^ _VALUES[character]
    return value


def _times_alpha(value: int) -> int:
    doubled = value << 1
    return doubled ^ _FIELD_POLYNOMIAL if doubled & 0b100000 else doubled
