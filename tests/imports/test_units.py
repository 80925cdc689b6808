"""A ministry's list names the hospital beside the ministry, and ticks the sex in one of two columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from accounts.models import Person
from institutions.models import Membership
from tests.factories.accounts import country
from tests.factories.learning import institution
from tests.imports.sheets import answers, brought, csv_of

pytestmark = pytest.mark.django_db

HEAD = "Nombre completo;Correo;Institución;Unidad;País\n"
ROSA = "Rosa Pérez Tun;rosa@example.org;Ministerio de Prueba;Hospital de Cobán;GT"


@pytest.fixture
def ministry(db: Any) -> Any:
    return institution("Ministerio de Prueba", code="GT")


@pytest.fixture
def unit(ministry: Any) -> Any:
    return institution("Hospital de Cobán", code="GT", parent=ministry)


def works(email: str) -> list[str]:
    rows = Membership.objects.filter(person__user__email=email, ends_on__isnull=True)
    return [str(row.institution) for row in rows]


def test_who_works_in_a_unit_of_the_list_is_written_down_there(tmp_path: Path, unit: Any) -> None:
    report = brought(csv_of(tmp_path, ROSA, head=HEAD), apply=True)
    assert (report["accepted"], report["asked"]) == (1, [])
    assert works("rosa@example.org") == ["Hospital de Cobán"]


def test_a_hospital_of_that_name_elsewhere_is_not_meant(tmp_path: Path, ministry: Any) -> None:
    institution("Hospital de Cobán", code="GT", parent=institution("Instituto de Prueba", code="GT"))
    brought(csv_of(tmp_path, ROSA, head=HEAD), apply=True)
    assert works("rosa@example.org") == ["Ministerio de Prueba"]


def test_a_ward_is_no_unit_and_nobody_is_asked_about_it(tmp_path: Path, unit: Any) -> None:
    report = brought(csv_of(tmp_path, ROSA.replace("Hospital de Cobán", "Urgencias"), head=HEAD), apply=True)
    assert report["asked"] == []
    assert works("rosa@example.org") == ["Ministerio de Prueba"]


def test_who_is_known_in_the_ministry_is_looked_for_below_its_unit_too(tmp_path: Path, unit: Any) -> None:
    brought(csv_of(tmp_path, ROSA.replace("Hospital de Cobán", ""), head=HEAD), apply=True)
    sheet = csv_of(tmp_path, ROSA.replace("rosa@example.org", ""), head=HEAD, name="otra.csv")
    report = brought(sheet, apply=True)
    assert len(report["asked"]) == 1
    key = str(Person.objects.named("rosa perez").get().key)
    said = brought(sheet, mapping={"answers": answers(report, lambda note: key)}, apply=True)
    assert (said["asked"], Person.objects.named("rosa perez").count()) == ([], 1)


@pytest.fixture
def mexico(db: Any) -> Any:
    return country("MX")


TICKS = "Nombre completo;{};Correo;País\n"


def ticked(folder: Path, titles: str, *ticks: str, mapping: dict[str, Any] | None = None) -> dict[str, Any]:
    names = ("Rosa Pérez Tun", "Julio Caal Xol", "Ana Gil Paz")
    lines = [f"{name};{tick};;MX" for name, tick in zip(names, ticks, strict=False)]
    return brought(csv_of(folder, *lines, head=TICKS.format(titles)), mapping=mapping, apply=True)


def sexes() -> dict[str, str]:
    return dict(Person.objects.filter(country="MX").values_list("certificate_name", "sex"))


def test_a_tick_below_hombre_or_mujer_says_which(tmp_path: Path, mexico: Any) -> None:
    report = ticked(tmp_path, "Hombre;Mujer", ";X", "x;", ";")
    assert (report["accepted"], report["asked"]) == (3, [])
    assert (sexes()["Rosa Pérez Tun"], sexes()["Julio Caal Xol"], sexes()["Ana Gil Paz"]) == (
        "woman",
        "man",
        "",
    )


def test_below_h_and_m_it_is_asked_once_for_each_and_never_guessed(tmp_path: Path, mexico: Any) -> None:
    report = ticked(tmp_path, "H;M", ";X", "x;", ";x")
    assert {note["question"] for note in report["asked"]} == {"values:sex:M", "values:sex:H"}
    said = {"answers": {"values:sex:M": "woman", "values:sex:H": "man"}}
    assert ticked(tmp_path, "H;M", ";X", "x;", ";x", mapping=said)["asked"] == []
    assert sexes()["Julio Caal Xol"] == "man"


def test_beside_f_m_is_a_man_and_two_ticks_or_a_word_are_refused(tmp_path: Path, mexico: Any) -> None:
    report = ticked(tmp_path, "F;M", "X;", "X;X", ";tal vez")
    assert (report["accepted"], report["asked"]) == (1, [])
    assert [(note["row"], note["column"]) for note in report["refused"]] == [(3, "C"), (4, "C")]
    assert sexes()["Rosa Pérez Tun"] == "woman"
