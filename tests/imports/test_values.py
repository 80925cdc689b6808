"""What stands in one cell: is it read, asked about or refused, and never guessed?"""

import datetime as dt
from decimal import Decimal

import pytest

from imports import ages, names, values
from imports.days import Span
from imports.marks import SheetMark, read_mark
from imports.reading import Formula
from imports.value_words import Trouble
from imports.values import Asked, Custom, Read, Refused

TODAY = dt.date(2026, 11, 23)
PLAIN = Custom(today=TODAY)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("  ROSA   MARÍA DE LA CRUZ ", "Rosa María de la Cruz"),
        ("AJÚ SIS, ROSA", "Rosa Ajú Sis"),
        ("ñáñez güereca, íngrid", "Íngrid Ñáñez Güereca"),
        ("Rosa McDonald", "Rosa McDonald"),
        ("O'HIGGINS-PÉREZ", "O'Higgins-Pérez"),
        ("Rosa\xa0Ajú\u200b", "Rosa Ajú"),
        ("n/a", None),
        ("", None),
        (None, None),
    ],
)
def test_a_name_is_read_as_people_write_it(said, name):
    assert names.read_name(said, PLAIN) == Read(name)


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        ("=1+1", Trouble.FORMULA),
        ("@SUM(A1)", Trouble.FORMULA),
        (Formula("=A2&B2"), Trouble.FORMULA),
        ("#REF!", Trouble.FAILED),
        ("#¡VALOR!", Trouble.FAILED),
        ("4817", Trouble.NO_NAME),
        (4817, Trouble.NO_NAME),
        ("R", Trouble.NO_NAME),
        ("***", Trouble.NO_NAME),
        ("a, b, c", Trouble.NO_NAME),
        ("Rosa " * 60, Trouble.TOO_LONG),
        ("\u202easoR", Trouble.DIRECTION),
    ],
)
def test_what_is_no_name_is_never_a_person(said, trouble):
    assert names.read_name(said, PLAIN) == Refused(trouble)


def test_a_calculated_name_is_what_the_sheet_shows():
    assert names.read_name(Formula("=A2&B2", "Rosa Ajú"), PLAIN) == Read("Rosa Ajú")


# Sex


def sex(said, *column, answers=None):
    return values.read_sex(said, Custom(sex=values.sexes_of(column, answers)))


def test_beside_f_an_m_is_a_man():
    assert sex("M", "F", "M", "f ") == Read("man")
    assert sex("F", "F", "M") == Read("woman")


@pytest.mark.parametrize("column", [("H", "M"), ("M",), ("F", "M", "H"), ("Hombre", "M")])
@pytest.mark.parametrize("letter", ["M", "m.", " M "])
def test_otherwise_an_m_is_asked_about_and_never_guessed(column, letter):
    found = sex(letter, *column)
    assert isinstance(found, Asked)
    assert found.key == "sex"


def test_who_was_asked_once_is_not_asked_again():
    assert sex("M", "H", "M", answers={"M": "mujer", "H": "hombre"}) == Read("woman")
    assert sex("H", "H", "M", answers={"M": "mujer", "H": "hombre"}) == Read("man")
    assert isinstance(sex("M", "H", "M", answers={"M": "quién sabe"}), Asked)


@pytest.mark.parametrize(("said", "read"), [("Femenino", "woman"), ("VARÓN", "man"), ("No binaria", "other")])
def test_a_word_needs_no_question(said, read):
    assert sex(said, said) == Read(read)


# Years, days


@pytest.mark.parametrize(
    ("said", "year"),
    [
        (1984, 1984),
        ("1984", 1984),
        ("03/04/1984", 1984),
        (dt.datetime(1984, 4, 3), 1984),
        (30775, 1984),
        ("3 de abril de 1984", 1984),
        (1984.0, 1984),
    ],
)
def test_of_a_birth_the_year_alone_is_kept(said, year):
    assert ages.read_birth_year(said, PLAIN) == Read(year)


@pytest.mark.parametrize("said", [2090, 1084, -3, "31/02/1984", "hace mucho", 2020, 7, 41, "84"])
def test_a_year_in_which_nobody_was_born_who_is_trained_is_refused(said):
    assert ages.read_birth_year(said, PLAIN) == Refused(Trouble.BIRTH)


@pytest.mark.parametrize(
    "said",
    [
        "12 de marzo de 2026",
        "jueves 12 de marzo del 2026",
        "12-mar-26",
        "2026-03-12",
        "2026-03-12T09:00:00.000-06:00",
        dt.date(2026, 3, 12),
        dt.datetime(2026, 3, 12, 9),
        46093,
        "13/03/2026",
    ],
)
def test_a_day_is_read_however_it_was_written(said):
    wanted = dt.date(2026, 3, 13) if said == "13/03/2026" else dt.date(2026, 3, 12)
    assert values.read_day(said, PLAIN) == Read(wanted)


