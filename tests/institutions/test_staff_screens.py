"""Can staff keep institutions, and do records that name one stay?"""

from django.urls import reverse

from institutions.models import Institution
from programme.models import Division
from tests.courses.cast import bruno, log_in, office, person
from tests.factories.accounts import UserFactory, country

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
