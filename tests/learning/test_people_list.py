"""The list of people in the admin: whom Elena finds, and whom she confirms at once."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from institutions.models import Membership, MembershipState
from tests.courses.cast import bruno, office
from tests.factories.accounts import PersonFactory, country
from tests.factories.learning import institution, works_at

__all__ = ["bruno", "office"]


def claim(name: str, code: str) -> Membership:
    person = PersonFactory(certificate_name=name, country=country(code))
    return works_at(person, institution(f"Hospital de {name}", code=code))


def confirm(office: Any, **asked: Any) -> None:
    path = reverse("wagtail_bulk_action", args=["accounts", "person", "confirm"], query=asked)
    assert office.post(path).status_code == 302


def test_somebody_is_found_without_accents_and_in_any_order(office: Any, db: Any) -> None:
    claim("Zoila Núñez Güereca", "MX")
    claim("Ana Pérez", "MX")
    found = office.get("/admin/personas/", {"q": "guereca zoila"}).context["object_list"]
    assert [row.certificate_name for row in found] == ["Zoila Núñez Güereca"]


def test_everybody_in_the_list_means_the_list_as_it_was_filtered(office: Any, db: Any) -> None:
    here, there, other = claim("Ana Pérez", "MX"), claim("Ana Xol", "GT"), claim("Zoila Tum", "GT")
    confirm(office, id="all", country="GT", q="ana")
    for row in (here, there, other):
        row.refresh_from_db()
    assert there.state == MembershipState.CONFIRMED
    assert {here.state, other.state} == {MembershipState.CLAIMED}


def test_a_list_with_an_impossible_filter_confirms_nobody(office: Any, db: Any) -> None:
    row = claim("Ana Pérez", "MX")
    confirm(office, id="all", country="Atlantis")
    row.refresh_from_db()
    assert row.state == MembershipState.CLAIMED