def test_a_day_that_may_be_two_is_asked_about_unless_the_column_settles_it():
    assert values.read_day("03/04/26", PLAIN) == Asked("days", Trouble.WHICH_DAY, ("dmy", "mdy"))
    assert values.read_day("04/04/26", PLAIN) == Read(dt.date(2026, 4, 4))
    order = values.order_of(["03/04/26", "25/04/26"])
    assert values.read_day("03/04/26", Custom(order=order)) == Read(dt.date(2026, 4, 3))
    american = values.order_of(["03/04/26", "04/25/26"])
    assert values.read_day("03/04/26", Custom(order=american)) == Read(dt.date(2026, 3, 4))


@pytest.mark.parametrize("said", ["31/02/2026", "mañana", "99/99/99"])
def test_a_day_that_no_calendar_has_is_refused(said):
    assert values.read_day(said, PLAIN) == Refused(Trouble.DAY)


# Marks and numbers


@pytest.mark.parametrize(
    ("said", "mark"),
    [
        ("A", SheetMark("absent")),
        ("a/e", SheetMark("excused")),
        ("T", SheetMark("late")),
        ("PP 90", SheetMark("partial", 90)),
        ("pp: 45 min", SheetMark("partial", 45)),
        ("R", SheetMark("withdrawn")),
        ("DE", SheetMark("dropped")),
        ("✓", SheetMark("present")),
        (1, SheetMark("present")),
        (0, SheetMark("absent")),
        (True, SheetMark("present")),
    ],
)
def test_a_mark_of_attendance_is_read(said, mark):
    assert read_mark(said, PLAIN) == Read(mark)


def test_an_empty_cell_is_no_mark():
    assert read_mark(None, PLAIN) == Read(None)


def test_a_sign_that_nobody_knows_is_asked_and_then_known() -> None:
    asked = read_mark("FJ", PLAIN)
    assert isinstance(asked, Asked)
    assert (asked.key, asked.trouble) == ("mark", Trouble.UNKNOWN_MARK)
    assert read_mark("FJ", Custom(marks={"fj": "excused"})) == Read(SheetMark("excused"))
    assert read_mark("P*", Custom(marks={"p*": "none"})) == Read(None)


@pytest.mark.parametrize("said", ["90", "-1", "**", "vino un rato por la mañana y se fue", "A 90"])
def test_numbers_and_sentences_are_no_signs(said: str) -> None:
    assert read_mark(said, PLAIN) == Refused(Trouble.MARK)


def test_an_answer_that_is_no_mark_changes_nothing() -> None:
    assert isinstance(read_mark("FJ", Custom(marks={"fj": "nonsense"})), Asked)


@pytest.mark.parametrize(
    ("said", "score"), [(85, "85"), ("85 %", "85"), ("92,5", "92.5"), (0, "0"), ("0.9%", "0.9")]
)
def test_a_mark_of_a_test_is_read(said, score):
    assert values.read_score(said, PLAIN) == Read(Decimal(score))


@pytest.mark.parametrize("said", [-5, "-5 %", 120, "120 %"])
def test_a_mark_below_nought_or_above_a_hundred_is_refused(said):
    assert values.read_score(said, PLAIN) == Refused(Trouble.SCORE)


def test_a_share_is_asked_about_and_the_answer_counts_for_the_sheet():
    assert isinstance(values.read_score(0.85, PLAIN), Asked)
    assert values.read_score(0.85, Custom(score="share")) == Read(Decimal("85.00"))
    assert values.read_score(0.85, Custom(score="percent")) == Read(Decimal("0.85"))


@pytest.mark.parametrize(
    ("said", "found"), [("20 horas", Read(Decimal(20))), ("16 h", Read(Decimal(16))), (8, Read(Decimal(8)))]
)
def test_hours_are_read(said, found):
    assert values.read_hours(said, PLAIN) == found


@pytest.mark.parametrize("said", [-8, "-8", 9000])
def test_hours_that_nobody_teaches_are_refused(said):
    assert values.read_hours(said, PLAIN) == Refused(Trouble.HOURS)


@pytest.mark.parametrize("said", ["nan", "inf", "1e999", "ocho", True])
def test_what_is_no_number_is_none(said):
    assert values.read_hours(said, PLAIN) in {Refused(Trouble.NUMBER), Refused(Trouble.HOURS)}


# Addresses


def test_one_e_mail_is_read_and_two_are_not():
    assert values.read_email(" Rosa.Aju@Example.org ", PLAIN) == Read("rosa.aju@example.org")
    assert values.read_email("mailto:rosa@example.org", PLAIN) == Read("rosa@example.org")
    assert values.read_email("no tiene", PLAIN) == Read(None)
    assert values.read_email("a@example.org; b@example.org", PLAIN) == Refused(Trouble.SEVERAL_EMAILS)
    assert values.read_email("rosa.example.org", PLAIN) == Refused(Trouble.EMAIL)
    assert isinstance(values.read_email("a@example.org\nBcc: b@example.org", PLAIN), Refused)


