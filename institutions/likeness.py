"""Says how alike two people are by name, institution and year of birth. Pure: no database, no framework.

The score is 0 to 100; from `SUGGESTED` on, somebody should look. It is a reason to look and never a proof.

    points  what
     0–70   the names: 70 times the likeness of their words, in whatever order (surnames change places, «de la» and a
            second surname come and go, «M.» may be «María», a letter may be wrong)
       +20  they work, or worked, in the same institution; +0 in two units of one counterpart, or where it is unknown
       −15  both are known to work elsewhere
       +15  the same year of birth; +5 the same age band where a year is missing
        −5  a year beside it (2 and 4 look alike in ink); −40 another year; −20 a band that is not even the next one
       −25  more than five people of the place bear that name, and no year of birth says that they are one
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

SUGGESTED = 75
COMMON = 5
PARTICLES = frozenset("de del la las los y e da do dos san santa".split())
BANDS = ("18-24", "25-34", "35-49", "50-59", "60+")


class Reason(StrEnum):
    """What speaks for or against it."""

    SAME_NAME = "same_name"
    OTHER_ORDER = "other_order"
    PART_OF_NAME = "part_of_name"
    INITIAL = "initial"
    TYPO = "typo"
    SAME_PLACE = "same_place"
    OTHER_PLACE = "other_place"
    SAME_YEAR = "same_year"
    NEXT_YEAR = "next_year"
    OTHER_YEAR = "other_year"
    SAME_BAND = "same_band"
    OTHER_BAND = "other_band"
    COMMON_NAME = "common_name"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is compared of a person. `words` are her name's, folded, without particles; `counterparts` the tops."""

    words: tuple[str, ...]
    places: frozenset[int] = frozenset()
    counterparts: frozenset[int] = frozenset()
    year: int | None = None
    band: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The score with its reasons."""

    score: int
    reasons: tuple[Reason, ...]

    @property
    def suggested(self) -> bool:
        """Say whether somebody should look."""
        return self.score >= SUGGESTED


def hopeless(one: Candidate, other: Candidate) -> bool:
    """Say whether no name could make these two worth a look: years of birth that contradict each other."""
    return bool(one.year and other.year and abs(one.year - other.year) > 1)


def telling(words: list[str]) -> tuple[str, ...]:
    """Return the words of a name that tell people apart."""
    return tuple(word for word in words if word not in PARTICLES)


def likeness(one: Candidate, other: Candidate, *, namesakes: int = 2) -> Likeness:
    """Return how alike two people are; `namesakes` bear the name of the first in the place looked at."""
    share, reasons = names_alike(one.words, other.words)
    place, why_place = _places(one, other)
    years, why_year = _years(one, other)
    score = round(70 * share) + place + years
    if namesakes > COMMON and Reason.SAME_YEAR not in why_year:
        score -= 25
        reasons = (*reasons, Reason.COMMON_NAME)
    return Likeness(max(0, min(100, score)), (*reasons, *why_place, *why_year))


def names_alike(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[float, tuple[Reason, ...]]:
    """Return the likeness of two names, 0 to 1. Fewer than two words in common are nobody's name: 0."""
    if one == other and len(one) > 1:
        return 1.0, (Reason.SAME_NAME,)
    shorter, longer = sorted((one, other), key=len)
    left, weights, why = list(longer), [], set[Reason]()
    for word in sorted(shorter, key=len, reverse=True):
        best, weight, reason = _best(word, left)
        if weight:
            left.remove(best)
            weights.append(weight)
            why |= {reason} if reason else set()
    if len(weights) < 2 or sum(weight == 1 for weight in weights) < 1:
        return 0.0, ()
    if left or len(weights) < len(shorter):
        why.add(Reason.PART_OF_NAME)
    elif not why:
        why.add(Reason.OTHER_ORDER)
    # What is missing in one of them weighs little, what contradicts weighs much: sisters share both surnames.
    share = 0.85 * sum(weights) / len(shorter) + 0.15 * sum(weights) / len(longer)
    against = 0.2 * (len(shorter) - len(weights))
    return max(0.0, share - against), tuple(sorted(why))


def _best(word: str, left: list[str]) -> tuple[str, float, Reason | None]:
    """Return which of the words that are `left` is most like `word`, how much, and by what."""
    if word in left:
        return word, 1.0, None
    best: tuple[str, float, Reason | None] = ("", 0.0, None)
    for each in left:
        weight, reason = _alike(word, each)
        if weight > best[1]:
            best = (each, weight, reason)
    return best


# The same few hundred words are compared over and over: one name in twelve is María.
@lru_cache(maxsize=65_536)
def _alike(word: str, each: str) -> tuple[float, Reason | None]:
    if len(word) == 1 or len(each) == 1:
        return (0.85, Reason.INITIAL) if word[0] == each[0] else (0.0, None)
    shorter, longer = sorted((len(word), len(each)))
    if shorter < 3 or longer < 4 or longer - shorter > 2:
        return 0.0, None
    most = 2 if shorter >= 7 else 1
    # Changing a letter takes one out of the word and puts one in: quicker to see than to count the steps.
    if len(set(word) ^ set(each)) > 2 * most:
        return 0.0, None
    apart = edits(word, each, at_most=most)
    return (0.0, None) if apart > most else ((1.0, 0.9, 0.8)[apart], Reason.TYPO)


def edits(one: str, other: str, *, at_most: int) -> int:
    """Return how many letters must be changed, added, left out or swapped with their neighbour; at_most + 1 if more."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > at_most:
            return at_most + 1
        before, last = last, row
    return min(last[-1], at_most + 1)


def _places(one: Candidate, other: Candidate) -> tuple[int, tuple[Reason, ...]]:
    if one.places & other.places:
        return 20, (Reason.SAME_PLACE,)
    if not one.places or not other.places or one.counterparts & other.counterparts:
        return 0, ()
    return -15, (Reason.OTHER_PLACE,)


def _years(one: Candidate, other: Candidate) -> tuple[int, tuple[Reason, ...]]:
    if one.year and other.year:
        apart = abs(one.year - other.year)
        found = {0: (15, Reason.SAME_YEAR), 1: (-5, Reason.NEXT_YEAR)}.get(apart, (-40, Reason.OTHER_YEAR))
        return found[0], (found[1],)
    if one.band and other.band:
        apart = abs(BANDS.index(one.band) - BANDS.index(other.band))
        # Who turned 35 between one account and the other stands in the next band.
        points, reason = ((5, Reason.SAME_BAND), (0, None))[apart] if apart < 2 else (-20, Reason.OTHER_BAND)
        return points, (reason,) if reason else ()
    return 0, ()
