"""The exact place of a shelter is on one screen, for those who coordinate, and nowhere else."""

from __future__ import annotations

import json
import logging
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import Disclosure, DutyKind, User
from home.starter.groups import STAFF, make_groups
from home.starter.records import Report
from institutions import merging, places
from institutions.models import Institution, ShelterPlace
from tests.courses.cast import log_in
from tests.factories.accounts import UserFactory
from tests.factories.learning import institution, works_at
from tests.institutions.holders import with_duty

MARK = "Callejón de la Garza 7731"
LATITUDE = Decimal("14.90773")


@pytest.fixture
def shelter(db: Any) -> Institution:
    made = institution("Casa de Paso", code="GT", is_shelter=True, municipality="Malacatán")
    places.save_place(institution=made, place=places.Place(MARK, LATITUDE, Decimal("-92.1")), by=None)
    return made


def staff() -> User:
    make_groups(Report())
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=STAFF))
    return user


def url(name: str, shelter: Institution) -> str:
    return reverse(f"instituciones:{name}", args=[shelter.pk])


def told(answer: Any) -> bool:
    text = answer.content.decode("utf-8", "replace")
    return any(mark in text for mark in (MARK, "7731", str(LATITUDE), "14,90773"))


def test_a_coordinator_reads_and_changes_it_and_each_look_is_kept(shelter: Institution) -> None:
    user = with_duty(DutyKind.COORDINATOR)
    browser = log_in(user)
    page = browser.get(url("place", shelter))
    assert told(page)
    assert page.headers["Cache-Control"].startswith("no-store, private")
    kept = Disclosure.objects.get()
    assert (kept.by, kept.what, kept.institution_id) == (user.person, "shelter_place", shelter.pk)
    said = {"address": "Otra", "latitude": "1.5", "longitude": "2.5"}
    assert browser.post(url("place", shelter), said).status_code == 302
    row = ShelterPlace.objects.get()
    assert (row.address, row.latitude, row.updated_by) == ("Otra", Decimal("1.5"), user.person)
    assert (
        browser.post(url("place", shelter), {"address": "", "latitude": "", "longitude": ""}).status_code
        == 302
    )
    assert not ShelterPlace.objects.exists()


@pytest.mark.parametrize("said", [{"latitude": "91", "longitude": "0"}, {"latitude": "1", "longitude": ""}])
def test_what_cannot_be_a_place_is_refused(shelter: Institution, said: dict[str, str]) -> None:
    browser = log_in(with_duty(DutyKind.COORDINATOR))
    assert browser.post(url("place", shelter), {"address": "", **said}).status_code == 422
    assert ShelterPlace.objects.get().address == MARK


def test_nobody_else_meets_the_page_not_even_the_administrator(shelter: Institution) -> None:
    house = institution("Sin albergue", code="GT")
    assert log_in(with_duty(DutyKind.COORDINATOR)).get(url("place", house)).status_code == 404
    others = [
        with_duty(DutyKind.COORDINATOR, "MX"),
        with_duty(DutyKind.MONITOR),
        with_duty(DutyKind.AUDITOR),
        staff(),
        UserFactory(is_staff=True, is_superuser=True),
    ]
    for user in others:
        answer = log_in(user).get(url("place", shelter))
        assert answer.status_code == 404
        assert not told(answer)
    focal = UserFactory()
    works_at(focal.person, shelter, role="focal_point")
    for browser in (Client(), log_in(focal)):
        assert not told(browser.get(url("place", shelter), follow=True))
    assert not Disclosure.objects.exists()


def test_no_screen_of_the_admin_shows_it_to_anybody(shelter: Institution) -> None:
    twin = institution("Casa, otra vez", code="GT", is_shelter=True)
    row = merging.merge(duplicate=twin, into=shelter, by=None)
    screens = [
        *(
            url(name, shelter)
            for name in ("inspect", "edit", "history", "usage", "delete", "rename", "merge")
        ),
        url("merge", shelter) + f"?con={twin.pk}",
        reverse("instituciones:unmerge", args=[shelter.pk, row.pk]),
        reverse("instituciones:index"),
        reverse("instituciones:index") + "?q=garza",
        reverse("wagtailadmin_reports:site_history"),
    ]
    users = [
        with_duty(DutyKind.COORDINATOR),
        with_duty(DutyKind.AUDITOR),
        staff(),
        UserFactory(is_superuser=True, is_staff=True),
    ]
    for user in users:
        browser = log_in(user)
        for screen in screens:
            assert not told(browser.get(screen)), screen


