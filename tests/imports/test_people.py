"""A coordinator brings a ministry's list of people: each line is answered, nobody is lost, doubled or overwritten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from accounts.models import Person, User
from imports.models import Import, ImportState
from institutions.models import Membership
from learning.models import Enrolment, EnrolmentWay
from tests.imports.sheets import answers, brought, csv_of

pytestmark = pytest.mark.django_db

ROSA = "Rosa Pérez Tun;mujer;rosa@example.org;;Hospital de Amina;MX"
JULIO = "Julio Caal Xol;hombre;;;Hospital de Amina;MX"


def test_a_dry_run_changes_nothing(tmp_path: Path, hospital: Any) -> None:
    before = Person.objects.count(), User.objects.count(), Membership.objects.count()
    report = brought(csv_of(tmp_path, ROSA, JULIO))
    assert (report["rows"], report["accepted"], report["refused"], report["asked"]) == (2, 2, [], [])
    assert not report["applied"]
    assert (Person.objects.count(), User.objects.count(), Membership.objects.count()) == before


def test_people_are_made_with_a_code_and_no_secret(tmp_path: Path, hospital: Any, capsys: Any) -> None:
    report = brought(csv_of(tmp_path, ROSA, JULIO), apply=True)
    assert report["applied"]
    rosa = User.objects.get(email="rosa@example.org")
    assert (rosa.person.certificate_name, rosa.person.sex) == ("Rosa Pérez Tun", "woman")
    assert rosa.person.canonical_id == rosa.person_id
    assert not rosa.has_usable_password()
    assert Membership.objects.get(person=rosa.person).institution == hospital
    assert Person.objects.named("julio caal").count() == 1
    said = capsys.readouterr()
    assert "Rosa" not in said.out + said.err
    assert rosa.username not in said.out + said.err


def test_the_same_sheet_again_has_no_effect_and_asks_nothing(tmp_path: Path, hospital: Any) -> None:
    sheet = csv_of(tmp_path, ROSA, JULIO)
    brought(sheet, apply=True)
    before = Person.objects.count(), User.objects.count(), Membership.objects.count()
    again = brought(sheet, apply=True)
    assert (again["rows"], again["unchanged"], again["asked"], again["refused"]) == (2, 2, [], [])
    assert (Person.objects.count(), User.objects.count(), Membership.objects.count()) == before


def test_somebody_who_is_here_is_found_by_her_mail_and_enrolled(
    tmp_path: Path, cohort: Any, amina: Any
) -> None:
    people = Person.objects.count()
    report = brought(csv_of(tmp_path, "Amina;;AMINA@senda.example;;;"), cohort=cohort.code, apply=True)
    assert report["accepted"] == 1
    row = Enrolment.objects.get(person=amina.person, cohort=cohort)
    assert row.way == EnrolmentWay.IMPORT
    assert Person.objects.count() == people


def test_another_name_with_her_mail_is_asked_about(tmp_path: Path, amina: Any) -> None:
    sheet = csv_of(tmp_path, "Pedro Ruiz Gómez;hombre;amina@senda.example;;;MX")
    report = brought(sheet)
    (asked,) = report["asked"]
    assert asked["row"] == 2
    assert {key for key, _words in asked["choices"]} == {str(amina.person.key), "new"}
    said = brought(sheet, mapping={"answers": answers(report, lambda note: "new")}, apply=True)
    assert said["asked"] == []
    assert User.objects.get(email="amina@senda.example").person_id == amina.person.pk
    assert Person.objects.named("pedro ruiz").count() == 1


def test_a_name_that_is_like_one_of_the_place_is_never_taken_silently(tmp_path: Path, hospital: Any) -> None:
    brought(csv_of(tmp_path, "Rosa Pérez Tun;mujer;;;Hospital de Amina;MX"), apply=True)
    sheet = csv_of(tmp_path, "PEREZ TUN ROSA;mujer;rosa@example.org;;Hospital de Amina;MX", name="otra.csv")
    report = brought(sheet, apply=True)
    assert len(report["asked"]) == 1
    assert len(report["merges_proposed"]) == 1
    assert Person.objects.named("rosa perez").count() == 1
    key = str(Person.objects.named("rosa perez").get().key)
    said = brought(sheet, mapping={"answers": answers(report, lambda note: key)}, apply=True)
    assert (said["asked"], Person.objects.named("rosa perez").count()) == ([], 1)


def test_what_is_kept_is_not_overwritten_without_a_word(tmp_path: Path, hospital: Any) -> None:
    brought(csv_of(tmp_path, ROSA), apply=True)
    sheet = csv_of(tmp_path, ROSA.replace("mujer", "hombre"), name="otra.csv")
    report = brought(sheet, apply=True)
    assert [note["column"] for note in report["asked"]] == ["B"]
    rosa = Person.objects.get(user__email="rosa@example.org")
    assert rosa.sex == "woman"
    brought(sheet, mapping={"answers": answers(report, lambda note: "take")}, apply=True)
    rosa.refresh_from_db()
    assert rosa.sex == "man"


def test_an_institution_that_nobody_knows_is_asked_about_once_and_never_made(
    tmp_path: Path, hospital: Any
) -> None:
    sheet = csv_of(
        tmp_path,
        "Ana Gil Paz;;ana@example.org;;Clinica Nueva;MX",
        "Luz Mar Sol;;luz@example.org;;Clinica Nueva;MX",
    )
    report = brought(sheet, apply=True)
    assert len({note["question"] for note in report["asked"]}) == 1
    said = brought(sheet, mapping={"answers": answers(report, lambda note: "skip")}, apply=True)
    assert (said["asked"], said["accepted"]) == ([], 2)


def test_without_a_country_the_line_is_refused_with_the_remedy(tmp_path: Path, db: Any) -> None:
    report = brought(csv_of(tmp_path, "Ana Gil Paz;mujer;ana@example.org;;;"), apply=True)
    (refused,) = report["refused"]
    assert refused["row"] == 2
    assert refused["remedy"]
    assert not User.objects.filter(email="ana@example.org").exists()
    said = brought(
        csv_of(tmp_path, "Ana Gil Paz;mujer;ana@example.org;;;"), mapping={"defaults": {"country": "MX"}}
    )
    assert said["accepted"] == 1


def test_two_lines_with_one_mail_are_one_person(tmp_path: Path, hospital: Any) -> None:
    brought(csv_of(tmp_path, ROSA, ROSA, ROSA.upper()), apply=True)
    assert Person.objects.named("rosa perez").count() == 1


def test_two_lines_that_nothing_tells_apart_are_asked_about_the_second_time_too(
    tmp_path: Path, hospital: Any
) -> None:
    sheet = csv_of(tmp_path, "Rosa Pérez Tun;;;;;MX", "Rosa Pérez Tun;;;;;MX")
    for _time in range(2):
        assert [note["row"] for note in brought(sheet, apply=True)["asked"]] == [3]
        assert Person.objects.named("rosa perez").count() == 1


def test_who_left_the_group_is_not_enrolled_again_by_a_sheet(tmp_path: Path, cohort: Any, amina: Any) -> None:
    sheet = csv_of(tmp_path, "Amina;;amina@senda.example;;;")
    brought(sheet, cohort=cohort.code, apply=True)
    Enrolment.objects.filter(person=amina.person).update(state="withdrawn")
    report = brought(sheet, cohort=cohort.code, apply=True)
    assert len(report["asked"]) == 1
    assert Enrolment.objects.get(person=amina.person).state == "withdrawn"


def test_the_state_says_how_far_it_is(tmp_path: Path, hospital: Any) -> None:
    brought(csv_of(tmp_path, ROSA), apply=True)
    assert Import.objects.get().state == ImportState.APPLIED
