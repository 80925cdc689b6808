"""Where a sheet's people begin and end: are letterhead, header and foot told apart, and is no line lost or doubled?"""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.columns import Column, SessionColumn, as_json, fingerprint, from_json, propose
from imports.headers import Field, recognised
from imports.layout import LeftOut, Why, lay_out
from imports.reading import FileFault, Row, Sheet, Unreadable
from imports.reading.sheet import Merge


def sheet(*rows, merges=(), hidden=()):
    return Sheet(
        "Hoja1", [Row(at, tuple(row), at in hidden) for at, row in enumerate(rows, 1)], merges=tuple(merges)
    )


def fields(layout, kind="people"):
    return propose(layout.columns, kind).columns


MINISTRY = (
    ["MINISTERIO DE PRUEBA"],
    ["Lista de participantes: Primeros auxilios psicológicos"],
    ["Lugar:", "Tapachula", "", "Fecha:", "12 de marzo de 2026"],
    [],
    ["No.", "NOMBRES", "APELLIDOS", "SEXO", "EDAD", "CARGO", "INSTITUCIÓN", "TELÉFONO", "FIRMA"],
    [1, "ROSA", "AJÚ SIS", "M", 41, "Médica", "Hospital", "55551234", ""],
    [2, "LUIS", "TZOC", "H", 30, "Enfermero", "Hospital", "", ""],
    [3, "", "", "", "", "", "", "", ""],
    ["", "TOTAL", 2],
    [],
    ["", "_____________________", "", "_______________"],
    ["", "Nombre y firma de quien facilita"],
    ["* Los datos se tratan según el aviso de privacidad"],
)


def test_a_ministrys_list_is_read_between_its_letterhead_and_its_signatures():
    layout = lay_out(sheet(*MINISTRY))
    assert [row.cells[1] for row in layout.data] == ["ROSA", "LUIS"]
    assert layout.header_rows == (5,)
    assert layout.title_rows == (1, 2, 3, 4)
    assert layout.left_out == [
        LeftOut(8, Why.EMPTY),
        LeftOut(9, Why.TOTAL),
        LeftOut(10, Why.EMPTY),
        LeftOut(11, Why.SIGNATURE),
        LeftOut(12, Why.SIGNATURE),
        LeftOut(13, Why.NOTE),
    ]


def test_of_signature_and_number_nothing_is_ever_kept():
    found = fields(lay_out(sheet(*MINISTRY)))
    assert found == {
        "A": "",
        "B": "given_names",
        "C": "family_names",
        "D": "sex",
        "E": "age",
        "F": "position",
        "G": "institution",
        "H": "phone",
        "I": "",
    }


def test_two_rows_of_header_are_one_and_each_day_is_a_session():
    layout = lay_out(
        sheet(
            ["No.", "Nombre completo", "Sexo", "Asistencia", None, None, "Observaciones"],
            [None, None, None, "12-mar-26", "13-mar-26", "14-mar-26"],
            [1, "Rosa Ajú", "F", "P", "A/E", "PP 90"],
            merges=[Merge(1, 1, 2, 1), Merge(1, 2, 2, 2), Merge(1, 4, 1, 6)],
        )
    )
    found = propose(layout.columns, "attendance")
    assert layout.header_rows == (1, 2)
    assert [column.whole for column in layout.columns][3] == "Asistencia / 12-mar-26"
    assert found.columns["B"] == "name"
    assert [one.day for one in found.sessions.values()] == [dt.date(2026, 3, day) for day in (12, 13, 14)]
    assert len(list(layout.data)) == 1


@pytest.mark.parametrize("merges", [(), (Merge(3, 2, 3, 5), Merge(3, 6, 3, 7), Merge(1, 1, 1, 9))])
def test_names_below_a_group_are_the_header_however_much_is_known_beside_it(merges):
    """A list of a ministry of Mexico: as many known headers above as below, merged, or saved as CSV without merges."""
    layout = lay_out(
        sheet(
            ["SECRETARÍA DE SALUD DEL ESTADO"],
            [],
            ["No.", "DATOS GENERALES", None, None, None, "SEXO", None, "INSTITUCIÓN", "TELÉFONO"],
            [None, "APELLIDO PATERNO", "APELLIDO MATERNO", "NOMBRE(S)", "CORREO", "H", "M"],
            [1, "PÉREZ", "LÓPEZ", "JUANA", "j@example.org", None, "X", "Centro de Salud", "962 123 4567"],
            merges=merges,
        )
    )
    assert layout.header_rows == (3, 4)
    assert [row.number for row in layout.data] == [5]
    assert list(fields(layout).values())[1:7] == [
        "family_names",
        "second_family_name",
        "given_names",
        "email",
        "ticked_sex",
        "ticked_sex",
    ]


def test_numbered_sessions_keep_their_number():
    layout = lay_out(sheet(["Nombre", "Sesión 1", "Sesión 2"], ["Rosa Ajú", "P", "A"]))
    assert propose(layout.columns, "attendance").sessions == {
        "B": SessionColumn(ordinal=1),
        "C": SessionColumn(ordinal=2),
    }


