"""Staff rename, merge, say who took over, assign units; coordinators of one country find nothing of another's."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from home.starter.groups import STAFF, make_groups
from home.starter.records import Report
from institutions import counterparts, merging
from institutions.models import Institution, InstitutionMerge, MembershipRole
from tests.courses.cast import log_in, person
from tests.factories.accounts import UserFactory
from tests.factories.learning import institution, works_at
from tests.institutions.holders import with_duty


@pytest.fixture
def elena(db: Any) -> Client:
    """Elena's browser, of the programme's staff."""
    make_groups(Report())
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=STAFF))
    return log_in(user)


def url(name: str, *args: Any) -> str:
    return reverse(f"instituciones:{name}", args=args)


def text(answer: Any) -> str:
    return answer.content.decode()


def test_a_hospital_is_renamed_and_found_by_both_names(elena: Client) -> None:
    hospital = institution("Hospital Ñandú")
    answer = elena.post(
        url("rename", hospital.pk), {"name": "Hospital Sol", "short_name": "", "on": "2020-01-01"}
    )
    assert answer.status_code == 302
    page = text(elena.get(url("inspect", hospital.pk)))
    assert "Hospital Sol" in page
    assert "Hospital Ñandú" in page
    found = text(elena.get(url("index"), {"q": "nandu"}))
    assert "Hospital Sol" in found


@pytest.mark.parametrize(
    ("screen", "said"),
    [
        ("rename", {"name": "Hospital", "on": "2020-01-01"}),
        ("former_name", {"name": "A", "starts_on": "2020-02-01", "ends_on": "2020-01-01"}),
        ("former_name", {"name": "A", "ends_on": "2100-01-01"}),
    ],
)
def test_a_refusal_is_said_in_words_and_changes_nothing(
    elena: Client, screen: str, said: dict[str, str]
) -> None:
    hospital = institution("Hospital")
    answer = elena.post(url(screen, hospital.pk), said)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    hospital.refresh_from_db()
    assert (hospital.name, hospital.names.count()) == ("Hospital", 0)


def test_a_former_name_is_written_down_and_taken_back(elena: Client) -> None:
    hospital = institution("Hospital")
    elena.post(url("former_name", hospital.pk), {"name": "Clínica", "ends_on": "2001-01-01"})
    row = hospital.names.get()
    assert row.recorded_by is not None
    other = institution("Otro")
    assert elena.post(url("forget_name", other.pk, row.pk)).status_code == 404
    elena.post(url("forget_name", hospital.pk, row.pk))
    assert not hospital.names.exists()


def test_two_entries_are_searched_compared_merged_and_parted(elena: Client) -> None:
    one, other = institution("Hosp. El Árbol"), institution("Hospital El Árbol")
    works_at(UserFactory().person, one)
    found = text(elena.get(url("merge", one.pk), {"q": "arbol"}))
    assert f"?con={other.pk}" in found
    assert f"?con={one.pk}" not in found
    address = url("merge", one.pk) + f"?con={other.pk}"
    assert "Hosp. El Árbol" in text(elena.get(address))
    assert elena.post(address, {}).status_code == 422
    assert not InstitutionMerge.objects.exists()
    assert elena.post(address, {"reason": "La misma"}).status_code == 302
    row = InstitutionMerge.objects.get()
    assert (row.merged_by is None, row.reason) == (False, "La misma")
    page = elena.get(url("inspect", other.pk))
    assert page.context["screen"].members == 1
    undo = url("unmerge", other.pk, row.pk)
    assert elena.get(undo).status_code == 200
    assert elena.post(undo, {"reason": "Son dos"}).status_code == 302
    assert Institution.objects.standing().count() == 2
    assert elena.post(undo, {"reason": "Otra vez"}).status_code == 422


def test_a_successor_is_written_down_and_both_pages_lead_to_each_other(elena: Client) -> None:
    conna, conapina = institution("CONNA", code="SV"), institution("CONAPINA", code="SV")
    address = url("successor", conna.pk) + f"?con={conapina.pk}"
    assert elena.post(address, {"ends_on": "2022-12-31"}).status_code == 302
    assert "CONAPINA" in text(elena.get(url("inspect", conna.pk)))
    assert "CONNA" in text(elena.get(url("inspect", conapina.pk)))
    back = url("successor", conapina.pk) + f"?con={conna.pk}"
    assert elena.post(back, {"ends_on": "2023-12-31"}).status_code == 422


def test_units_are_assigned_to_a_focal_point(elena: Client) -> None:
    ministry, unit, alien = institution("Secretaría"), institution("Hospital"), institution("Otro")
    counterparts.place_under(institution=unit, parent=ministry)
    chipo = works_at(
        UserFactory(person__display_name="Chipo").person, ministry, role=MembershipRole.FOCAL_POINT
    )
    address = url("units", ministry.pk, chipo.pk)
    assert "Otro" not in text(elena.get(address))
    assert elena.post(address, {"units": [alien.pk]}).status_code == 422
    assert elena.post(address, {"units": [unit.pk]}).status_code == 302
    assert counterparts.units_assigned(chipo) == {ministry.pk, unit.pk}
    assert elena.get(url("units", unit.pk, chipo.pk)).status_code == 404


def test_a_coordinator_of_guatemala_finds_nothing_of_mexico(db: Any) -> None:
    carla = log_in(with_duty())
    here, there = institution("De aquí", code="GT"), institution("De allá")
    twin = institution("De allá, otra vez")
    row = merging.merge(duplicate=twin, into=there, by=None)
    for screen in ("inspect", "edit", "rename", "former_name", "successor", "merge"):
        assert carla.get(url(screen, here.pk)).status_code == 200, screen
        assert carla.get(url(screen, there.pk)).status_code == 404, screen
    assert carla.get(url("unmerge", there.pk, row.pk)).status_code == 404
    assert carla.get(url("merge", here.pk), {"con": there.pk}).status_code == 404
    assert "De allá" not in text(carla.get(url("merge", here.pk), {"q": "alla"}))
    assert "De allá" not in text(carla.get(url("edit", here.pk)))
    assert "De allá" not in text(carla.get(url("index")))


def test_who_has_no_right_meets_no_page(db: Any) -> None:
    hospital = institution("Hospital")
    for user in (UserFactory(is_staff=True), person("Dalia")):
        browser = log_in(user)
        for screen in ("rename", "former_name", "successor", "merge", "place"):
            for answer in (browser.get(url(screen, hospital.pk)), browser.post(url(screen, hospital.pk))):
                assert answer.status_code in {302, 404}
                assert "/instituciones/" not in answer.headers.get("Location", "").split("?")[0]


def test_the_page_of_a_ministry_asks_as_often_with_thirty_units_as_with_two(
    elena: Client, django_assert_max_num_queries: Any
) -> None:
    ministry = institution("Secretaría")
    for number in range(30):
        institution(f"Hospital {number}", parent=ministry)
    elena.get(url("inspect", ministry.pk))
    with django_assert_max_num_queries(45):
        page = elena.get(url("inspect", ministry.pk))
    assert len(page.context["screen"].units) == 30
