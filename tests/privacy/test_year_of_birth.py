"""Amina says the year of her birth, or asks to correct it: who sees it, what finds her other account by it?"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.utils.html import strip_tags

from accounts import asking, erasing
from accounts.models import DataRequest, Person
from institutions import duplicates
from institutions.models import DuplicateSuggestion, Institution, Membership
from tests.conftest import Role
from tests.factories.accounts import PersonFactory
from tests.factories.learning import institution, works_at

pytestmark = pytest.mark.django_db
PROFILE = "/cuenta/perfil/"
SAID = {"display_name": "Amina", "country": "MX", "language": "es", "content_language": ""}


@pytest.fixture
def desk(elena: Role) -> Role:
    for name in ("answer_data_request", "erase_person", "access_admin"):
        elena.user.user_permissions.add(Permission.objects.get(codename=name))
    return elena


def year_of(role: Role) -> int | None:
    return Person.objects.get(pk=role.person.pk).birth_year


def test_she_may_say_it_and_leave_it_out(amina: Role) -> None:
    assert 'name="birth_year"' in amina.client.get(PROFILE).content.decode()
    assert amina.client.post(PROFILE, {**SAID, "birth_year": "1991"}).status_code == 302
    assert year_of(amina) == 1991
    amina.client.post(PROFILE, {**SAID, "birth_year": ""})
    assert year_of(amina) is None


@pytest.mark.parametrize("year", ["1891", "2020", "91", "-5", "99999999999", "mil"])
def test_a_year_of_nobody_who_learns_here_is_refused(amina: Role, year: str) -> None:
    assert amina.client.post(PROFILE, {**SAID, "birth_year": year}).status_code in (400, 422)
    assert year_of(amina) is None


def test_her_download_tells_it_and_her_focal_point_does_not_see_it(amina: Role, chipo: Role) -> None:
    amina.client.post(PROFILE, {**SAID, "birth_year": "1991", "institutions_institution": ""})
    assert "1991" in amina.client.get("/cuenta/mis-datos/").content.decode()
    # The words alone: a number of a row in an address, on a database that has made two thousand, is no year.
    page = chipo.client.get("/aprender/institucion/", follow=True).content.decode()
    assert "1991" not in strip_tags(page)


def twice_in_one_ministry(year: int | None) -> None:
    """Two accounts, said to work in two hospitals of one ministry: no institution has both."""
    ministry = institution("Secretaría de Salud")
    for place in ("Hospital del Norte", "Hospital del Sur"):
        unit = institution(place)
        Institution.objects.filter(pk=unit.pk).update(parent=ministry)
        works_at(PersonFactory(certificate_name="Rosa Ajú Tum", birth_year=year), unit)


def test_the_same_year_finds_her_in_two_institutions() -> None:
    twice_in_one_ministry(1991)
    duplicates.suggest()
    assert "same_year" in DuplicateSuggestion.objects.get().reasons


def test_without_a_year_two_institutions_tell_two_people() -> None:
    twice_in_one_ministry(None)
    duplicates.suggest()
    assert not DuplicateSuggestion.objects.exists()


def asked_of(role: Role, about: str, wish: str) -> tuple[DataRequest, str]:
    asked = asking.ask(person=role.person, kind="correction", about=about, wish=wish)
    return asked, f"/admin/solicitudes/responder/{asked.pk}/"


def test_elena_corrects_the_year_with_her_answer(desk: Role, amina: Role) -> None:
    Person.objects.filter(pk=amina.person.pk).update(birth_year=1919)
    asked, address = asked_of(amina, "birth_year", "Nací en 1991")
    page = desk.client.get(address).content.decode()
    assert 'name="birth_year" value="1991"' in page
    said = {"birth_year": "1991", "done": "yes", "words": "Ya está."}
    assert desk.client.post(address, {**said, "birth_year": "2022"}).status_code == 422
    assert desk.client.post(address, said).status_code == 302
    asked.refresh_from_db()
    assert year_of(amina) == 1991
    assert asked.changes == [{"field": "birth_year", "old": "1919", "new": "1991"}]
    assert "1919 → 1991" in desk.client.get(address).content.decode()
    assert "1919" in amina.client.get("/cuenta/mis-datos/").content.decode()


def test_what_is_not_done_corrects_nothing(desk: Role, amina: Role) -> None:
    asked, address = asked_of(amina, "birth_year", "Nací en 1991")
    desk.client.post(address, {"birth_year": "1991", "done": "no", "words": "Falta un dato."})
    asked.refresh_from_db()
    assert (year_of(amina), asked.changes, asked.state) == (None, [], "refused")


def test_the_name_and_where_she_works_are_corrected_too(desk: Role, amina: Role) -> None:
    _asked, address = asked_of(amina, "certificate_name", "Amina Xol Caal")
    desk.client.post(address, {"certificate_name": "Amina Xol Caal", "done": "yes", "words": "Ya."})
    assert Person.objects.get(pk=amina.person.pk).certificate_name == "Amina Xol Caal"
    place = institution("Albergue del Sur")
    asked, address = asked_of(amina, "membership", "Ahora en el albergue")
    desk.client.post(address, {"institutions_institution": place.pk, "done": "yes", "words": "Ya."})
    assert Membership.objects.get(person=amina.person, ends_on__isnull=True).institution == place
    asked.refresh_from_db()
    assert asked.changes[0]["new"] == str(place)


def test_an_erasure_keeps_neither_the_year_nor_what_it_was(desk: Role, amina: Role) -> None:
    asked, address = asked_of(amina, "birth_year", "Nací en 1991")
    desk.client.post(address, {"birth_year": "1991", "done": "yes", "words": "Ya."})
    erasing.erase(person=Person.objects.get(pk=amina.person.pk), by=desk.person, reason="Erased.")
    asked.refresh_from_db()
    assert (asked.changes, year_of(amina)) == ([], None)
