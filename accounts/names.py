"""Finds people by name, however it is typed: without accents, in any order of its words, by the beginning of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from accounts.standing import STANDS
from common.text import fold

if TYPE_CHECKING:
    from accounts.querysets import PersonQuerySet

LONGEST = 240
MOST_MERGED = 500
NAMES = ("certificate_name", "display_name")
_NO_WORD = re.compile(r"[^\w]+|_")


def words_of(text: str) -> list[str]:
    """Return the words of a name in lower case and without accents; «Ñuñez-Güereca» is two."""
    return _NO_WORD.sub(" ", fold(text)).split()


def folded(certificate_name: str, display_name: str) -> str:
    """Return what is searched: both names folded, each word once, with a blank before the first one.

    The blank lets « ama» find a word by its beginning, in the middle of the text as at its head.
    """
    words = dict.fromkeys([*words_of(certificate_name), *words_of(display_name)])
    return f" {' '.join(words)}"[:LONGEST] if words else ""


def named(query: str, *, through: str = "") -> Q:
    """Return the condition that every word of `query` begins a word of the name; `through` leads to the person.

    A query without a single letter or digit finds nobody: an empty field lists no 200,000 people.
    """
    found = Q()
    for word in words_of(query):
        found &= Q(**{f"{through}folded_name__contains": f" {word}"})
    return found or Q(pk__in=[])


def people_named(query: str, queryset: PersonQuerySet) -> PersonQuerySet:
    """Keep those of `queryset` whose name on the certificate or on screen `query` means; of a person with several
    records, by the name of any of them."""
    asked = named(query)
    merged = queryset.model._base_manager.filter(asked).exclude(STANDS)
    # Asked for themselves, since they are few: beside them in one question, no index over names would be used.
    kept = list(merged.values_list("canonical", flat=True).distinct()[:MOST_MERGED])
    return queryset.filter(asked | Q(pk__in=kept) if kept else asked)


def refold(person: Any) -> str:
    """Return what a person's `folded_name` should be."""
    return folded(person.certificate_name, person.display_name)
