"""How coarsely a person is said to a masked reader: never so finely that fewer than five share the description.

A sign hides a name, not a person: «the only lawyer of that shelter» is somebody. So a masked reader reads the type of
institution in place of the institution, and of type and position only what at least five people of the country share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.db.models import Count, F, OuterRef, Subquery

from accounts.models import Person, PositionCategory
from institutions.models import Institution, Membership

if TYPE_CHECKING:
    from django.db.models import QuerySet

FEWEST = 5
# Groups are counted over everybody at once; they change slowly.
REMEMBERED = 600
Group = tuple[str, str, str]


@dataclass(frozen=True)
class Said:
    """What a masked reader reads; empty where it would tell who somebody is."""

    kind: str = ""
    position: str = ""


def said(groups: Mapping[Group, int], *, country: str, kind: str, position: str) -> Said:
    """Return as much of a description as enough people share: all of it, else the type alone, else nothing. Pure."""
    if groups.get((country, kind, position), 0) >= FEWEST:
        return Said(kind, position)
    alike = sum(count for (where, what, _), count in groups.items() if (where, what) == (country, kind))
    return Said(kind) if alike >= FEWEST else Said()


def first_kinds(person: str) -> QuerySet[Any]:
    """Return the types of where somebody works, what was said first coming first; `person` leads to her outside."""
    rows = Membership.objects.filter(person__canonical=OuterRef(person), ends_on__isnull=True)
    return rows.working().standing().order_by("pk").values("institution__type")


def groups_of(people: QuerySet[Person]) -> dict[Group, int]:
    """Return how many people share each country, type of institution and position."""
    counted = (
        people.order_by()
        .annotate(kind=Subquery(first_kinds("pk")[:1]))
        .values_list("country", "kind", "position")
        .annotate(count=Count("pk"))
    )
    return {(country or "", kind or "", position): count for country, kind, position, count in counted}


def groups() -> dict[Group, int]:
    """Return the groups of everybody, counted at most every ten minutes."""
    everybody = Person.objects.filter(canonical=F("pk"), erased_at__isnull=True)
    found = cache.get_or_set("learning.coarse", lambda: groups_of(everybody), REMEMBERED)
    return found or {}


def coarse(person: Person, memberships: list[Membership], among: Mapping[Group, int]) -> Said:
    """Return what a masked reader reads of a person, in words."""
    first = min(memberships, key=lambda row: row.pk, default=None)
    kind = first.institution.type if first else ""
    found = said(among, country=person.country_id or "", kind=kind, position=person.position)
    return Said(
        kind=str(dict(Institution._meta.get_field("type").flatchoices).get(found.kind, "")),
        position=str(dict(PositionCategory.choices).get(found.position, "")),
    )
