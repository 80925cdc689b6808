"""How far somebody sees: which countries, with names or masked, and whether she may change what she sees.

Sight never opens a door: a permission does, or a row that says whose something is. It narrows what stands behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from accounts import duties
from accounts.models import DutyKind
from accounts.rights import ADMIN

if TYPE_CHECKING:
    from django.db.models import QuerySet

SEE_PLACES = "institutions.see_shelter_place"


@dataclass(frozen=True)
class Sight:
    """What somebody may see of people and institutions. `countries` counts where `whole` is not."""

    whole: bool = False
    countries: frozenset[str] = frozenset()
    names: bool = False
    # A person's points and tries. No role of the admin has them: who facilitates her group sees them, on the site.
    scores: bool = False
    changes: bool = False
    # The exact place of a shelter.
    places: bool = False

    def reaches(self, country: str | None) -> bool:
        """Say whether what belongs to a country (ISO code) is seen. What belongs to none is the whole programme's."""
        return self.whole or country in self.countries

    def within(self, rows: QuerySet[Any], *paths: str) -> QuerySet[Any]:
        """Keep the rows whose country, by one of the `paths` of fields that lead to it, is seen."""
        if self.whole:
            return rows
        if not self.countries:
            return rows.none()
        asked = Q()
        for path in paths:
            asked |= Q(**{f"{path}__in": sorted(self.countries)})
        return rows.filter(asked)


NOTHING = Sight()


def sight_of(user: Any) -> Sight:
    """Return how far a login sees, at this moment. Costs one query a request, asked with its permissions."""
    if not (user.is_authenticated and user.is_active):
        return NOTHING
    if user.is_superuser:
        # Technical: she keeps logins and settings. The place of a shelter is not hers by that.
        return Sight(whole=True, names=True, changes=True)
    kinds = duties.kinds_of(user)
    if kinds:
        return _by_duty(user, kinds)
    # Groups reach over the whole programme.
    if user.has_perm(ADMIN):
        return Sight(whole=True, names=True, changes=True, places=user.has_perm(SEE_PLACES))
    return NOTHING


def _by_duty(user: Any, kinds: frozenset[str]) -> Sight:
    """Where two kinds meet by mishap, the narrower wins in each regard."""
    rows = duties.in_force(user)
    coordinates = kinds == {DutyKind.COORDINATOR}
    return Sight(
        whole=any(duty.country_id is None for duty in rows),
        countries=frozenset(duty.country_id for duty in rows if duty.country_id),
        names=DutyKind.MONITOR not in kinds,
        changes=coordinates,
        places=coordinates and user.has_perm(SEE_PLACES),
    )
