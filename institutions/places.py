"""Keeps the exact place of shelters: read and changed by named roles only, and who did is kept.

The place goes from the database to one screen and back. It is no field of `Institution`, so that no list, search,
export, revision, history or copy of institutions can carry it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import Person
from accounts.sight import sight_of
from institutions.models import Institution, ShelterPlace


@dataclass(frozen=True)
class Place:
    """Where a shelter is; its `repr` says nothing, since tracebacks show it."""

    address: str = field(default="", repr=False)
    latitude: Decimal | None = field(default=None, repr=False)
    longitude: Decimal | None = field(default=None, repr=False)

    @property
    def known(self) -> bool:
        """Say whether anything is written down."""
        return bool(self.address or self.latitude is not None)


def may_see(user: Any) -> bool:
    """Say whether a login may read and change the exact place of shelters; an administrator as such may not."""
    return sight_of(user).places


def has_page(institution: Institution) -> bool:
    """Say whether there is a place to be written down, or one that still stands there: nothing is kept unseen.

    Whoever unticks that people stay there takes off a place that nobody could read or delete any more.
    """
    return institution.is_shelter or ShelterPlace.objects.filter(institution=institution).exists()


def place_of(institution: Institution) -> Place:
    """Return the place of a shelter; the caller has asked `may_see` and keeps who looked."""
    row = ShelterPlace.objects.filter(institution=institution).first()
    return Place(row.address, row.latitude, row.longitude) if row else Place()


def save_place(*, institution: Institution, place: Place, by: Person | None) -> None:
    """Write down where a shelter is; an empty place takes it off."""
    with transaction.atomic():
        Institution.objects.select_for_update(of=("self",)).get(pk=institution.pk)
        if not place.known:
            ShelterPlace.objects.filter(institution=institution).delete()
            return
        ShelterPlace.objects.update_or_create(
            institution=institution,
            defaults={
                "address": place.address,
                "latitude": place.latitude,
                "longitude": place.longitude,
                "updated_by": by,
            },
        )
