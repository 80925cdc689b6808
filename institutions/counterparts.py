"""Answers which counterpart a unit belongs to, what is below an institution, and what a focal point looks after.

Forty hospitals of one ministry are one counterpart with forty units. Merged institutions count as one: the chain of
parents is followed through `canonical`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import Person
from common.clock import now
from institutions.lineage import Reason, Refused, has_circle, seen_through
from institutions.locking import lock_lineage
from institutions.models import AssignedUnit, Institution, Membership, MembershipRole, Sector


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
    start, kin = set(institution_ids), read_kin()
    return kin.around(start) - kin.alike(start)


def around(institution_ids: Iterable[int]) -> set[int]:
    """Return the ids of institutions with those that count as the same, and of all units below."""
    return read_kin().around(set(institution_ids))


def above(institution_ids: Iterable[int], kin: Kin | None = None) -> set[int]:
    """Return the ids of institutions with those that count as the same, and of all that stand above."""
    return (kin or read_kin()).above(set(institution_ids))


@dataclass(frozen=True)
class Kin:
    """Who counts as whom and who stands below whom, of all institutions, as it was read once."""

    canonical: dict[int, int]
    parent: dict[int, int | None]
    same: dict[int, set[int]]
    below: dict[int, set[int]]

    def alike(self, ids: set[int]) -> set[int]:
        """Return institutions with all that count as the same one."""
        return set().union(*(self.same[self.canonical[pk]] for pk in ids if pk in self.canonical))

    def around(self, ids: set[int]) -> set[int]:
        """Return institutions with those that count as the same, and all units below."""
        here, found = ids, set[int]()
        while here:
            here = self.alike(here) - found
            found |= here
            here = set().union(*(self.below.get(pk, set()) for pk in here)) - found
        return found

    def above(self, ids: set[int]) -> set[int]:
        """Return institutions with those that count as the same, and all that stand above."""
        here, found = self.alike(ids), set[int]()
        while here:
            found |= here
            # A duplicate's own parent counts too: whoever stood above it goes on being somebody's employer.
            here = self.alike({top for pk in here if (top := self.parent[pk])}) - found
        return found


def read_kin() -> Kin:
    """Read all of it by one question: a level at a time would be two each."""
    same, below = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)
    canonical: dict[int, int] = {}
    parents: dict[int, int | None] = {}
    rows = Institution.objects.order_by().filter(canonical__isnull=False)
    for pk, top, parent in rows.values_list("pk", "canonical_id", "parent_id"):
        canonical[pk], parents[pk] = top, parent
        same[top].add(pk)
        # The parent of one that was merged away no longer speaks.
        if parent and pk == top:
            below[parent].add(pk)
    return Kin(canonical, parents, same, below)


def units_assigned(membership: Membership) -> set[int]:
    """Return the ids of the institutions that a focal point looks after: her own, and the units assigned to her.

    Nothing below her institution is hers unless it was assigned. Her own institution, assigned as a «unit», means
    everything below it, whatever comes.
    """
    if membership.role != MembershipRole.FOCAL_POINT or _is_over(membership):
        return set()
    units = set(membership.assigned_units.values_list("unit_id", flat=True))
    return _hers(membership.institution_id, units, read_kin())


def _hers(own: int, units: set[int], kin: Kin) -> set[int]:
    # A unit that has moved to another counterpart since is hers no longer.
    return kin.alike({own}) | (kin.around(units) & kin.around({own}) if units else set())


def _is_over(membership: Membership) -> bool:
    today = timezone.localdate()
    return membership.ended_at is not None or (membership.ends_on is not None and membership.ends_on < today)


def looked_after_by(person: Person, kin: Kin | None = None) -> set[int]:
    """Return the ids of all institutions that a person looks after as focal point: confirmed, and on this day."""
    rows = Membership.objects.filter(person=person, ended_at__isnull=True).speaking().confirmed()
    said: dict[tuple[int, int], set[int]] = defaultdict(set)
    given = rows.running(timezone.localdate()).values_list("pk", "institution_id", "assigned_units__unit_id")
    for pk, own, unit in given:
        said[pk, own] |= {unit} - {None}
    if not said:
        return set()
    kin = kin or read_kin()
    return set().union(*(_hers(own, units, kin) for (_pk, own), units in said.items()))


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


def is_abroad(country: str, sector: str, above: str) -> bool:
    """Say whether what stands above a unit works in a country where it should not.

    A hospital belongs to a ministry of its own country: indicators count by country, and a coordinator sees hers. A
    consulate works in one country and belongs to a ministry of another.
    """
    return country != above and sector != Sector.FOREIGN_AFFAIRS


def place_under(*, institution: Institution, parent: Institution | None) -> None:
    """Make an institution a unit of another, or of none."""
    with transaction.atomic():
        lock_lineage()
        if refused := why_not_under(institution=institution, parent=parent):
            raise Refused(refused)
        if parent and is_abroad(institution.country_id, institution.sector, parent.country_id):
            raise Refused(Reason.PARENT_ABROAD)
        institution.parent = parent
        institution.save(update_fields=["parent"])
