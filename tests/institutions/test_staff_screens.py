"""Can staff keep institutions, and do records that name one stay?"""

import re

from django.urls import reverse

from institutions.models import Institution
from programme.models import Division
from tests.courses.cast import bruno, log_in, office, person
from tests.factories.accounts import UserFactory, country
from tests.factories.learning import works_at

__all__ = ["bruno", "office"]


def form(**changes):
    return {
        "name": "Hospital General",
        "short_name": "",
        "type": "public",
        "sector": "health",
        "country": country("MX").pk,
        "division": "",
        "parent": "",
        **changes,
    }


def test_one_is_written_down_with_its_stages_of_the_route(office):
    office.post(reverse("instituciones:add"), form(route_stages=["transit", "return"]))
    made = Institution.objects.get()
    assert (made.name, made.route_stages) == ("Hospital General", ["transit", "return"])
    assert "Hospital General" in office.get(reverse("instituciones:index")).content.decode()


def test_an_unknown_stage_is_refused(office):
    assert office.post(reverse("instituciones:add"), form(route_stages=["moon"])).status_code == 200
    assert not Institution.objects.exists()


def test_a_division_of_another_country_is_refused(office):
    abroad = Division.objects.create(code="GT-01", country=country("GT"), name="Guatemala")
    assert office.post(reverse("instituciones:add"), form(division=abroad.pk)).status_code == 200
    assert not Institution.objects.exists()


def test_a_unit_does_not_stand_above_its_parent(office):
    above = Institution.objects.create(name="Secretaría", type="public", country=country())
    unit = Institution.objects.create(name="Hospital", type="public", country=country(), parent=above)
    office.post(reverse("instituciones:edit", args=[above.pk]), form(name="Secretaría", parent=unit.pk))
    above.refresh_from_db()
    assert above.parent is None


def test_one_that_others_name_stays_and_the_reader_is_told(office):
    above = Institution.objects.create(name="Secretaría", type="public", country=country())
    Institution.objects.create(name="Hospital", type="public", country=country(), parent=above)
    answer = office.post(reverse("instituciones:delete", args=[above.pk]), follow=True)
    assert answer.status_code == 200
    assert Institution.objects.filter(pk=above.pk).exists()


def test_somebody_without_the_right_is_led_away(db):
    for user in (UserFactory(is_staff=True), person("Dalia")):
        assert log_in(user).get(reverse("instituciones:index")).status_code == 302
        assert log_in(user).post(reverse("instituciones:add"), form()).status_code == 302
    assert not Institution.objects.exists()


def place(name, code="MX", **fields):
    return Institution.objects.create(**{"name": name, "type": "public", "country": country(code)} | fields)


def write_down(office, **changes):
    return office.post(reverse("instituciones:add"), form(**changes))


def change(office, row, **changes):
    said = form(**{"name": row.name, "country": row.country_id, "parent": row.parent_id or ""} | changes)
    answer = office.post(reverse("instituciones:edit", args=[row.pk]), said)
    row.refresh_from_db()
    return answer


def test_a_second_entry_in_other_letters_is_refused_in_the_same_country_alone(office):
    place("Hospital General de Núñez")
    for name in ("HOSPITAL general de Núñez", "hospital general de nunez"):
        assert "tiene ese nombre" in write_down(office, name=name).content.decode(), name
    assert Institution.objects.count() == 1
    country("GT")
    assert write_down(office, name="HOSPITAL general de Núñez", country="GT").status_code == 302
    assert write_down(office, name="Hospital General de Núñez Sur").status_code == 302


def test_its_own_letters_may_be_set_right_and_others_kept_as_they_are(office):
    row, twin = place("hospital general"), place("HOSPITAL GENERAL")
    assert change(office, twin, sector="justice").status_code == 302
    Institution.objects.filter(pk=twin.pk).update(name="Otro", folded_name="otro")
    assert change(office, row, name="Hospital General").status_code == 302
    assert row.name == "Hospital General"


def test_a_hospital_belongs_to_no_ministry_of_another_country(office):
    ministry = place("Ministerio de Salud", "GT")
    answer = write_down(office, parent=ministry.pk)
    assert "trabaja en otro país" in answer.content.decode()
    assert not Institution.objects.filter(parent=ministry).exists()
    unit = place("Hospital", "GT", parent=ministry)
    assert change(office, unit, country="MX").status_code == 200
    assert unit.country_id == "GT"


def test_a_consulate_belongs_to_the_ministry_of_its_own_state(office):
    ministry = place("Ministerio de Relaciones Exteriores", "GT", sector="foreign_affairs")
    write_down(office, name="Consulado en Tapachula", sector="foreign_affairs", parent=ministry.pk)
    assert Institution.objects.get(name="Consulado en Tapachula").parent == ministry


def test_a_ministry_does_not_leave_its_units_behind(office):
    ministry = place("Ministerio de Salud", "GT")
    place("Hospital", "GT", parent=ministry)
    answer = change(office, ministry, country=country("MX").pk)
    assert "Sus unidades trabajan en otro país" in answer.content.decode()
    assert ministry.country_id == "GT"


def test_what_was_known_across_a_border_already_can_be_changed_otherwise(office):
    unit = place("Hospital", "GT", parent=place("Secretaría"))
    assert change(office, unit, short_name="HG").status_code == 200
    assert change(office, unit, sector="", short_name="HG", target_staff="").status_code == 200


def test_a_ministry_says_how_many_work_there_with_its_units(office):
    ministry = place("Ministerio de Salud")
    ward = place("Clínica", parent=place("Hospital", parent=ministry))
    both = works_at(person("Ana").person, ward).person
    works_at(both, ministry)
    works_at(person("Eva").person, ward)
    works_at(person("Luz").person, ward, state="refused", refusal="unknown")
    page = office.get(reverse("instituciones:inspect", args=[ministry.pk])).content.decode()
    said = re.sub(r"<[^>]+>|\s+", " ", page)
    assert re.search(r"Personas que trabajan allí\s+1 ", said)
    assert re.search(r"Con las de sus unidades\s+2 ", said)
    unit = office.get(reverse("instituciones:inspect", args=[ward.pk])).content.decode()
    assert "Con las de sus unidades" not in unit
