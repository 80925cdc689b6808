"""Finds questions that ask almost the same, so that nobody writes one that is in the bank already. Pure rules.

Two questions are alike when four of five of all their words are in both: accents, capitals, stops and short words do
not count. Answers do not count either: the same question with other choices is worth a look.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from typing import TypeVar

from common.text import fold

ALIKE = Fraction(4, 5)
SHORTEST = 3
_WORD = re.compile(r"[a-z0-9]+")

Key = TypeVar("Key", bound=Hashable)


def words_of(stem: str) -> frozenset[str]:
    """Return the words of a question by which it is compared.

    >>> sorted(words_of("¿Qué haces PRIMERO, y por qué?"))
    ['haces', 'por', 'primero', 'que']
    """
    return frozenset(word for word in _WORD.findall(fold(stem)) if len(word) >= SHORTEST)


def share(one: frozenset[str], other: frozenset[str]) -> Fraction:
    """Return how much of all their words two questions have in common, from 0 to 1 (Jaccard's index)."""
    whole = len(one | other)
    return Fraction(len(one & other), whole) if whole else Fraction(0)


def alike(stem: str, others: Mapping[Key, str]) -> list[Key]:
    """Return those of `others` that ask almost the same as `stem`, the most alike first."""
    wanted = words_of(stem)
    shares = {key: share(wanted, words_of(other)) for key, other in others.items()}
    return sorted((key for key in shares if shares[key] >= ALIKE), key=lambda key: -shares[key])


def all_alike(stems: Mapping[Key, str]) -> set[Key]:
    """Return every question that has one like it.

    Of two that are alike, the rarest words of one cannot all be missing in the other: only those that share one of
    their rarest are compared, not all with all.
    """
    words = {key: words_of(stem) for key, stem in stems.items()}
    often = Counter(word for each in words.values() for word in each)
    met: dict[str, list[Key]] = defaultdict(list)
    found: set[Key] = set()
    for key, mine in words.items():
        for word in _rarest(mine, often):
            found |= {
                each for other in met[word] if share(mine, words[other]) >= ALIKE for each in (key, other)
            }
            met[word].append(key)
    return found


def _rarest(words: Iterable[str], often: Counter[str]) -> list[str]:
    """Return so many of the rarest words that two alike must share one of them."""
    order = sorted(words, key=lambda word: (often[word], word))
    return order[: len(order) - -(-len(order) * ALIKE.numerator // ALIKE.denominator) + 1]
