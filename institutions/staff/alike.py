"""What the screens of possible duplicates and merges show: of the reader's countries, masked where it must be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import masking, tallies
from accounts.models import Person, PersonMerge
from accounts.sight import Sight
from accounts.staff.paging import NearPaginator
from institutions.duplicates import decided_different, open_suggestions
from institutions.likeness import Reason
from institutions.models import DuplicateSuggestion, Membership

if TYPE_CHECKING:
    from django.db.models import QuerySet

A_PAGE = 50

REASONS = {
    Reason.SAME_NAME: _("the same name"),
    Reason.OTHER_ORDER: _("the same words in another order"),
    Reason.PART_OF_NAME: _("a part of the name is missing"),
    Reason.INITIAL: _("an initial in place of a name"),
    Reason.TYPO: _("a letter apart"),
    Reason.SAME_PLACE: _("the same institution"),
    Reason.OTHER_PLACE: _("other institutions"),
    Reason.SAME_YEAR: _("the same year of birth"),
    Reason.NEXT_YEAR: _("a year beside it"),
    Reason.OTHER_YEAR: _("another year of birth"),
    Reason.SAME_BAND: _("the same age band"),
    Reason.OTHER_BAND: _("another age band"),
    Reason.COMMON_NAME: _("a name that many bear"),
}


@dataclass(frozen=True)
class Line:
    """One suggestion in the list."""

    pk: int
    score: int
    first: str
    second: str
    reasons: str


@dataclass(frozen=True)
class Side:
    """One of the two people, as far as the reader may know her."""

    pk: int
    name: str
    screen_name: str
    country: str
    year: str
    memberships: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    since: object


@dataclass(frozen=True)
class Pair:
    """Both side by side."""

    suggestion: DuplicateSuggestion
    reasons: str
    sides: tuple[Side, Side]


@dataclass(frozen=True)
class Lines:
    """A page of a list."""

    page: Page
    rows: list[Line]


@dataclass(frozen=True)
class MergeLine:
    """A merge in the list of merges."""

    merge: PersonMerge
    duplicate: str
    into: str
    by: str
    may_undo: bool


def seen(sight: Sight) -> QuerySet[DuplicateSuggestion]:
    """Return the open suggestions both of whose people the reader sees."""
    return sight.within(sight.within(open_suggestions(), "first__country"), "second__country")


def decidable(sight: Sight) -> QuerySet[DuplicateSuggestion]:
    """Return the pairs decided to be two people, both of whom the reader sees."""
    return sight.within(sight.within(decided_different(), "first__country"), "second__country")


@dataclass(frozen=True)
class DecidedLine:
    """A pair of two people in the list of those decided."""

    pk: int
    first: str
    second: str
    by: str
    on: object


def decided(sight: Sight, number: str | None) -> tuple[Page, list[DecidedLine]]:
    """Return one page of the pairs decided to be two people, the latest first."""
    rows = decidable(sight).select_related("first", "second", "decided_by")
    page = Paginator(rows, A_PAGE).get_page(number)
    return page, [_decided_line(row, sight) for row in page]


def decided_of(person: Person, sight: Sight) -> list[DecidedLine]:
    """Return those of one person, under whichever of her records."""
    whole = Q(first__canonical=person.canonical_id) | Q(second__canonical=person.canonical_id)
    rows = decidable(sight).filter(whole).select_related("first", "second", "decided_by")
    return [_decided_line(row, sight) for row in rows[:A_PAGE]]


def _decided_line(row: DuplicateSuggestion, sight: Sight) -> DecidedLine:
    first, second = (masking.name_of(person, sight, printed=True) for person in (row.first, row.second))
    return DecidedLine(row.pk, first, second, str(row.decided_by or ""), row.decided_at)


def lines(sight: Sight, number: str | None) -> Lines:
    """Return one page of suggestions, the likest first. Four queries."""
    rows = seen(sight).select_related("first", "second").order_by("-score", "pk")
    page = NearPaginator(rows, A_PAGE).get_page(number)
    return Lines(page, [_line(row, sight) for row in page])


def _line(row: DuplicateSuggestion, sight: Sight) -> Line:
    first, second = (masking.name_of(person, sight, printed=True) for person in (row.first, row.second))
    return Line(row.pk, row.score, first, second, in_words(row.reasons))


def in_words(reasons: list[str]) -> str:
    """Return the reasons of a suggestion in the reader's language."""
    return ", ".join(str(REASONS[Reason(reason)]) for reason in reasons if reason in set(Reason))


