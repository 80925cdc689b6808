"""What Bruno says of single lines: that one is no person, is left out, is somebody of the group; and it is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from accounts.models import Person, User
from imports.models import Import, StagedRow, Verdict
from imports.queries import screen
from imports.undoing import undo_import
from learning.models import Enrolment
from tests.factories.learning import enrol
from tests.imports.sheets import answers, brought, csv_of
from tests.imports.test_pages import ROSA, bring, mapped, to

pytestmark = pytest.mark.django_db
FULL = (
    "Rosa Pérez Tun;mujer;rosa@example.org;;Hospital de Amina;MX",
    "Luis Ovando Cruz;hombre;luis@example.org;;Hospital de Amina;MX",
    "Eva Roblero Paz;mujer;eva@example.org;;Hospital de Amina;MX",
)


@pytest.mark.parametrize("lone", ["Chiapas;;;;;", "Beatriz Solís;;;;;", "Chiapas", " Sala de juntas ;;;;;"])
def test_a_lone_name_among_full_lines_is_asked_about(tmp_path: Path, cohort: Any, lone: str) -> None:
    sheet = csv_of(tmp_path, *FULL, lone)
    report = brought(sheet, cohort=cohort.code, apply=True)
    (asked,) = report["asked"]
    assert (asked["row"], asked["question"].partition(":")[0]) == (5, "alone")
    assert report["made"]["people"] == 3
    out = {"answers": answers(report, lambda note: "skip")}
    again = brought(sheet, cohort=cohort.code, mapping=out, apply=True)
    assert (again["asked"], again["made"]["people"]) == ([], 0)
    assert [left["row"] for left in again["left_out"]] == [5]
    person = {"answers": answers(report, lambda note: "person")}
    third = brought(sheet, cohort=cohort.code, mapping=person, apply=True)
    assert (third["asked"], third["made"]["people"]) == ([], 1)


def test_in_a_list_of_names_alone_nobody_is_asked_about(tmp_path: Path, cohort: Any) -> None:
    rows = ("1;Rosa Pérez Tun;", "2;Luis Ovando Cruz;", "3;Eva Roblero Paz;")
    report = brought(csv_of(tmp_path, *rows, head="No.;Nombre completo;Firma\n"), cohort=cohort.code)
    assert (report["asked"], report["accepted"]) == ([], 3)


def test_whoever_is_on_the_roll_by_a_short_name_is_no_second_person_without_a_word(
    tmp_path: Path, cohort: Any, amina: Any
) -> None:
    Person.objects.filter(pk=amina.person.pk).update(certificate_name="", display_name="Casilda")
    enrol(amina.person, cohort.course, cohort=cohort)
    report = brought(csv_of(tmp_path, "Casilda Rosales Muñoz;mujer;;;;MX"), cohort=cohort.code)
    (asked,) = report["asked"]
    assert str(amina.person.key) in [key for key, _words in asked["choices"]]


def test_the_line_of_whoever_brings_the_sheet_is_asked_about(
    bruno: Any, cohort: Any, django_capture_on_commit_callbacks: Any
) -> None:
    Person.objects.filter(pk=bruno.person.pk).update(certificate_name="", display_name="Bruno")
    bring(bruno, cohort, "Bruno Díaz Mota;hombre;;;;MX\n")
    batch = Import.objects.get()
    mapped(bruno, batch, django_capture_on_commit_callbacks)
    page = bruno.client.get(to("show", batch)).content.decode()
    assert "Bruno, que ya está aquí" in page


def test_a_line_is_left_out_and_taken_again_on_the_page(
    bruno: Any, cohort: Any, django_capture_on_commit_callbacks: Any
) -> None:
    bring(bruno, cohort, ROSA, "Turno;mujer;turno@example.org;;;MX\n")
    batch = Import.objects.get()
    mapped(bruno, batch, django_capture_on_commit_callbacks)

    def leave(*out: str) -> list[str]:
        lines = screen(Import.objects.get(), "").lines
        shown = [line.token for line in lines if line.token]
        tokens = [line.token for line in lines if any(word in line.text for word in out)]
        with django_capture_on_commit_callbacks(execute=True):
            bruno.client.post(to("leave_out", batch), {"shown": shown, "out": tokens})
        return list(StagedRow.objects.order_by("pk").values_list("verdict", flat=True))

    assert leave("Rosa") == [Verdict.LEFT_OUT, Verdict.REFUSED]
    page = bruno.client.get(to("show", batch)).content.decode()
    assert "La dejaste fuera" in page
    assert leave() == [Verdict.ACCEPTED, Verdict.REFUSED]
    assert leave("Rosa") == [Verdict.LEFT_OUT, Verdict.REFUSED]
    with django_capture_on_commit_callbacks(execute=True):
        bruno.client.post(to("apply", batch), {"of_age": "on"})
    assert not Enrolment.objects.filter(cohort=cohort).exists()


def test_what_was_answered_on_the_page_is_not_asked_of_the_same_file_again(
    bruno: Any, cohort: Any, hospital: Any, django_capture_on_commit_callbacks: Any
) -> None:
    lines = (ROSA.replace("mujer", "M"), ROSA.replace("mujer", "H").replace("osa", "ita"))
    for again in (False, True):
        bring(bruno, cohort, *lines)
        batch = Import.objects.latest("made_at")
        mapped(bruno, batch, django_capture_on_commit_callbacks)
        page = bruno.client.get(to("show", batch)).content.decode()
        assert ('name="q0"' in page) is not again
        if not again:
            data = {"q0": "woman", "q0-key": "values:sex:M", "q1": "man", "q1-key": "values:sex:H"}
            with django_capture_on_commit_callbacks(execute=True):
                bruno.client.post(to("answer", batch), data)
    assert "Preguntar todo otra vez" in page
    with django_capture_on_commit_callbacks(execute=True):
        bruno.client.post(to("ask_again", batch))
    assert 'name="q0"' in bruno.client.get(to("show", batch)).content.decode()


def test_answers_of_another_go_with_no_file(
    bruno: Any, elena: Any, cohort: Any, django_capture_on_commit_callbacks: Any
) -> None:
    bring(bruno, cohort, ROSA.replace("mujer", "M"))
    batch = Import.objects.get()
    Import.objects.update(mapping={"answers": {"values:sex:M": "man"}}, by=elena.person)
    bring(bruno, cohort, ROSA.replace("mujer", "M"))
    assert Import.objects.exclude(pk=batch.pk).get().mapping == {}


def test_who_stayed_when_an_import_was_undone_is_found_when_it_comes_again(
    tmp_path: Path, cohort: Any
) -> None:
    sheet = csv_of(tmp_path, "Walter de la Cruz Méndez;hombre;;;;MX")
    brought(sheet, cohort=cohort.code, apply=True)
    walter = User.objects.latest("pk")
    walter.set_password("una-senda-de-prueba")
    walter.save()
    undo_import(batch=Import.objects.get(), by=None)
    (line,) = screen(Import.objects.get(), "").lines
    assert line.becomes == (
        "La persona se queda: ya entró, su hoja se imprimió, o algo está anotado de ella.",
    )
    report = brought(sheet, cohort=cohort.code, apply=True)
    assert (report["made"]["people"], report["made"]["enrolments"]) == (0, 1)
    assert Enrolment.objects.get(cohort=cohort).person == walter.person