def test_it_stands_in_no_other_table_after_it_was_changed_on_its_screen(shelter: Institution) -> None:
    browser = log_in(with_duty(DutyKind.COORDINATOR))
    browser.post(url("place", shelter), {"address": f"{MARK}, puerta 2", "latitude": "", "longitude": ""})
    browser.post(url("rename", shelter), {"name": "Casa Nueva", "on": "2020-01-01"})
    for model in apps.get_models():
        if model is ShelterPlace or not model._meta.managed:
            continue
        rows = json.dumps([list(map(str, row)) for row in model._default_manager.values_list()])
        assert "7731" not in rows, model


def test_it_stands_in_no_log_no_search_and_no_data_of_a_person(
    shelter: Institution, caplog: Any, settings: Any
) -> None:
    user = with_duty(DutyKind.COORDINATOR)
    browser = log_in(user)
    with caplog.at_level(logging.DEBUG):
        browser.get(url("place", shelter))
        browser.post(
            url("place", shelter), {"address": f"{MARK}, puerta 2", "latitude": "91", "longitude": ""}
        )
    ours = [record for record in caplog.records if not record.name.startswith("django.db")]
    assert not any("7731" in record.getMessage() for record in ours)
    works_at(user.person, shelter)
    for address in (
        "/buscar/?q=garza",
        "/buscar/?q=callejon",
        "/cuenta/mis-datos/descargar/",
        "/cuenta/perfil/",
    ):
        assert not told(browser.get(address)), address


def test_an_error_report_says_nothing_of_it(shelter: Institution, monkeypatch: Any, rf: Any) -> None:
    from django.views.debug import ExceptionReporter

    def broken(**_said: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("institutions.staff.acts.places.save_place", broken)
    browser = log_in(with_duty(DutyKind.COORDINATOR))
    browser.raise_request_exception = True
    try:
        browser.post(url("place", shelter), {"address": f"{MARK}, 2", "latitude": "", "longitude": ""})
    except RuntimeError as error:
        report = ExceptionReporter(None, type(error), error, error.__traceback__)
        frames = [
            value for frame in report.get_traceback_data()["frames"] for name, value in frame.get("vars", [])
            if frame["filename"].endswith(("institutions/staff/acts.py", "institutions/places.py"))
        ]  # fmt: skip
        assert frames
        assert "7731" not in str(frames)
    else:
        pytest.fail("nothing broke")


def test_neither_its_name_nor_its_repr_nor_the_public_place_tells_it(shelter: Institution) -> None:
    row = ShelterPlace.objects.get()
    assert "7731" not in f"{row} {row!r} {places.place_of(shelter)!r} {shelter.public_place}"
    assert shelter.public_place == "Guatemala"
    assert "Malacatán" not in shelter.public_place
    open_house = institution("Hospital", municipality="Tapachula")
    assert open_house.public_place == "Tapachula, México"


def test_the_search_index_and_the_reference_index_do_not_know_it(shelter: Institution) -> None:
    from wagtail.models import ReferenceIndex

    assert not ReferenceIndex.model_is_indexable(ShelterPlace)
    assert not hasattr(ShelterPlace, "search_fields")
    call_command("rebuild_references_index", stdout=StringIO())
    assert not ReferenceIndex.objects.filter(base_content_type__model="shelterplace").exists()


def test_where_nobody_stays_any_more_its_place_can_still_be_taken_off(shelter: Institution) -> None:
    Institution.objects.filter(pk=shelter.pk).update(is_shelter=False)
    browser = log_in(with_duty(DutyKind.COORDINATOR))
    assert url("place", shelter) in browser.get(url("inspect", shelter)).content.decode()
    assert told(browser.get(url("place", shelter)))
    browser.post(url("place", shelter), {"address": "", "latitude": "", "longitude": ""})
    assert not ShelterPlace.objects.exists()
    assert browser.get(url("place", shelter)).status_code == 404