def test_the_header_of_kobo_loses_its_groups():
    layout = lay_out(
        sheet(
            ["start", "datos/nombres", "datos/apellidos", "datos/sexo", "contacto/correo", "_uuid"],
            ["2026-03-12T09:00", "Rosa", "Ajú", "mujer", "rosa@example.org", "x"],
        )
    )
    assert fields(layout) == {
        "A": "",
        "B": "given_names",
        "C": "family_names",
        "D": "sex",
        "E": "email",
        "F": "",
    }


def test_questions_of_kobo_are_headers_too():
    titles = [
        "Datos personales/¿Cuál es su nombre completo?",
        "Datos personales/Sexo",
        "Participante/Correo electrónico",
        "¿En qué institución trabaja?",
        "¿Cuál es su edad?",
    ]
    layout = lay_out(sheet(titles, ["Rosa Ajú", "mujer", "rosa@example.org", "Hospital", "41"]))
    assert list(fields(layout).values()) == ["name", "sex", "email", "institution", "age"]


def test_an_institution_merged_downwards_is_that_of_each_line_and_a_name_never():
    rows = (
        ["Institución", "Nombre", "Sexo"],
        ["Hospital Norte", "Rosa Ajú", "mujer"],
        [None, "Luis Tzoc", "hombre"],
        [None, None, "mujer"],
        ["Hospital Sur", "Eva Paz", "mujer"],
        [None, "Ana Xol", "mujer"],
    )
    merges = [Merge(2, 1, 4, 1), Merge(3, 2, 4, 2)]
    read = [row.cells for row in lay_out(sheet(*rows, merges=merges)).data]
    assert [(cells[0], cells[1] if len(cells) > 1 else None) for cells in read] == [
        ("Hospital Norte", "Rosa Ajú"),
        ("Hospital Norte", "Luis Tzoc"),
        ("Hospital Norte", None),
        ("Hospital Sur", "Eva Paz"),
        (None, "Ana Xol"),
    ]


def test_a_header_in_the_middle_is_no_person():
    header = ["Nombres", "Apellidos", "Institución"]
    layout = lay_out(sheet(header, ["Rosa", "Ajú", "Hospital"], header, ["Luis", "Tzoc", "Hospital"]))
    assert len(list(layout.data)) == 2
    assert layout.left_out == [LeftOut(3, Why.REPEATED_HEADER)]


def test_a_hidden_line_says_so():
    layout = lay_out(sheet(["Nombres", "Apellidos"], ["Rosa", "Ajú"], ["Luis", "Tzoc"], hidden={3}))
    assert [row.hidden for row in layout.data] == [False, True]


def test_a_person_called_like_a_foot_is_a_person():
    rows = [["Nombres", "Apellidos", "Cargo", "Institución"], ["Sello", "Total Ruiz", "Médica", "Hospital"]]
    assert len(list(lay_out(sheet(*rows)).data)) == 1


def test_two_columns_with_one_header_are_refused_with_row_and_column():
    with pytest.raises(Unreadable) as told:
        lay_out(sheet([], ["Nombre", "Correo", "Correo "], ["Rosa", "a@example.org", "b@example.org"]))
    assert (told.value.fault, told.value.row, told.value.column) == (FileFault.SAME_HEADER, 2, "C")


def test_without_a_header_nothing_is_guessed():
    with pytest.raises(Unreadable) as told:
        lay_out(sheet(["Rosa", "Ajú", "Hospital"], ["Luis", "Tzoc", "Hospital"]))
    assert told.value.fault == FileFault.NO_HEADER


def test_what_was_said_of_a_header_is_remembered():
    columns = [Column(0, "A", "Nombre"), Column(1, "B", "Adscripción")]
    assert propose(columns, "people").columns == {"A": "name", "B": ""}
    again = propose(columns, "people", {"adscripcion": "institution"})
    assert again.columns == {"A": "name", "B": "institution"}


def test_sheets_of_other_days_are_of_one_kind():
    def of(day):
        return fingerprint([Column(0, "A", "Nombre"), Column(1, "B", day)])

    assert of("12-mar-26") == of("2026-04-30") != of("Correo")


def test_the_mapping_file_gives_back_what_was_proposed():
    layout = lay_out(sheet(["Nombre", "12-mar-26", "Sesión 2"], ["Rosa Ajú", "P", "A"]))
    proposed = propose(layout.columns, "attendance")
    assert from_json(as_json(proposed), "attendance") == proposed


@pytest.mark.parametrize(
    "said",
    [
        {"columns": {"A": "password"}},
        {"columns": {"1": "name"}},
        {"columns": []},
        {"sessions": {"B": "ayer"}},
        {"columns": {"A": "session"}},
    ],
)
def test_a_mapping_file_that_means_nothing_is_refused(said):
    with pytest.raises(ValueError, match=r".*"):
        from_json(said, "people")


