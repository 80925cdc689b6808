"""Whom a sheet registers: adults who agreed, and people; never a duty, a place kept free or somebody who left."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from accounts.models import Person
from imports import nobody
from imports.ages import Age, read_age, read_birth_year, read_child, read_consent
from imports.headers import Field, recognised
from imports.value_words import Trouble
from imports.values import Asked, Custom, Read, Refused
from tests.imports.sheets import answers, brought, csv_of

PLAIN = Custom(today=dt.date(2026, 11, 23))


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        (34, 34, 34),
        (34.0, 34, 34),
        ("34 años", 34, 34),
        ("34 a", 34, 34),
        ("25-34", 25, 34),
        ("De 25 a 34 años", 25, 34),
        ("entre 35 y 49", 35, 49),
        ("60+", 60, 100),
        ("60 y más", 60, 100),
        ("más de 50", 50, 100),
        ("15", 15, 15),
        ("12 – 17", 12, 17),
        ("<18", 0, 17),
        ("menor de 18 años", 0, 17),
        ("Menor de edad", 0, 17),
        ("NNA", 0, 17),
    ],
)
def test_an_age_is_read_as_sheets_write_it(said: Any, low: int, high: int) -> None:
    assert read_age(said, PLAIN) == Read(Age(low, high))


def test_a_band_that_reaches_below_18_is_asked_about_and_what_is_no_age_refused() -> None:
    assert isinstance(read_age("15-24", PLAIN), Asked)
    assert read_age("15-24", Custom(ages={"15-24": "adult"})) == Read(Age(18, 24))
    assert read_age("15-24", Custom(ages={"15-24": "minor"})) == Refused(Trouble.UNDER_AGE)
    assert read_age("Adulta", PLAIN) == Read(None)
    assert read_age("", PLAIN) == Read(None)
    for said in ("grande", "340", "12/03/1984", "34 y 12 y 3"):
        assert read_age(said, PLAIN) == Refused(Trouble.AGE)


def test_whose_birthday_comes_later_this_year_is_still_17() -> None:
    assert read_birth_year(dt.date(2008, 12, 20), PLAIN) == Refused(Trouble.UNDER_AGE)
    assert read_birth_year(dt.datetime(2008, 11, 23, 0, 0), PLAIN) == Read(2008)
    assert read_birth_year("20/12/2008", PLAIN) == Refused(Trouble.UNDER_AGE)
    assert read_birth_year(2010, PLAIN) == Refused(Trouble.UNDER_AGE)


@pytest.mark.parametrize(
    ("age", "band"), [((34, 34), "25-34"), ((60, 100), "60+"), ((20, 40), ""), ((18, 24), "18-24")]
)
def test_of_an_age_the_band_is_kept_where_it_is_in_one(age: tuple[int, int], band: str) -> None:
    assert Age(*age).band == band


@pytest.mark.parametrize("said", ["no", "No acepto", "0", "FALSO", "Non"])
def test_a_no_is_a_no(said: str) -> None:
    assert read_consent(said, PLAIN) == Refused(Trouble.NO_CONSENT)


@pytest.mark.parametrize("said", ["sí", "Sí, acepto", "1", 1, "X", "", None, "n/a"])
def test_a_yes_and_silence_keep_nobody_out(said: Any) -> None:
    assert read_consent(said, PLAIN) == Read(None)


def test_any_other_word_is_asked() -> None:
    assert isinstance(read_consent("luego", PLAIN), Asked)


@pytest.mark.parametrize(
    "said",
    [
        *(
            "Por Confirmar",
            "Confirmar Por",
            "Director",
            "Enlace Regional",
            "Cupo Disponible",
            "Test Test Test",
        ),
        *("Persona Uno", "Punto focal", "Personal de enfermería", "Médica de turno", "Fulana de Tal", "TBD"),
        *(
            "Familia Pérez",
            "Hijo de María López",
            "Chofer",
            "UNICEF",
            "Casa del Migrante",
            "Aldea El Carmen",
            "N.N.",
        ),
        *("No contestó", "Prefiere no decir", "Receso", "Lunes", "Policía Nacional Civil", "Sin dato"),
        *("Responsable de área", "Coordinador Estatal", "Nombre Apellido", "Trabajadora social"),
    ],
)
def test_a_duty_or_a_place_kept_free_is_nobody(said: str) -> None:
    assert nobody.is_nobody(said)


@pytest.mark.parametrize(
    "said",
    [
        *(
            "Salud Ortega",
            "Director Pérez",
            "Segundo Persona Caal",
            "Jefa López",
            "Paz Uno Caal",
            "María del Carmen",
        ),
        *(
            "Domingo Pérez Tun",
            "Francisco Tercero",
            "José Ortega y Gasset",
            "Ana Barrios",
            "Mesa de León Ana",
        ),
        *("Ángel de la Cruz", "Rosario", "Íngrid Ñáñez", "Dolores Cuarto Xol", "Vo Thi Lan", "Refugio Casas"),
    ],
)
def test_a_name_is_a_name(said: str) -> None:
    assert not nobody.is_nobody(said)
    assert not nobody.says_more(said)


@pytest.mark.parametrize("said", ["Juan Sosa y María Gómez", "Rosa Paz\nElsa Paz", "Ana López & Luis Díaz"])
def test_two_people_in_one_cell_are_asked_about(said: str) -> None:
    assert nobody.says_more(said)


@pytest.mark.parametrize(
    "head",
    [
        "Adolescentes mujeres (12-17)",
        "Niñas (0-11)",
        "Menor de edad",
        "¿Es menor de edad?",
        "NNA",
        "Mujeres (<18)",
    ],
)
def test_a_column_of_children_keeps_whom_it_ticks_out(head: str) -> None:
    assert recognised(head) == Field.UNDER_AGE
    assert read_child("X", PLAIN) == read_child("Sí", PLAIN) == Refused(Trouble.UNDER_AGE)
    assert read_child("", PLAIN) == read_child("No", PLAIN) == read_child(0, PLAIN) == Read(None)


@pytest.mark.parametrize(
    "head", ["Mujeres (18+)", "Trabaja con niñas y adolescentes", "12-17", "Sesión (9-13)"]
)
def test_other_columns_are_none_of_children(head: str) -> None:
    assert recognised(head) != Field.UNDER_AGE


@pytest.mark.parametrize("said", ["Sí, pero sin foto", "Tengo 17"])
def test_a_yes_with_a_condition_is_read_by_a_person(said: str) -> None:
    assert isinstance(read_consent(said, PLAIN), Asked)


@pytest.mark.django_db
def test_a_sign_in_sheet_by_age_and_sex(tmp_path: Path, cohort: Any) -> None:
    head = "Nombre completo;Niñas (0-11);Adolescentes mujeres (12-17);Mujeres (18+);Hombres (18+);Pais\n"
    lines = (
        "Kimberly Canul May;;X;;;MX",
        "Bryan Tun Poot;X;;;;MX",
        "Elsa Paz Caal;;;X;;MX",
        "Luis Ovando Cruz;;;;X;MX",
        "Receso;;;;;",
        "Matilde;;;X;;MX",
    )
    report = brought(csv_of(tmp_path, *lines, head=head), cohort=cohort.code, apply=True)
    assert {note["row"] for note in report["refused"]} == {2, 3, 6}
    assert [note["row"] for note in report["asked"]] == [7], "one word among whole names"
    assert report["made"]["people"] == 2


@pytest.mark.django_db
def test_of_two_of_one_name_with_an_address_each_none_is_lost(tmp_path: Path, cohort: Any) -> None:
    head = "Nombre completo;Sexo;Correo;Pais\n"
    lines = ("Juana Caal Tiul;mujer;uno@example.org;MX", "Juana Caal Tiul;mujer;dos@example.org;MX")
    for _again in range(2):
        report = brought(csv_of(tmp_path, *lines, head=head), cohort=cohort.code, apply=True)
        assert [note["row"] for note in report["asked"]] == [3]
    two = {"answers": answers(report, lambda note: "new")}
    for _again in range(2):
        last = brought(csv_of(tmp_path, *lines, head=head), cohort=cohort.code, mapping=two, apply=True)
    assert (last["asked"], last["unchanged"]) == ([], 2)
    assert Person.objects.filter(certificate_name="Juana Caal Tiul").count() == 2


@pytest.mark.django_db
def test_the_same_whole_name_without_a_place_is_asked_about(tmp_path: Path, cohort: Any) -> None:
    head = "Nombre;Correo;Pais\n"
    brought(csv_of(tmp_path, "Sofía Renata Paz Lobo;;MX", head=head), apply=True)
    again = csv_of(tmp_path, "Sofía Renata Paz Lobo;sofia@example.org;MX", head=head, name="otra.csv")
    report = brought(again, apply=True)
    assert [note["question"].partition(":")[0] for note in report["asked"]] == ["who"]
    assert Person.objects.filter(certificate_name="Sofía Renata Paz Lobo").count() == 1


HEAD = "consentimiento;Nombre(s);Apellido;Sexo;edad_anios;Correo;Pais\n"


@pytest.mark.django_db
def test_a_form_with_minors_and_who_did_not_agree(tmp_path: Path, cohort: Any) -> None:
    lines = (
        "si;Marvin;Cáceres Ruiz;hombre;34;marvin@example.org;MX",
        "no;Sin Gana;Paz Caal;mujer;29;sin@example.org;MX",
        "si;Niña;Ruiz Ajú;mujer;15;menor@example.org;MX",
        "si;Por;Confirmar;mujer;;;MX",
        "si;Baja Sara;Rivera Tun;mujer;30;;MX",
        "si;Lucía;de la O (faltó);mujer;30;;MX",
    )
    report = brought(csv_of(tmp_path, *lines, head=HEAD), cohort=cohort.code, apply=True)
    assert [(note["row"], note["column"]) for note in report["refused"]] == [(3, "A"), (4, "E"), (5, "B")]
    assert [note["row"] for note in report["asked"]] == [6, 7]
    made = Person.objects.filter(user__email__contains="example.org")
    assert [(one.certificate_name, one.age_band) for one in made] == [("Marvin Cáceres Ruiz", "25-34")]
    said = {"answers": answers(report, lambda note: "person" if note["row"] == 7 else "skip")}
    again = brought(csv_of(tmp_path, *lines, head=HEAD), cohort=cohort.code, mapping=said, apply=True)
    assert (again["asked"], again["made"]["people"]) == ([], 1)
    assert Person.objects.filter(certificate_name="Lucía de la O").count() == 1


@pytest.mark.django_db
def test_an_age_of_years_ago_is_reckoned_on_and_nothing_of_hers_is_overwritten(
    tmp_path: Path, amina: Any
) -> None:
    Person.objects.filter(pk=amina.person.pk).update(age_band="50-59")
    head = "Nombre;Correo;Pais;Edad;Curso;Fecha\n"
    lines = (
        "Rosa Pérez Tun;rosa@example.org;MX;16;Primeros auxilios;12/03/2019",
        "Luis Ovando Cruz;luis@example.org;MX;16;Primeros auxilios;25/03/2026",
        "Amina;amina@senda.example;;30;Primeros auxilios;25/03/2026",
    )
    report = brought(csv_of(tmp_path, *lines, head=head), kind="historic", apply=True)
    assert [note["row"] for note in report["refused"]] == [3]
    assert Person.objects.get(user__email="rosa@example.org").age_band == "18-24"
    amina.person.refresh_from_db()
    assert (report["asked"], amina.person.age_band) == ([], "50-59")


@pytest.mark.django_db
def test_the_same_whole_name_in_one_place_is_asked_about_whatever_the_sex(
    tmp_path: Path, cohort: Any
) -> None:
    head = "Apellido paterno;Apellido materno;Nombre(s);Género;Correo;Dependencia;Pais\n"
    lines = (
        "MUÑOZ;PEÑA;ÁNGELA;F;angela@example.org;INM Chiapas;MX",
        "Ovando;Cruz;Luis;M;;INM Chiapas;MX",
        "MUÑOZ PEÑA;;ÁNGELA;M;;INM Chiapas;MX",
    )
    place = {"answers": {"institution:inm chiapas": "skip"}}
    report = brought(csv_of(tmp_path, *lines, head=head), cohort=cohort.code, mapping=place)
    assert [(note["row"], note["question"].partition(":")[0]) for note in report["asked"]] == [(4, "who")]
