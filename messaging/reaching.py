"""Answers where people are reached: address, language and time zone, of whichever of their records has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from accounts.models import Person, User
from common.languages import is_known, source_language


@dataclass(frozen=True)
class Reach:
    """Where and how somebody is written to; `address` is empty where there is none."""

    address: str
    language: str
    time_zone: str


def reach_of(person: Person) -> Reach:
    """Return how one person is reached."""
    return reach_many([person])[person.canonical_id or person.pk]


def reach_many(people: Iterable[Person]) -> dict[int, Reach]:
    """Return by canonical key how people are reached, in two queries. An account that was closed reaches nobody."""
    keys = {person.canonical_id or person.pk for person in people}
    logins = User.objects.filter(person__canonical_id__in=keys, is_active=True).exclude(email="")
    found: dict[int, str] = {}
    for login in logins.select_related("person").order_by("-pk"):
        whose = login.person.canonical_id or login.person_id
        # Of two accounts that were merged, the one that stands for her goes first.
        if whose not in found or login.person_id == whose:
            found[whose] = login.email
    standing = Person.objects.filter(pk__in=keys).select_related("country")
    return {person.pk: _reach(person, found.get(person.pk, "")) for person in standing}


def _reach(person: Person, address: str) -> Reach:
    return Reach(
        address="" if person.erased_at else address,
        language=person.language if is_known(person.language) else source_language(),
        time_zone=person.country.time_zone if person.country else settings.TIME_ZONE,
    )