CELLS = st.one_of(
    st.none(),
    st.integers(-5, 3000),
    st.sampled_from(
        ["", "Rosa", "TOTAL", "firma", "Nombres", "Apellidos", "____", "* nota", "12-mar", "=A1", "M"]
    ),
    st.text(max_size=12),
)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=60), st.sets(st.integers(1, 60)))
def test_whatever_stands_there_each_row_ends_in_one_place(body, hidden):
    rows = [["Lista"], ["Nombres", "Apellidos", "Cargo", "Sexo"], *body]
    try:
        layout = lay_out(sheet(*rows, hidden=hidden))
    except Unreadable:
        return
    lines = [row.number for row in layout.data]
    left = [one.row for one in layout.left_out]
    assert sorted([*layout.title_rows, *layout.header_rows, *lines, *left]) == list(range(1, len(rows) + 1))


def test_a_lone_list_of_names_has_a_name():
    layout = lay_out(sheet(["Participante"], ["Rosa Ajú"]))
    assert propose(layout.columns, "people").of(Field.NAME) == "A"


@pytest.mark.parametrize(
    ("header", "which"),
    [
        ("Nombre de la institución", Field.INSTITUTION),
        ("Nombre del participante", Field.NAME),
        ("Nombre del jefe inmediato", None),
        ("Teléfono de emergencia", None),
        ("Correo electrónico de la persona", Field.EMAIL),
        ("Correo del director", None),
        ("Sexo (F/M)", Field.SEX),
        ("Número de celular", Field.PHONE),
        ("Estado", None),
        ("Edad cumplida", Field.AGE),
        ("edad_anios", Field.AGE),
        ("¿Cuántos años tiene?", Field.AGE),
        ("Edad de los hijos", None),
        ("¿Es mayor de edad?", Field.OF_AGE),
        ("consentimiento", Field.CONSENT),
        ("¿Acepta participar en el taller?", Field.CONSENT),
        ("Autoriza uso de imagen", Field.LEFT_OUT),
        ("Consentimiento para fotografías", Field.LEFT_OUT),
    ],
)
def test_a_header_says_whose_it_is(header, which):
    assert recognised(header) == which


@pytest.mark.parametrize(
    ("header", "which"),
    [("Hombre/Mujer", Field.SEX), ("Sexo(F/M)", Field.SEX), ("Nombres/Apellidos", Field.NAME)],
)
def test_a_stroke_between_two_words_is_no_group_of_kobo(header, which):
    (_name, column) = lay_out(sheet(["Correo", header], ["rosa@example.org", "x"])).columns
    assert recognised(column.title) == which


def test_below_h_and_m_a_tick_says_which():
    rows = [["Nombre", "Sexo", "", "Cargo"], ["", "H", "M", ""], ["Luis Tzoc", "X", "", "Médico"]]
    assert fields(lay_out(sheet(*rows))) == {
        "A": "name",
        "B": "ticked_sex",
        "C": "ticked_sex",
        "D": "position",
    }


def test_so_it_does_where_no_word_stands_above_them():
    rows = [["Nombre", "Hombre", "Mujer", "Correo"], ["Luis Tzoc", "X", "", "luis@example.org"]]
    assert list(fields(lay_out(sheet(*rows))).values()) == ["name", "ticked_sex", "ticked_sex", "email"]


def test_the_days_of_a_week_are_no_sex():
    rows = [["Nombre", "L", "M", "M", "J", "Correo"], ["Luis Tzoc", "X", "", "", "", "luis@example.org"]]
    assert list(fields(lay_out(sheet(*rows))).values()) == ["name", "", "", "", "", "email"]


WIDE = ["No.", "Nombre completo", "Sexo", "Cargo", "Institución"]


@pytest.mark.parametrize(
    ("foot", "why"),
    [
        (["", "Mujeres", 12], Why.TOTAL),
        (["", "Participantes: 25"], Why.TOTAL),
        (["", "", "", "SUBTOTAL", 3], Why.TOTAL),
        (["", "Lugar y fecha"], Why.SIGNATURE),
        (["Continúa en la hoja siguiente"], Why.NOTE),
        (["Esta lista se entrega a la dirección en dos originales firmados"], Why.NOTE),
    ],
)
def test_what_stands_at_the_foot_is_nobody(foot, why):
    layout = lay_out(sheet(WIDE, [1, "Rosa Ajú", "F", "Médica", "Hospital"], foot))
    assert len(list(layout.data)) == 1
    assert layout.left_out == [LeftOut(3, why)]


def test_people_of_the_next_page_are_no_signatures():
    layout = lay_out(
        sheet(
            WIDE,
            [1, "Rosa Ajú", "F", "Médica", "Hospital"],
            ["", "____________"],
            ["", "Dra. Beatriz Solís"],
            WIDE,
            [2, "Luis Tzoc"],
            ["", "____________"],
            [3, "Ana López"],
        )
    )
    assert [row.cells[1] for row in layout.data] == ["Rosa Ajú", "Luis Tzoc", "Ana López"]


def test_a_coordinator_is_a_person_where_the_work_stands_first():
    layout = lay_out(sheet(["Cargo", "Nombre completo"], ["Coordinadora", "Rosa Ajú"]))
    assert len(list(layout.data)) == 1
