"""The list of people in the admin: whom Elena finds, and whom she confirms at once."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.urls import reverse

from institutions.models import Membership, MembershipState
from learning.models import Enrolment
from tests.courses.cast import bruno, office, small
from tests.factories.accounts import PersonFactory, UserFactory, country
from tests.factories.learning import enrol, institution, works_at

__all__ = ["bruno", "office", "small"]


def claim(name: str, code: str) -> Membership:
    person = PersonFactory(certificate_name=name, country=country(code))
    return works_at(person, institution(f"Hospital de {name}", code=code))


def confirm(office: Any, **asked: Any) -> str:
    """Read what waits, and confirm it; returns what was read."""
    path = reverse("wagtail_bulk_action", args=["accounts", "person", "confirm"], query=asked)
    page = office.get(path).content.decode()
    claims = re.findall(r'name="claim" value="(\d+)"', page)
    assert office.post(path, {"claim": claims}).status_code == 302
    return page


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


def test_elena_reads_institution_position_and_day_before_she_confirms(office: Any, db: Any) -> None:
    row = claim("Ana Pérez", "MX")
    row.position = "nursing"
    row.save()
    page = confirm(office, id=row.person_id)
    for said in ("Hospital de Ana Pérez", row.get_position_display(), f"{row.starts_on:%Y}"):
        assert said in page


def test_who_says_that_she_speaks_for_a_place_is_not_confirmed_in_a_heap(office: Any, db: Any) -> None:
    person = PersonFactory(certificate_name="Ana Pérez", country=country("MX"))
    row = works_at(person, institution("Hospital"), role="focal_point", state="claimed")
    page = confirm(office, id=person.pk)
    assert reverse("instituciones:membership", args=[row.institution_id, row.pk]) in page
    path = reverse("wagtail_bulk_action", args=["accounts", "person", "confirm"], query={"id": person.pk})
    office.post(path, {"claim": [row.pk]})
    row.refresh_from_db()
    assert row.state == MembershipState.CLAIMED


def test_what_was_said_after_the_page_was_read_waits(office: Any, db: Any) -> None:
    row = claim("Ana Pérez", "MX")
    path = reverse("wagtail_bulk_action", args=["accounts", "person", "confirm"], query={"id": row.person_id})
    office.post(path, {"claim": []})
    row.refresh_from_db()
    assert row.state == MembershipState.CLAIMED


def test_everybody_takes_those_of_whom_something_waits_and_says_how_many_at_once(
    office: Any, db: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("accounts.staff.acting.AT_ONCE", 2)
    rows = [claim(f"Ana {name}", "MX") for name in ("Pérez", "Xol", "Tum")]
    for _number in range(3):
        PersonFactory(country=country("MX"))
    page = confirm(office, id="all")
    assert "A la vez se toman 2" in page
    confirm(office, id="all")
    for row in rows:
        row.refresh_from_db()
    assert {row.state for row in rows} == {MembershipState.CONFIRMED}


def test_who_was_merged_is_found_by_the_name_that_she_had(office: Any, db: Any) -> None:
    kept = PersonFactory(certificate_name="Zoila Núñez", country=country("MX"))
    PersonFactory(certificate_name="Soyla Güereca", country=country("MX"), canonical=kept)
    found = office.get("/admin/personas/", {"q": "guereca"}).context["object_list"]
    assert [row.pk for row in found] == [kept.pk]
    page = office.get(reverse("instituciones:write_down"), {"q": "soyla"}).content.decode()
    assert f"persona={kept.pk}" in page


def listed(office: Any, **asked: str) -> set[int]:
    return {row.pk for row in office.get("/admin/personas/", asked).context["object_list"]}


def test_what_was_done_under_a_merged_record_is_hers_in_every_filter(
    office: Any, db: Any, small: Any
) -> None:
    zoila = PersonFactory(certificate_name="Zoila Núñez", country=country("MX"))
    before = UserFactory(person__certificate_name="Soyla Núñez", person__canonical=zoila).person
    nobody = PersonFactory(certificate_name="Ana Pérez", country=country("MX"))
    works_at(before, institution("Hospital"), state="claimed")
    Enrolment.objects.filter(pk=enrol(before, small).pk).update(state="completed")
    for name, yes, no in (
        ("login", "true", "false"),
        ("completed", "true", "false"),
        ("membership", "claimed", "none"),
    ):
        has, has_not = listed(office, **{name: yes}), listed(office, **{name: no})
        assert zoila.pk in has, name
        assert nobody.pk in has_not, name
        assert not {before.pk} & (has | has_not), name
        assert not has & has_not, name
        assert zoila.pk not in has_not, name


def test_who_left_was_refused_or_may_not_sign_in_has_none(office: Any, db: Any) -> None:
    ana = UserFactory(person__certificate_name="Ana Pérez", is_active=False).person
    gone = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 2, 1)}
    works_at(ana, institution("Hospital"), state="confirmed", **gone)
    works_at(ana, institution("Albergue"), state="refused", refusal="unknown")
    assert ana.pk in listed(office, membership="none") & listed(office, login="false")


def test_the_file_of_a_list_names_people_as_its_screen_does(office: Any, db: Any) -> None:
    """What stands on the certificate was given for the certificate; the list of certificates has it."""
    PersonFactory(certificate_name="Zoila Núñez Güereca", display_name="Zoila", country=country("MX"))
    PersonFactory(certificate_name="Ana Pérez", display_name="", country=country("MX"))
    shown = {str(row) for row in office.get("/admin/personas/").context["object_list"]}
    form = {"reason": "Informe a la oficina", "format": "csv"}
    lines = office.post("/admin/personas/?export=csv", form).getvalue().decode("utf-8-sig").splitlines()
    written = {line.split(",")[0] for line in lines[1:]}
    assert written == shown >= {"Zoila", "Ana Pérez"}