def pair(suggestion: DuplicateSuggestion, sight: Sight) -> Pair:
    """Return both people side by side, with how much there is of each."""
    people = (suggestion.first, suggestion.second)
    counts = tallies.counted([person.pk for person in people])
    rows = Membership.objects.filter(person__in=people).select_related("institution").order_by("starts_on")
    where = list(rows)
    first, second = (_side(person, where, counts, sight) for person in people)
    return Pair(suggestion, in_words(suggestion.reasons), (first, second))


def _side(
    person: Person, where: list[Membership], counts: list[tuple[str, dict[int, int]]], sight: Sight
) -> Side:
    # Under a mask the year tells more than it should: a small place has one midwife born in 1961.
    year = str(person.birth_year or person.get_age_band_display()) if sight.names else masking.HIDDEN
    return Side(
        pk=person.pk,
        name=masking.name_of(person, sight, printed=True),
        screen_name=masking.name_of(person, sight),
        country=str(person.country or ""),
        year=year,
        memberships=tuple(_membership(row) for row in where if row.person_id == person.pk),
        counts=tuple((label, found.get(person.pk, 0)) for label, found in counts),
        since=person.created_at,
    )


def _membership(row: Membership) -> str:
    until = f"–{row.ends_on:%Y}" if row.ends_on else "–"
    return f"{row.institution.name} · {row.starts_on:%Y}{until} · {row.get_state_display()}"


def merges_seen(sight: Sight) -> QuerySet[PersonMerge]:
    """Return the merges of people whom the reader sees."""
    rows = PersonMerge.objects.filter(Q(duplicate__erased_at=None) | Q(undone_at=None))
    return sight.within(sight.within(rows, "duplicate__country"), "into__country")


def merges(sight: Sight, number: str | None) -> tuple[Page, list[MergeLine]]:
    """Return one page of merges, the newest first."""
    rows = merges_seen(sight).select_related("duplicate", "into", "merged_by").order_by("-merged_at", "-pk")
    page = Paginator(rows, A_PAGE).get_page(number)
    return page, [merge_line(row, sight) for row in page]


def merge_line(row: PersonMerge, sight: Sight) -> MergeLine:
    """Return a merge as the reader may know it. Who did it is staff, and named."""
    return MergeLine(
        merge=row,
        duplicate=masking.name_of(row.duplicate, sight, printed=True),
        into=masking.name_of(row.into, sight, printed=True),
        by=str(row.merged_by or ""),
        # After an erasure there is nobody left to part.
        may_undo=row.in_force and not (row.duplicate.erased_at or row.into.erased_at),
    )


@dataclass(frozen=True)
class Staying:
    """What was written under one record since the merge, and stays with it."""

    name: str
    lines: tuple[tallies.Since, ...]


def staying(row: PersonMerge, sight: Sight) -> tuple[Staying, ...]:
    """Return, record by record, what was written since two people were merged: an undo leaves it where it stands."""
    people = list(Person.objects.the_same_as(row.into).order_by("pk"))
    rows = tallies.written_since([person.pk for person in people], row.merged_at)
    found = (
        Staying(_marked(person, sight), tuple(line for line in rows if line.person == person.pk))
        for person in people
    )
    return tuple(one for one in found if one.lines)


def _marked(person: Person, sight: Sight) -> str:
    name = masking.name_of(person, sight, printed=True)
    return f"{name} (#{person.pk})"
