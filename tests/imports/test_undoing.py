"""An import is undone as one: what nobody used goes, what got new work stays and is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from accounts.listed import give_first_pins
from accounts.models import Person, User
from imports.models import Import, ImportState
from imports.undoing import undo_import
from institutions.models import Membership
from learning.models import Enrolment
from tests.factories.learning import do
from tests.imports.sheets import brought, csv_of

pytestmark = pytest.mark.django_db
ROSA = "Rosa Pérez Tun;mujer;rosa@example.org;;Hospital de Amina;MX"
JULIO = "Julio Caal Xol;hombre;julio@example.org;;Hospital de Amina;MX"


@pytest.fixture
def applied(tmp_path: Path, cohort: Any, amina: Any) -> Import:
    amina_too = "Amina;;amina@senda.example;;;"
    report = brought(csv_of(tmp_path, ROSA, JULIO, amina_too), cohort=cohort.code, apply=True)
    assert report["accepted"] == 3
    return Import.objects.get()


def test_what_nobody_used_goes(applied: Import, amina: Any) -> None:
    undo_import(batch=applied, by=None)
    assert not User.objects.filter(email__in=["rosa@example.org", "julio@example.org"]).exists()
    assert not Person.objects.named("rosa perez").exists()
    assert not Enrolment.objects.exists()
    assert Person.objects.filter(pk=amina.person.pk).exists()
    assert Membership.objects.filter(person=amina.person).count() == 1
    applied.refresh_from_db()
    assert applied.state == ImportState.UNDONE


def test_who_has_worked_since_keeps_all_and_it_is_told(applied: Import, course: Any) -> None:
    rosa = Enrolment.objects.get(person__user__email="rosa@example.org")
    do(rosa, course.lessons[0].translation_key)
    undo_import(batch=applied, by=None)
    assert Enrolment.objects.filter(pk=rosa.pk).exists()
    assert User.objects.filter(email="rosa@example.org").exists()
    row = applied.rows.get(number=2)
    assert {row.undone["enrolment"], row.undone["person"]} == {"used"}


def test_a_slip_that_was_handed_over_still_opens_its_account(applied: Import) -> None:
    rosa = User.objects.get(email="rosa@example.org")
    ((made, pin),) = give_first_pins(users=[rosa])
    undo_import(batch=applied, by=None)
    assert User.objects.get(pk=made.pk).check_password(pin)


def test_a_person_is_printed_once(applied: Import) -> None:
    rosa = User.objects.get(email="rosa@example.org")
    assert len(give_first_pins(users=[rosa])) == 1
    assert give_first_pins(users=[rosa]) == []


def test_undone_and_brought_again_it_makes_them_anew_and_once(
    tmp_path: Path, applied: Import, cohort: Any
) -> None:
    undo_import(batch=applied, by=None)
    brought(csv_of(tmp_path, ROSA, JULIO, name="otra.csv"), cohort=cohort.code, apply=True)
    assert Person.objects.named("rosa perez").count() == 1
    assert Enrolment.objects.filter(cohort=cohort).count() == 2
