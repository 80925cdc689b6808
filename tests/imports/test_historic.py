"""Trainings of before are kept as what they were: no completion, no certificate, no course of today."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from certificates.models import Certificate
from imports.models import Import, PastParticipation, PastTraining
from imports.undoing import undo_import
from learning.models import Completion, Enrolment
from tests.imports.sheets import answers, brought, csv_of

pytestmark = pytest.mark.django_db
HEAD = "Nombre completo;Correo;País;Curso;Fecha;Horas;Calificación\n"
LINE = "Rosa Pérez Tun;rosa@example.org;México;Primeros Auxilios Psicológicos;2019-05-24;8;85"


def test_they_complete_nothing_and_give_no_certificate(tmp_path: Path, hospital: Any) -> None:
    other = LINE.replace("2019-05-24", "2020-06-01")
    report = brought(csv_of(tmp_path, LINE, other, head=HEAD), kind="historic", apply=True)
    assert (report["asked"], report["refused"]) == ([], [])
    assert [str(row.mark) for row in PastParticipation.objects.all()] == ["85.00", "85.00"]
    assert {row.person_id for row in PastParticipation.objects.all()} == {
        PastParticipation.objects.first().person_id
    }
    assert PastTraining.objects.count() == 2
    assert not any(model.objects.exists() for model in (Enrolment, Completion, Certificate))


def test_again_it_has_no_effect_and_another_mark_is_asked_about(tmp_path: Path, hospital: Any) -> None:
    brought(csv_of(tmp_path, LINE, head=HEAD), kind="historic", apply=True)
    assert brought(csv_of(tmp_path, LINE, head=HEAD), kind="historic", apply=True)["unchanged"] == 1
    sheet = csv_of(tmp_path, LINE.replace(";85", ";90"), head=HEAD)
    report = brought(sheet, kind="historic", apply=True)
    assert len(report["asked"]) == 1
    brought(sheet, kind="historic", mapping={"answers": answers(report, lambda note: "take")}, apply=True)
    assert str(PastParticipation.objects.get().mark) == "90.00"


def test_a_line_that_stands_twice_is_one_training_before_and_after(tmp_path: Path, hospital: Any) -> None:
    sheet = csv_of(tmp_path, LINE, LINE, head=HEAD)
    foreseen = brought(sheet, kind="historic")
    assert (foreseen["accepted"], foreseen["unchanged"], foreseen["made"]["trainings"]) == (2, 1, 1)
    assert brought(sheet, kind="historic", apply=True)["made"]["trainings"] == 1
    assert PastParticipation.objects.count() == 1


@pytest.mark.parametrize("mark", ["-5", "120", "120 %"])
def test_a_mark_that_is_none_is_refused_at_its_place(tmp_path: Path, hospital: Any, mark: str) -> None:
    report = brought(
        csv_of(tmp_path, LINE.replace(";85", f";{mark}"), head=HEAD), kind="historic", apply=True
    )
    (refused,) = report["refused"]
    assert (refused["row"], refused["column"]) == (2, "G")
    assert not PastParticipation.objects.exists()


def test_undone_it_is_withdrawn_and_brought_again_it_stands_again(tmp_path: Path, hospital: Any) -> None:
    brought(csv_of(tmp_path, LINE, head=HEAD), kind="historic", apply=True)
    undo_import(batch=Import.objects.get(), by=None)
    assert PastParticipation.objects.get().withdrawn_at
    brought(csv_of(tmp_path, LINE, head=HEAD), kind="historic", apply=True)
    assert PastParticipation.objects.filter(withdrawn_at=None).count() == 1
