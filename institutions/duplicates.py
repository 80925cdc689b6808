"""Finds people who may be one and the same, in the background, and keeps what was decided about each pair.

Nobody is compared with everybody. People are looked at place by place and year of birth by year of birth; within one,
those whose names share a whole word and the first letter of another. In a heap of these that is still too large only
neighbours by name are: the work grows with the people, not with their square.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, groupby

from django.db import transaction
from django.db.models import F, Q, QuerySet

from accounts import merging
from accounts.models import Person, PersonMerge
from accounts.names import words_of
from common import clock
from institutions.likeness import Candidate, Likeness, hopeless, likeness, telling
from institutions.models import DuplicateSuggestion, Institution, Membership, SuggestionState

HEAP = 60
NEIGHBOURS = 12
BATCH = 1_000
# A name of more words is a slip of who pasted a list into it; the first ones will do.
WORDS = 6

Pair = tuple[int, int]
Named = list[tuple[int, Candidate]]


class Settled(Exception):
    """Somebody decided about this pair already."""


@dataclass
class Found:
    """What a search came to."""

    compared: int = 0
    suggested: int = 0


def suggest(*, at: dt.datetime | None = None) -> Found:
    """Compute the suggestions anew. Those decided stay as they are; open ones that no longer hold are dropped."""
    at, found = at or clock.now(), Found()
    waiting: dict[Pair, Likeness] = {}
    for people in chain(_places(), _years()):
        for pair, alike in alike_within(people, found):
            if alike.score > waiting.get(pair, NOTHING).score:
                waiting[pair] = alike
        if len(waiting) >= BATCH:
            _keep(waiting, at)
            waiting.clear()
    _keep(waiting, at)
    DuplicateSuggestion.objects.filter(
        state=SuggestionState.OPEN, computed_at__lt=at, decided_at=None
    ).delete()
    found.suggested = DuplicateSuggestion.objects.filter(state=SuggestionState.OPEN).count()
    return found


NOTHING = Likeness(0, ())
# A pair that somebody chose, or reopened, is nobody's guess: the next search does not drop it.
BY_HAND = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


def _keep(pairs: dict[Pair, Likeness], at: dt.datetime) -> None:
    rows = [
        DuplicateSuggestion(
            first_id=first, second_id=second, score=alike.score, reasons=list(alike.reasons), computed_at=at
        )
        for (first, second), alike in pairs.items()
    ]
    DuplicateSuggestion.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["score", "reasons", "computed_at"],
    )


def alike_within(people: Named, found: Found) -> Iterator[tuple[Pair, Likeness]]:
    """Yield the pairs of one place, or one year, at which somebody should look."""
    known = dict(people)
    bearers = Counter(candidate.words for candidate in known.values())
    for first, second in _pairs(people):
        one, other = known[first], known[second]
        found.compared += 1
        if hopeless(one, other):
            continue
        alike = likeness(one, other, namesakes=max(bearers[one.words], bearers[other.words]))
        if alike.suggested:
            yield (first, second) if first < second else (second, first), alike


def _pairs(people: Named) -> Iterator[Pair]:
    """Yield each pair worth a comparison once, and hold no more of them than one person's at a time."""
    heaps = _heaps(people)
    rows = {key: _row_of(heap, people) for key, heap in heaps.items() if len(heap) > HEAP}
    for place, (one, candidate) in enumerate(people):
        others: set[int] = set()
        for key in _keys(candidate):
            others.update(_neighbours(place, *rows[key]) if key in rows else heaps.get(key, ()))
        for other in others:
            if other > place:
                yield one, people[other][0]


def _keys(candidate: Candidate) -> set[tuple[str, str]]:
    """Return under what a name is looked for: each whole word (an initial is none) with another's first letter."""
    words = set(candidate.words)
    return {(word, other[0]) for word in words if len(word) > 1 for other in words if other != word}


