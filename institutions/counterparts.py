"""Answers which counterpart a unit belongs to, what is below an institution, and what a focal point looks after.

Forty hospitals of one ministry are one counterpart with forty units. Merged institutions count as one: the chain of
parents is followed through `canonical`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import Person
from common.clock import now
from institutions.lineage import Reason, Refused, has_circle, seen_through
from institutions.locking import lock_lineage
from institutions.models import AssignedUnit, Institution, Membership, MembershipRole


def parents() -> dict[int, int | None]:
    """Return every institution's parent as it was said, merges aside."""
    return dict(Institution.objects.order_by().values_list("pk", "parent_id"))


def counterpart_of(institution: Institution) -> Institution:
    """Return the institution at the top of the chain of parents, itself if there is none above it."""
    at, seen = _counted(institution.pk), set[int]()
    while at.parent_id and at.parent_id not in seen:
        seen.add(at.pk)
        at = _counted(at.parent_id)
    return at


def top_of(institution: Institution) -> Institution | None:
    """Return who stands at the top of the chain above an institution, merges aside; None if nobody does."""
    top, seen = institution.parent, {institution.pk}
    while top and top.parent_id and top.pk not in seen:
        seen.add(top.pk)
        top = top.parent
    return top


def _counted(pk: int) -> Institution:
    said = Institution.objects.select_related("canonical").get(pk=pk)
    return said.canonical or said


def units_below(institution_ids: Iterable[int]) -> set[int]:
    """Return the ids of every unit below, at any depth, with those that were merged into one of them."""
    start = set(institution_ids)
    return _spread(start) - _with_aliases(start)


def around(institution_ids: Iterable[int]) -> set[int]:
    """Return the ids of institutions with those that count as the same, and of all units below."""
    return _spread(set(institution_ids))


def above(institution_ids: Iterable[int]) -> set[int]:
    """Return the ids of institutions with those that count as the same, and of all that stand above."""
    here = _with_aliases(set(institution_ids))
    found: set[int] = set()
    while here:
        found |= here
        # A duplicate's own parent counts too: whoever stood above it goes on being somebody's employer.
        rows = Institution.objects.filter(pk__in=here, parent__isnull=False)
        here = _with_aliases(set(rows.values_list("parent_id", flat=True))) - found
    return found


def _spread(ids: set[int]) -> set[int]:
    """Return institutions with their aliases and all below, in one question: a level at a time would be two each."""
    same, below = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)
    canonical: dict[int, int] = {}
    rows = Institution.objects.order_by().filter(canonical__isnull=False)
    for pk, top, parent in rows.values_list("pk", "canonical_id", "parent_id"):
        canonical[pk] = top
        same[top].add(pk)
        # The parent of one that was merged away no longer speaks.
        if parent and pk == top:
            below[parent].add(pk)
    here, found = ids, set[int]()
    while here:
        here = set().union(*(same[canonical[pk]] for pk in here if pk in canonical)) - found
        found |= here
        here = set().union(*(below[pk] for pk in here)) - found
    return found


def _with_aliases(ids: set[int]) -> set[int]:
    """Return institutions with all that count as the same one."""
    tops = Institution.objects.filter(pk__in=ids).values("canonical")
    return set(Institution.objects.filter(canonical__in=tops).values_list("pk", flat=True))


def units_assigned(membership: Membership) -> set[int]:
    """Return the ids of the institutions that a focal point looks after: her own, and the units assigned to her.

    Nothing below her institution is hers unless it was assigned. Her own institution, assigned as a «unit», means
    everything below it, whatever comes.
    """
    if membership.role != MembershipRole.FOCAL_POINT or _is_over(membership):
        return set()
    units = set(membership.assigned_units.values_list("unit_id", flat=True))
    own = {membership.institution_id}
    allowed = around(own)
    # A unit that has moved to another counterpart since is hers no longer.
    return _with_aliases(own) | (around(units) & allowed if units else set())


def _is_over(membership: Membership) -> bool:
    today = timezone.localdate()
    return membership.ended_at is not None or (membership.ends_on is not None and membership.ends_on < today)


def looked_after_by(person: Person) -> set[int]:
    """Return the ids of all institutions that a person looks after as focal point: confirmed, and on this day."""
    today = timezone.localdate()
    rows = Membership.objects.filter(person=person).speaking().confirmed().running(today)
    return set().union(*(units_assigned(row) for row in rows))


def assign_units(*, membership: Membership, units: Iterable[Institution], by: Person | None) -> None:
    """Say which units a focal point looks after; those named before and not now are hers no longer."""
    wanted = {unit.pk for unit in units}
    with transaction.atomic():
        lock_lineage()
        row = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
        if row.role != MembershipRole.FOCAL_POINT or row.ends_on is not None:
            raise Refused(Reason.NO_FOCAL_POINT)
        if not wanted <= around({row.institution_id}):
            raise Refused(Reason.NOT_BELOW)
        row.assigned_units.exclude(unit__in=wanted).delete()
        for unit in wanted - set(row.assigned_units.values_list("unit_id", flat=True)):
            AssignedUnit.objects.create(membership=row, unit_id=unit, assigned_at=now(), assigned_by=by)


def why_not_under(*, institution: Institution, parent: Institution | None) -> Reason | None:
    """Say why an institution cannot be a unit of another: it would stand above itself, merges reckoned in or not."""
    if parent is None:
        return None
    if parent.merged_into:
        return Reason.MERGED_AWAY
    if institution._state.adding:
        return None
    if institution.pk == parent.pk:
        return Reason.ITSELF
    said = {**parents(), institution.pk: parent.pk}
    canonical = dict(Institution.objects.exclude(canonical=F("pk")).values_list("pk", "canonical_id"))
    if has_circle(said) or has_circle(seen_through(said, canonical)):
        return Reason.CIRCLE
    return None


def place_under(*, institution: Institution, parent: Institution | None) -> None:
    """Make an institution a unit of another, or of none."""
    with transaction.atomic():
        lock_lineage()
        if refused := why_not_under(institution=institution, parent=parent):
            raise Refused(refused)
        institution.parent = parent
        institution.save(update_fields=["parent"])
