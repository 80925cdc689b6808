"""Merges two institutions into one that counts, and undoes it: no row of anybody's is re-pointed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from accounts.models import Person
from common.clock import now
from institutions.counterparts import parents
from institutions.lineage import Reason, Refused, ends_of, has_circle, leads_to, seen_through
from institutions.locking import lock_lineage
from institutions.models import (
    Institution,
    InstitutionMerge,
    Membership,
    MembershipRole,
    MembershipState,
)


def why_not_merge(*, duplicate: Institution, into: Institution) -> Reason | None:
    """Say why two institutions cannot be merged as things stand."""
    links = _in_force()
    if duplicate.pk == into.pk:
        return Reason.ITSELF
    if duplicate.pk in links:
        return Reason.MERGED_AWAY
    if duplicate.country_id != into.country_id:
        return Reason.OTHER_COUNTRY
    if leads_to(into.pk, duplicate.pk, dict(links)):
        return Reason.CIRCLE
    # A unit may be merged into what stands above it; the other way round one thing would stand below itself.
    if has_circle(seen_through(parents(), ends_of({**links, duplicate.pk: into.pk}))):
        return Reason.ONE_ABOVE_THE_OTHER
    return None


def merge(
    *, duplicate: Institution, into: Institution, by: Person | None, reason: str = ""
) -> InstitutionMerge:
    """Let `duplicate` count as `into` from now on; everything that names it stays as it is."""
    with transaction.atomic():
        lock_lineage()
        if refused := why_not_merge(duplicate=duplicate, into=into):
            raise Refused(refused)
        row = InstitutionMerge.objects.create(
            duplicate=duplicate, into=into, reason=reason, merged_at=now(), merged_by=by
        )
        recompute()
    return row


def why_not_undo(*, merge: InstitutionMerge) -> Reason | None:
    """Say why a merge cannot be undone: it was already, or one would stand above itself again."""
    links = _in_force()
    if merge.undone_at or links.pop(merge.duplicate_id, None) != merge.into_id:
        return Reason.UNDONE
    return Reason.CIRCLE if has_circle(seen_through(parents(), ends_of(links))) else None


def undo(*, merge: InstitutionMerge, by: Person | None, reason: str = "") -> None:
    """Let both count for themselves again."""
    with transaction.atomic():
        lock_lineage()
        row = InstitutionMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
        if refused := why_not_undo(merge=row):
            raise Refused(refused)
        row.undone_at, row.undone_by, row.undone_reason = now(), by, reason
        row.save(update_fields=["undone_at", "undone_by", "undone_reason"])
        recompute()


def recompute() -> int:
    """Write into `canonical` what the merges in force say. Returns how many institutions changed."""
    said, changed = ends_of(_in_force()), 0
    moved = Institution.objects.exclude(canonical=None).exclude(pk__in=Institution.objects.standing())
    held = dict(moved.values_list("pk", "canonical_id"))
    for pk in said.keys() | held.keys():
        if held.get(pk, pk) != said.get(pk, pk):
            changed += Institution.objects.filter(pk=pk).update(canonical_id=said.get(pk, pk))
    return changed


def _in_force() -> dict[int, int]:
    rows = InstitutionMerge.objects.filter(undone_at__isnull=True)
    return dict(rows.values_list("duplicate_id", "into_id"))


@dataclass(frozen=True)
class Weight:
    """How much hangs on an institution."""

    members: int
    focal_points: int
    units: int
    names: int


def weight_of(institution: Institution) -> Weight:
    """Count what hangs on one institution alone."""
    open_ones = Membership.objects.filter(institution=institution, ends_on__isnull=True).exclude(
        state=MembershipState.REFUSED
    )
    return Weight(
        members=open_ones.filter(role=MembershipRole.MEMBER).count(),
        focal_points=open_ones.filter(role=MembershipRole.FOCAL_POINT).count(),
        units=institution.units.count(),
        names=institution.names.count(),
    )