def test_a_telephone_keeps_its_digits():
    assert values.read_phone("+502 5555-1234", PLAIN) == Read("+50255551234")
    assert values.read_phone(55551234.0, PLAIN) == Read("55551234")
    assert values.read_phone("123", PLAIN) == Refused(Trouble.PHONE)


def test_a_kind_of_work_is_one_of_few_or_asked_about():
    assert values.read_position("Médica general", PLAIN) == Read("health")
    assert values.read_position("Agente federal de migración", PLAIN) == Read("migration")
    assert isinstance(values.read_position("Enlace", PLAIN), Asked)
    assert values.read_position("Enlace", Custom(positions={"enlace": "management"})) == Read("management")


@pytest.mark.parametrize(
    "said",
    [
        *(
            "Vacante",
            "PENDIENTE DE NOMBRAR",
            "Sin nombre",
            "Xxxxx",
            "Anónimo",
            "Atentamente,",
            "Sin otro particular",
        ),
        *(
            "Recibí conforme",
            "Turno matutino",
            "Jurisdicción Sanitaria VII",
            "Lista de espera",
            "No asistieron",
        ),
        *("Personal médico", "Invitados especiales", "Equipo INM", "Mujeres", "Suman", "Asistencia"),
        *("Porcentaje de asistencia", "Jefa de Epidemiología", "C.c. Archivo", "Vo.Bo.", "Elaboró:"),
    ],
)
def test_what_stands_among_names_and_is_nobody_is_no_name(said):
    assert names.read_name(said, PLAIN) == Refused(Trouble.NO_NAME)


@pytest.mark.parametrize("said", ["Ana MuÃ±oz DÃ\xadaz", "Ana Mu–oz", "Ana Mu¤oz D¡az", "Jos‚ P\x82rez"])
def test_broken_letters_are_refused_and_the_remedy_is_said(said):
    assert names.read_name(said, PLAIN) == Refused(Trouble.LETTERS)


@pytest.mark.parametrize(
    "said",
    [
        *(
            "João Pãozinho",
            "Conceição Araújo",
            "D’Angelo Rossi",
            "Ana Pérez–López",
            "Ccori Quispe",
            "Sumana Turnos",
        ),
        *("Vacantez Xi", "Jefferson Deras", "Equiporra Más", "Anonimia Lista"),
    ],
)
def test_names_that_only_look_like_these_are_names(said):
    assert names.read_name(said, PLAIN) == Read(said)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Dra. Karla Paz", "Karla Paz"),
        ("LIC. ÓSCAR ARCE (coord.)", "Óscar Arce"),
        ("Mtra. Dra. Eva Ruiz", "Eva Ruiz"),
        ("Sra Ana Xol", "Ana Xol"),
        ("Rosa (Rosy) Ajú", "Rosa Ajú"),
        ("Dr. Paz, Karla", "Karla Paz"),
        ("Ingrid Paz", "Ingrid Paz"),
        ("Licona Ruiz, Draco", "Draco Licona Ruiz"),
        ("C. Rosa Ajú", "Rosa Ajú"),
        ("Profeta Elías Cruz", "Profeta Elías Cruz"),
    ],
)
def test_a_title_before_a_name_and_what_is_added_in_brackets_are_no_part_of_it(said, name):
    assert names.read_name(said, PLAIN) == Read(name)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("12-14 de marzo de 2024", (3, 12), (3, 14)),
        ("del 12 al 14 marzo 2024", (3, 12), (3, 14)),
        ("12, 13 y 15 de marzo de 2024", (3, 12), (3, 15)),
        ("30 de marzo al 2 de abril de 2024", (3, 30), (4, 2)),
        ("12/03/2024 - 14/03/2024", (3, 12), (3, 14)),
        ("2024-03-12 al 2024-03-14", (3, 12), (3, 14)),
    ],
)
def test_the_days_of_a_workshop_are_read_as_people_write_them(said, first, last):
    span = Span(dt.date(2024, *first), dt.date(2024, *last))
    assert values.read_days(said, PLAIN) == Read(span)


@pytest.mark.parametrize("said", ["marzo 2024", "28 al 2 de marzo de 2024", "31 al 33 de marzo de 2024"])
def test_what_names_no_two_days_is_refused(said):
    assert values.read_days(said, PLAIN) == Refused(Trouble.DAY)


def test_days_in_numbers_that_may_be_read_both_ways_are_no_days():
    assert values.read_days("03/04/2024 - 05/06/2024", PLAIN) == Refused(Trouble.DAY)
