"""Trainings of before are kept as what they were: no completion, no certificate, no course of today."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from certificates.models import Certificate
from imports.models import Import, PastParticipation, PastTraining
from imports.undoing import undo_import
from learning.former import former_trainings
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


def test_she_reads_it_in_her_record_and_staff_in_the_persons(
    tmp_path: Path, hospital: Any, elena: Any
) -> None:
    sheet = csv_of(
        tmp_path, LINE, LINE.replace("2019-05-24", "2020-06-01").replace(";8;85", ";20;"), head=HEAD
    )
    brought(sheet, kind="historic", apply=True)
    person = PastParticipation.objects.first().person
    browser = Client()
    browser.force_login(person.user)
    hers = browser.get(reverse("learning:record")).content.decode()
    assert hers.count("Primeros Auxilios Psicológicos") == 2
    assert "20 h" in hers
    assert "85 %" in hers
    elena.user.user_permissions.add(
        *Permission.objects.filter(codename__in=["access_admin", "view_person", "change_membership"])
    )
    told = elena.client.get(reverse("personas:inspect", args=[person.pk])).content.decode()
    assert "Capacitaciones antes de Senda" in told
    # What she scored is not for the page of staff.
    assert "85 %" not in told
    undo_import(batch=Import.objects.get(), by=None)
    assert "Primeros Auxilios" not in browser.get(reverse("learning:record")).content.decode()


def test_two_records_of_one_person_tell_a_training_once(tmp_path: Path, hospital: Any, amina: Any) -> None:
    brought(csv_of(tmp_path, LINE, head=HEAD), kind="historic", apply=True)
    row = PastParticipation.objects.get()
    other = Person.objects.create(certificate_name="Rosa Pérez", country=amina.person.country)
    PastParticipation.objects.create(training=row.training, person=other, recorded_at=row.recorded_at)
    Person.objects.filter(pk=other.pk).update(canonical=row.person_id)
    assert len(former_trainings(row.person)) == 1
