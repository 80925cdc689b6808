"""How people look to somebody who may not see who they are: in lists, files, histories and searches alike.

A masked reader tells people apart, and the same one again next month, without knowing who any of them is.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from accounts.models import Person
    from accounts.sight import Sight

HIDDEN = "•••"
LETTERS = 8
# Fields that name somebody, or lead to who she is: nothing is searched or sorted by them for a masked reader, who
# could otherwise try names until one answers. A certificate's code opens its public page, on which the name stands.
NAMING = frozenset(
    {
        "certificate_name",
        "display_name",
        "folded_name",
        "email",
        "phone",
        "username",
        "code",
        "birth_year",
        "person",
    }
)


def pseudonym(person: Person) -> str:
    """Return the sign of a person, such as «P-K7QX-2MAB». Records merged into one person have the same.

    It is made with the site's secret: nobody recomputes it from the keys of people, which are small numbers.
    """
    whose = str(person.canonical_id or person.pk)
    signed = salted_hmac("accounts.masking", whose, algorithm="sha256").digest()
    letters = base64.b32encode(signed)[:LETTERS].decode()
    return f"P-{letters[: LETTERS // 2]}-{letters[LETTERS // 2 :]}"


def name_of(person: Person, sight: Sight, *, printed: bool = False) -> str:
    """Return how a person is called for this reader; `printed` is the name of her certificate."""
    if not sight.names:
        return pseudonym(person)
    return (printed and person.certificate_name) or str(person)


def contact(value: str, sight: Sight) -> str:
    """Return an e-mail or a telephone number, or that it is hidden; nothing stays nothing."""
    return value if sight.names or not value else HIDDEN


def code(value: str, sight: Sight) -> str:
    """Return a personal code or the code of a certificate, or that it is hidden."""
    return contact(value, sight)


def searchable(fields: Iterable[str] | None, sight: Sight) -> list[str]:
    """Return those fields in which this reader may search."""
    return [name for name in fields or () if sight.names or not _names(name)]


def orderable(fields: Iterable[str] | None, sight: Sight) -> list[str]:
    """Return those fields by which this reader's list may be sorted: the alphabet tells names too."""
    return [name for name in fields or () if sight.names or not _names(name.removeprefix("-"))]


def _names(path: str) -> bool:
    return path.rpartition("__")[2] in NAMING