def _heaps(people: Named) -> dict[tuple[str, str], list[int]]:
    """Put people together (by their places in the list) who share such a key; who is alone under one is left out."""
    heaps: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, (_key, candidate) in enumerate(people):
        for key in _keys(candidate):
            heaps[key].append(place)
    return {key: heap for key, heap in heaps.items() if len(heap) > 1}


def _row_of(heap: list[int], people: Named) -> tuple[list[int], dict[int, int]]:
    """Put a heap too large for all its pairs in the order of the names' words; return it with each one's place."""
    row = sorted(heap, key=lambda place: (sorted(people[place][1].words), place))
    return row, {place: at for at, place in enumerate(row)}


def _neighbours(place: int, row: list[int], at: dict[int, int]) -> list[int]:
    """Return those who stand near in such a row, on both sides."""
    here = at[place]
    return row[max(0, here - NEIGHBOURS) : here + NEIGHBOURS + 1]


def _places() -> Iterator[Named]:
    """Yield the people of each institution, one institution at a time."""
    rows = (
        Membership.objects.standing()
        .filter(person__canonical__erased_at__isnull=True)
        .order_by("institution_id", "person__canonical_id")
        .values_list("institution_id", *FIELDS_OF_HERS)
        .distinct()
    )
    for place, group in groupby(rows.iterator(chunk_size=2_000), key=lambda row: row[0]):
        here = frozenset({place})
        yield _named((row[1:] for row in group), {}, everywhere=here)


def _years() -> Iterator[Named]:
    """Yield the people born in each year, with where they work."""
    people = Person.objects.one_each().not_erased().exclude(birth_year=None)
    tops = _tops()
    for year in people.order_by().values_list("birth_year", flat=True).distinct():
        of_year = Q(person__canonical__birth_year=year)
        places: dict[int, set[int]] = defaultdict(set)
        rows = Membership.objects.standing().filter(of_year).order_by()
        for person, place in rows.values_list("person__canonical_id", "institution_id").iterator():
            places[person].add(place)
        named = people.filter(birth_year=year).order_by("pk").values_list(*FIELDS)
        yield _named(named.iterator(chunk_size=2_000), places, tops=tops)


FIELDS = ("pk", "certificate_name", "display_name", "birth_year", "age_band")
FIELDS_OF_HERS = tuple(f"person__canonical__{name}" for name in FIELDS)


def _tops() -> dict[int, int]:
    """Return the counterpart of each institution: two thousand rows of two numbers."""
    parents = dict(Institution.objects.order_by().values_list("pk", "parent_id"))
    return {key: _top(key, parents) for key in parents}


def _top(key: int, parents: Mapping[int, int | None]) -> int:
    seen = {key}
    while (parent := parents.get(key)) and parent not in seen:
        seen.add(parent)
        key = parent
    return key


def _named(
    rows: Iterable[tuple],
    places: dict[int, set[int]],
    *,
    everywhere: frozenset[int] = frozenset(),
    tops: dict[int, int] | None = None,
) -> Named:
    """Return those who have a name of two words and more."""
    found: Named = []
    for key, certificate, display, year, band in rows:
        words = telling(words_of(certificate or display))[:WORDS]
        if len(words) > 1:
            here = everywhere or frozenset(places.get(key, ()))
            above = frozenset((tops or {}).get(place, place) for place in here)
            found.append((key, Candidate(words, here, above, year, band)))
    return found


def merge_pair(
    *, suggestion: DuplicateSuggestion, into: Person, by: Person, reason: str, at: dt.datetime | None = None
) -> PersonMerge:
    """Let both count as `into`, as somebody decided who looked at both. Raises Settled, and MergeRefused."""
    at = at or clock.now()
    duplicate = suggestion.second if into.pk == suggestion.first_id else suggestion.first
    with transaction.atomic():
        _decide(suggestion, SuggestionState.MERGED, by, at)
        return merging.merge(duplicate=duplicate, into=into, by=by, reason=reason, at=at)


