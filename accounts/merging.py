"""Lets two records of one human being count as one, and takes that back. Nothing is re-pointed and nothing lost.

A merge is a dated row; `Person.canonical` follows from the rows in force: it is whom the chain of merges ends at. So
an undo needs no memory of what was where: what was written since stays with the record under which it was written.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from django.db import transaction

from accounts import events
from accounts.models import Person, PersonMerge
from accounts.standing import STANDS
from common import clock

TRIES = 5


class Reason(StrEnum):
    """Why two people were not merged, or not parted. The wording stands in `accounts.merge_words`."""

    HERSELF = "herself"
    ALREADY_ONE = "already_one"
    CIRCLE = "circle"
    MERGED_ELSEWHERE = "merged_elsewhere"
    ERASED = "erased"
    UNDONE_ALREADY = "undone_already"
    BUSY = "busy"


class MergeRefused(Exception):
    """Nothing was changed; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class _Moved(Exception):
    """Somebody else merged one of them while we waited for the lock."""


def merge(
    *, duplicate: Person, into: Person, by: Person | None, reason: str = "", at: dt.datetime | None = None
) -> PersonMerge:
    """Let `duplicate` count as `into` from now on. Raises MergeRefused.

    Both keep their logins and all that is theirs; whoever signs in with either sees the whole.
    """
    at = at or clock.now()
    if duplicate.pk == into.pk:
        raise MergeRefused(Reason.HERSELF)
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return _merge(duplicate.pk, into.pk, by, reason, at)
        except _Moved:
            continue
    raise MergeRefused(Reason.BUSY)


def _merge(duplicate: int, into: int, by: Person | None, reason: str, at: dt.datetime) -> PersonMerge:
    people = _lock(duplicate, into)
    refusal = _why_not(people[duplicate], people[into])
    if refusal:
        raise MergeRefused(refusal)
    row = PersonMerge.objects.create(
        duplicate_id=duplicate, into_id=into, reason=reason[:200], merged_at=at, merged_by=by
    )
    recompute(set(people))
    transaction.on_commit(lambda: events.people_merged.send(sender=PersonMerge, merge_id=row.pk))
    return row


def undo(
    *, merge: PersonMerge, by: Person | None, reason: str = "", at: dt.datetime | None = None
) -> PersonMerge:
    """Take a merge back: both count apart again, with all that was written under each. Raises MergeRefused.

    After an erasure there is nobody left to part: what identified one of them is gone.
    """
    at = at or clock.now()
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return _undo(merge, by, reason, at)
        except _Moved:
            continue
    raise MergeRefused(Reason.BUSY)


def _undo(merge: PersonMerge, by: Person | None, reason: str, at: dt.datetime) -> PersonMerge:
    people = _lock(merge.duplicate_id, merge.into_id)
    if people[merge.duplicate_id].erased_at or people[merge.into_id].erased_at:
        raise MergeRefused(Reason.ERASED)
    undone = PersonMerge.objects.filter(pk=merge.pk, undone_at__isnull=True).update(
        undone_at=at, undone_by=by, undo_reason=reason[:200]
    )
    if not undone:
        raise MergeRefused(Reason.UNDONE_ALREADY)
    recompute(set(people))
    transaction.on_commit(lambda: events.people_parted.send(sender=PersonMerge, merge_id=merge.pk))
    merge.refresh_from_db()
    return merge


def _lock(*keys: int) -> dict[int, Person]:
    """Lock all records of those people in the order of their keys, so that two merges wait for each other in turn.

    Raises _Moved where one of them was merged or parted meanwhile: then others belong to them than were locked.
    """
    together = _together(keys)
    rows = Person.objects.select_for_update(of=("self",)).filter(pk__in=together).order_by("pk")
    people = {person.pk: person for person in rows}
    if _together(keys) != together:
        raise _Moved
    return people


def _together(keys: tuple[int, ...]) -> set[int]:
    canonicals = Person.objects.filter(pk__in=keys).values("canonical")
    return set(Person.objects.filter(canonical__in=canonicals).values_list("pk", flat=True)) | set(keys)


def _why_not(duplicate: Person, into: Person) -> Reason | None:
    if duplicate.erased_at or into.erased_at or into.kept.erased_at:
        return Reason.ERASED
    if duplicate.canonical_id == into.canonical_id:
        return Reason.CIRCLE if duplicate.canonical_id == duplicate.pk else Reason.ALREADY_ONE
    return Reason.MERGED_ELSEWHERE if duplicate.canonical_id != duplicate.pk else None


def why_not_pair(one: Person, other: Person) -> Reason | None:
    """Return why neither of two people could be merged into the other, or None when one of the ways is open."""
    if one.pk == other.pk:
        return Reason.HERSELF
    refusal, back = _why_not(one, other), _why_not(other, one)
    return refusal if refusal and back else None


def recompute(keys: set[int]) -> int:
    """Let `canonical` of these people say what the rows in force say; returns of how many it said something else.

    `keys` must hold whole groups: all whom a chain in force joins.
    """
    into = dict(
        PersonMerge.objects.filter(duplicate__in=keys, undone_at__isnull=True).values_list(
            "duplicate_id", "into_id"
        )
    )
    stored = dict(Person.objects.filter(pk__in=keys).values_list("pk", "canonical_id"))
    wrong = {key: end for key in keys if stored.get(key) != (end := end_of(key, into))}
    for key, end in wrong.items():
        Person.objects.filter(pk=key).update(canonical=end)
    return len(wrong)


def end_of(key: int, into: dict[int, int]) -> int:
    """Return at whom the chain that begins at `key` ends. A circle, which no service makes, ends at its least key."""
    seen = [key]
    while (key := into.get(key, key)) != seen[-1]:
        if key in seen:
            return min(seen[seen.index(key) :])
        seen.append(key)
    return key


def astray() -> dict[int, int]:
    """Return whose `canonical` is not what the rows in force say, with what they say. Reads only."""
    into = dict(PersonMerge.objects.filter(undone_at__isnull=True).values_list("duplicate_id", "into_id"))
    merged = Person.objects.filter(pk__in=into) | Person.objects.exclude(STANDS)
    rows = merged.order_by("pk").values_list("pk", "canonical_id")
    return {key: end for key, stored in rows.iterator() if stored != (end := end_of(key, into))}
