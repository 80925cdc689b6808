"""Says whether a short text names somebody who is known here; `anonymous` finds what looks like a name of anybody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q

from accounts.names import named, words_of
from institutions.anonymous import called

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import Person

# Of a longer text no more is looked at: it is a line of a log.
PAIRS = 40
AT_MOST = 500


def names_one_of(text: str, people: QuerySet[Person]) -> bool:
    """Say whether two words of a name stand side by side that one of `people` bears, as «Quiej Tzoc».

    The writer learns by it that such a person is known: ask of nobody whom she could not find by name herself.
    """
    pairs = {tuple(words_of(f"{one} {other}")) for one, other in called(text)}
    asked = Q(pk__in=[])
    for pair in sorted(pairs)[:PAIRS]:
        asked |= named(" ".join(pair))
    borne = people.filter(asked).values_list("folded_name", flat=True)[:AT_MOST]
    return any(_bears(name.split(), pairs) for name in borne)


def _bears(words: list[str], pairs: Iterable[tuple[str, ...]]) -> bool:
    return any(set(pair) <= set(words) for pair in pairs)
