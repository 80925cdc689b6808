"""Copies on an enrolment what a report will need later and what may have changed by then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from accounts.models import Person
from institutions import counterparts
from institutions.models import Membership, MembershipState
from learning.models import Enrolment

if TYPE_CHECKING:
    from institutions.models import Institution


OF_THE_PLACE = {
    "at_institution",
    "at_parent",
    "at_division",
    "at_institution_type",
    "at_sector",
    "at_route_stages",
}


def institution_of(person: Person) -> Institution | None:
    """Return where the person works now by the latest membership that nobody refused."""
    membership = (
        Membership.objects.of(person)
        .filter(ends_on__isnull=True)
        .exclude(state=MembershipState.REFUSED)
        .select_related("institution")
        .order_by("-starts_on", "-pk")
        .first()
    )
    return membership.institution if membership else None


def institutions_of(people: Iterable[Person]) -> dict[int, Institution]:
    """Return where each of many people works now, by the key that counts her once: one query."""
    rows = Membership.objects.filter(
        person__canonical__in={person.canonical_id for person in people}, ends_on__isnull=True
    ).exclude(state=MembershipState.REFUSED)
    rows = rows.select_related("institution", "person").order_by("starts_on", "pk")
    return {row.person.canonical_id or row.person_id: row.institution for row in rows}


def snapshot_of(person: Person, *, institution: Institution | None = None) -> dict[str, Any]:
    """Return the `at_*` fields of an enrolment. `institution`: the one whose code or cohort it is."""
    place = institution or institution_of(person)
    return {"at_country": person.country, **about_place(place), **about_person(person)}


def about_place(place: Institution | None) -> dict[str, Any]:
    """Return the part of the snapshot that is the institution's."""
    return {
        "at_institution": place,
        # Who stood at the top, as said of this very place: merges, which can be undone, are reckoned in when counting.
        "at_parent": counterparts.top_of(place) if place else None,
        "at_division": place.division if place else None,
        "at_institution_type": place.type if place else "",
        "at_sector": place.sector if place else "",
        "at_route_stages": list(place.route_stages) if place else [],
    }


def about_person(person: Person) -> dict[str, str]:
    """Return the part of the snapshot that the person answers in her profile."""
    return {"at_position": person.position, "at_sex": person.sex, "at_age_band": person.age_band}


def fill_blanks(*, person: Person) -> int:
    """Add to a person's enrolments what she had not said yet when she enrolled; what stands there is never changed.

    Signing up asks only identifier and country; the rest comes later, in the profile. Returns how many were filled.
    """
    said = {name: value for name, value in about_person(person).items() if value}
    filled = 0
    for name, value in said.items():
        filled += Enrolment.objects.of(person).filter(**{name: ""}).update(**{name: value})
    homeless = list(Enrolment.objects.of(person).filter(at_institution__isnull=True))
    if homeless and (place := institution_of(person)):
        fields = {
            key: value for key, value in snapshot_of(person, institution=place).items() if key in OF_THE_PLACE
        }
        filled += Enrolment.objects.filter(pk__in=[row.pk for row in homeless]).update(**fields)
    return filled


def fill_all_blanks() -> int:
    """Reach from state what saved profiles should have filled. Returns how many enrolments were."""
    said_since = Q(enrolments__at_sex="", sex__gt="") | Q(enrolments__at_age_band="", age_band__gt="")
    said_since |= Q(enrolments__at_position="", position__gt="")
    people = Person.objects.filter(said_since).distinct()
    return sum(fill_blanks(person=person) for person in people.iterator(chunk_size=200))