def by_hand(*, one: Person, other: Person, at: dt.datetime | None = None) -> DuplicateSuggestion:
    """Return the pair of two people whom somebody chose to compare, made with their likeness if nobody suggested it.

    One decided as two people is returned as it stands: it is reopened first. Raises MergeRefused where no merge could
    be: of one and the same, of who was erased, of who counts as one already.
    """
    at, pair = at or clock.now(), sorted((one.pk, other.pk))
    if reason := merging.why_not_pair(one, other):
        raise merging.MergeRefused(reason)
    alike = _likeness_of(one, other)
    row, made = DuplicateSuggestion.objects.get_or_create(
        first_id=pair[0],
        second_id=pair[1],
        defaults={"score": alike.score, "reasons": list(alike.reasons), "computed_at": BY_HAND},
    )
    if not made and row.state == SuggestionState.MERGED:
        # It was merged once and parted by other ways: nobody has decided about the two as they are now.
        DuplicateSuggestion.objects.filter(pk=row.pk).update(state=SuggestionState.OPEN)
        row.refresh_from_db()
    return row


def _likeness_of(one: Person, other: Person) -> Likeness:
    people = ((one.kept, *_where(one)), (other.kept, *_where(other)))
    first, second = (
        Candidate(
            telling(words_of(person.certificate_name or person.display_name))[:WORDS],
            frozenset(places),
            frozenset(tops),
            person.birth_year,
            person.age_band,
        )
        for person, places, tops in people
    )
    return likeness(first, second)


def _where(person: Person) -> tuple[set[int], set[int]]:
    places = set(Membership.objects.of(person).standing().values_list("institution_id", flat=True))
    tops = _tops() if places else {}
    return places, {tops.get(place, place) for place in places}


def reopen(*, suggestion: DuplicateSuggestion, by: Person, at: dt.datetime | None = None) -> None:
    """Take back that two people are not the same: the pair waits again. Raises Settled."""
    rows = DuplicateSuggestion.objects.filter(pk=suggestion.pk, state=SuggestionState.DIFFERENT)
    if not rows.update(state=SuggestionState.OPEN, decided_by=by, decided_at=at or clock.now()):
        raise Settled(suggestion.pk)


def decided_different() -> QuerySet[DuplicateSuggestion]:
    """Return the pairs that somebody said to be two people, neither of whom was erased; the latest first."""
    rows = DuplicateSuggestion.objects.filter(state=SuggestionState.DIFFERENT)
    still = rows.filter(first__erased_at=None, second__erased_at=None)
    return still.exclude(first__canonical=F("second__canonical")).order_by("-decided_at", "pk")


def not_the_same(*, suggestion: DuplicateSuggestion, by: Person, at: dt.datetime | None = None) -> None:
    """Remember that these are two people: the pair is not suggested again. Raises Settled."""
    _decide(suggestion, SuggestionState.DIFFERENT, by, at or clock.now())


def _decide(suggestion: DuplicateSuggestion, state: str, by: Person, at: dt.datetime) -> None:
    open_ones = DuplicateSuggestion.objects.filter(pk=suggestion.pk, state=SuggestionState.OPEN)
    if not open_ones.update(state=state, decided_by=by, decided_at=at):
        raise Settled(suggestion.pk)


def part(*, merge: PersonMerge, by: Person, reason: str, at: dt.datetime | None = None) -> PersonMerge:
    """Undo a merge, and remember that the two are not the same. Raises MergeRefused."""
    at = at or clock.now()
    pair = sorted((merge.duplicate_id, merge.into_id))
    with transaction.atomic():
        row = merging.undo(merge=merge, by=by, reason=reason, at=at)
        DuplicateSuggestion.objects.filter(first=pair[0], second=pair[1]).update(
            state=SuggestionState.DIFFERENT, decided_by=by, decided_at=at
        )
    return row


def open_suggestions() -> QuerySet[DuplicateSuggestion]:
    """Return what is to be looked at: pairs still apart, neither of whom was erased, the likest first."""
    rows = DuplicateSuggestion.objects.filter(state=SuggestionState.OPEN)
    still = rows.filter(first__erased_at=None, second__erased_at=None)
    return still.exclude(first__canonical=F("second__canonical"))
