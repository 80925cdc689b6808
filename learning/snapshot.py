"""Copies on an enrolment what a report will need later and what may have changed by then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from institutions.models import Membership, MembershipState

if TYPE_CHECKING:
    from accounts.models import Person
    from institutions.models import Institution


def institution_of(person: Person) -> Institution | None:
    """Return where the person works now by the latest membership that nobody refused."""
    membership = (
        Membership.objects.filter(person=person, ends_on__isnull=True)
        .exclude(state=MembershipState.REFUSED)
        .select_related("institution")
        .order_by("-starts_on", "-pk")
        .first()
    )
    return membership.institution if membership else None


def snapshot_of(person: Person, *, institution: Institution | None = None) -> dict[str, Any]:
    """Return the `at_*` fields of an enrolment. `institution`: the one whose code or cohort it is."""
    place = institution or institution_of(person)
    return {
        "at_country": person.country,
        "at_institution": place,
        "at_parent": place.parent if place else None,
        "at_division": place.division if place else None,
        "at_institution_type": place.type if place else "",
        "at_sector": place.sector if place else "",
        "at_route_stages": list(place.route_stages) if place else [],
        **about_person(person),
    }


def about_person(person: Person) -> dict[str, str]:
    """Return the part of the snapshot that the person answers in her profile."""
    return {"at_position": person.position, "at_sex": person.sex, "at_age_band": person.age_band}
