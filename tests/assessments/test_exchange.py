"""Questions that come from Moodle and other programs and go there: what is kept, what is told, what is refused."""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from hypothesis import given as any_of
from hypothesis import settings
from hypothesis import strategies as st
from PIL import Image
from wagtail.models import Collection

from assessments.content import Kind
from assessments.exchange import cloze, files, gift, moodle, moodle_writing, qti, qti_writing
from assessments.exchange.files import Format
from assessments.exchange.items import BadFile, Item, ItemChoice, Unread, Why
from assessments.exchange.items import Picture as ItemPicture
from assessments.exchange.plain_text import as_html, words_of
from assessments.exchange.taking import signature
from assessments.models import Question, Quiz
from media_library.models import Picture


def png(colour: str = "#f3ecdd") -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (200, 100), colour).save(buffer, "PNG")
    return buffer.getvalue()


PLAN = ItemPicture("plano.png", png(), "Plano de una sala")
ONE = (
    ItemChoice("Sí", correct=True, feedback="Así es: «poco a poco» & <bien>."),
    ItemChoice("No", feedback="Mira otra vez."),
)
EACH = [
    Item("", "", Kind.SINGLE, "¿Qué haces primero?\nElige una.", [*ONE], explanation="Primero la seguridad."),
    Item(
        "",
        "",
        Kind.MULTIPLE,
        "¿Cuáles?",
        [
            ItemChoice("A", correct=True),
            ItemChoice("B", correct=True),
            ItemChoice("C", correct=True),
            ItemChoice("D"),
        ],
    ),
    Item(
        "",
        "",
        Kind.TRUE_FALSE,
        "¿Verdad?",
        [ItemChoice("Falso", correct=True, feedback="x"), ItemChoice("Verdadero")],
    ),
    Item(
        "", "", Kind.TRUE_FALSE, "¿Cierto?", [ItemChoice("Cierto"), ItemChoice("No es cierto", correct=True)]
    ),
    Item(
        "",
        "",
        Kind.SHORT,
        "¿Con qué se empieza?",
        [
            ItemChoice("Mirar", correct=True),
            ItemChoice("Observar", correct=True),
            ItemChoice("Hablar", feedback="Antes, mira."),
        ],
    ),
    Item(
        "",
        "",
        Kind.NUMBER,
        "¿Cuántas horas?",
        [ItemChoice("2.5", correct=True, tolerance="0.5"), ItemChoice("3")],
    ),
    Item(
        "",
        "",
        Kind.MATCH,
        "Relaciona",
        [ItemChoice("Hambre", match="Comida"), ItemChoice("Frío", match="Abrigo")],
    ),
    Item(
        "",
        "",
        Kind.MATCH,
        "Relaciona bien",
        [
            ItemChoice("Sed", correct=True, match="Agua"),
            ItemChoice("Sol", correct=True, match="Sombra"),
            ItemChoice("→ Pan", match="Pan"),
        ],
    ),
    Item("", "", Kind.ORDER, "Ordena", [ItemChoice("Mirar"), ItemChoice("Escuchar"), ItemChoice("Conectar")]),
    Item(
        "", "", Kind.CLOZE, "Se [1] y se [2], {así}.", [ItemChoice("mira | observa"), ItemChoice("escu~cha")]
    ),
    Item("", "", Kind.FREE, "Cuenta cómo.", [ItemChoice("Se presenta"), ItemChoice("Pregunta qué necesita")]),
    Item(
        "",
        "",
        Kind.SINGLE,
        "¿Qué ves en el plano?",
        [ItemChoice("Una sala", correct=True), ItemChoice("Un río")],
        picture=PLAN,
    ),
    Item(
        "",
        "",
        Kind.AREA,
        "¿Dónde?",
        [ItemChoice("Silla", correct=True, area="10 10 20 40"), ItemChoice("Puerta", area="70 50 12")],
        picture=PLAN,
    ),
]
for place, one in enumerate(EACH):
    one.objective, one.level, one.evidence = "Mirar antes de actuar", "apply", "sourced"
    one.tags, one.countries = ("guía", f"n{place}"), ("GT", "MX")


def names(found: list[Any]) -> list[str]:
    return [f"{type(each).__name__}:{each.name}" for each in found]


@pytest.mark.parametrize("one", EACH, ids=lambda one: f"{one.kind}-{one.stem[:12]}")
def test_moodle_gives_back_every_field(one: Item) -> None:
    data, _told = moodle_writing.write([one])
    (back,) = moodle.read(data, "es")
    assert isinstance(back, Item), back
    assert signature(back) == signature(one)
    assert (back.explanation, back.objective, back.level, back.tags) == (
        one.explanation,
        one.objective,
        one.level,
        one.tags,
    )
    assert (back.countries, back.evidence, back.notes) == (one.countries, one.evidence, [])
    assert back.picture == one.picture
    assert moodle_writing.write([back])[0] == data


@pytest.mark.parametrize(
    "one",
    [one for one in EACH if one.kind in gift.TYPES and not one.picture],
    ids=lambda one: f"{one.kind}-{one.stem[:12]}",
)
def test_gift_gives_back_what_it_holds(one: Item) -> None:
    data, told = gift.write([one])
    (back,) = gift.read(data, "es")
    assert isinstance(back, Item), back
    if one.kind is Kind.FREE:
        assert [each.why for each in told] == [Why.RUBRIC_LOST]
        assert back.stem == one.stem
        return
    assert signature(back) == signature(one)
    assert (back.explanation, back.tags, back.objective) == (one.explanation, one.tags, one.objective)
    assert gift.write([back])[0] == data


@pytest.mark.parametrize("one", EACH, ids=lambda one: f"{one.kind}-{one.stem[:12]}")
def test_qti_gives_back_what_it_holds(one: Item) -> None:
    data, told = qti_writing.write([one])
    (back,) = qti.read(data, "es")
    assert isinstance(back, Item), back
    without = {Why.FEEDBACK_LOST} & {each.why for each in told}
    assert [(c.text, c.correct, c.match, c.tolerance, c.area) for c in back.choices] == [
        (c.text, c.correct, c.match, c.tolerance, c.area) for c in one.choices
    ]
    if not without:
        assert signature(back) == signature(one)
    assert (back.kind, back.stem, back.explanation) == (one.kind, one.stem, one.explanation)
    assert (back.picture is None) == (one.picture is None)
    assert qti_writing.write([back])[0] == data


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["moodlexml", "qti"])
def test_from_one_bank_to_an_empty_one_and_out_again_is_the_same_to_the_byte(
    tmp_path: Path, form: str, django_capture_on_commit_callbacks: Any
) -> None:
    way = files.WAYS[Format(form)]
    (tmp_path / "zero").write_bytes(way.write(EACH)[0])
    report = brought(tmp_path / "zero", form, apply=True)
    assert report["refused"] == []
    assert Question.objects.filter(live=False).count() == len(EACH)
    call_command("export_questions", str(tmp_path / "first"), format=form)
    Question.objects.all().delete()
    Picture.objects.all().delete()
    assert brought(tmp_path / "first", form, apply=True)["changed"] == []
    call_command("export_questions", str(tmp_path / "second"), format=form)
    first, second = ((tmp_path / name).read_bytes() for name in ("first", "second"))
    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest()
    again = brought(tmp_path / "second", form, apply=True)
    assert (again["understood"], len(again["changed"]), Question.objects.count()) == (
        [],
        len(EACH),
        len(EACH),
    )


def brought(path: Path, form: str, **options: Any) -> dict[str, list[dict[str, str]]]:
    """Run the command and return its report."""
    report = path.with_suffix(".json")
    call_command("import_questions", str(path), format=form, report=str(report), **options)
    found: dict[str, list[dict[str, str]]] = json.loads(report.read_text(encoding="utf-8"))
    assert set(found) == {"understood", "changed", "refused"}
    assert all(set(line) == {"name", "type", "reason"} for lines in found.values() for line in lines)
    return found


MOODLE = (Path(__file__).parent / "samples" / "moodle.xml").read_text(encoding="utf-8")


@pytest.mark.django_db
def test_what_moodle_exports_is_taken_and_what_is_left_out_is_told(tmp_path: Path) -> None:
    paper = tmp_path / "banco.xml"
    picture = png("#123456")
    paper.write_text(MOODLE.replace("PICTURE", base64.b64encode(picture).decode()), encoding="utf-8")
    assert not Question.objects.exists()
    report = brought(paper, "moodlexml")
    assert not Question.objects.exists(), "a dry run"
    report = brought(paper, "moodlexml", apply=True)
    changed = {line["name"]: line["reason"] for line in report["changed"]}
    refused = {(line["name"], line["type"]): line["reason"] for line in report["refused"]}
    assert "Negritas" in changed["Señales"]
    assert "un punto" in changed["Señales"]
    assert set(refused) == {("Cuenta", "calculated"), ("Lee", "description"), ("Sin clave", "multichoice")}
    assert all(refused.values())
    question = Question.objects.get(stem__startswith="¿Qué señales")
    assert (question.kind, question.live, question.evidence_status) == ("multiple", False, "to_verify")
    assert [(block.value["text"], block.value["correct"]) for block in question.choices] == [
        ("No duerme", True),
        ("No come", True),
        ("Está enojada", False),
    ]
    assert question.explanation == "Se refiere hoy."
    assert (question.picture_alt, question.picture.width) == ("Una sala", 200)
    with question.picture.file.open("rb") as file:
        assert file.read() == picture
    number = Question.objects.get(kind="number")
    assert [(b.value["text"], b.value["correct"], b.value["tolerance"]) for b in number.choices] == [
        ("2.5", True, "0.25"),
        ("3", False, ""),
    ]
    assert Question.objects.get(kind="cloze").stem == "Se [1] y se [2]."
    lists = Question.objects.get(kind="match")
    assert {(b.value["text"], b.value["match"]) for b in lists.choices if b.value["correct"]} == {
        ("[1]", "mira"),
        ("[2]", "escucha"),
    }


GIFT = """// un comentario
$CATEGORY: tom/dick

::Uno:: ¿Qué haces? {=Mirar#Bien. ~Correr#No. ####Primero la seguridad.}

Se empieza por {=mirar =observar} antes de hablar.

::Dos::¿Cuánto\\: 3 \\= 3? {#3:0.5}

::Rango::[html]<p>¿Entre <i>qué</i>?</p> {#1..5}

::VF:: La tierra gira. {T#Mal.#Bien.}

::Pares:: Relaciona. {=Hambre -> Comida =Frío -> Abrigo}

::Varias:: ¿Cuáles? {~%50%A ~%50%B ~%-50%C ~%-50%D}

::Medio:: ¿Cuál? {=Sí ~%50%Casi ~No}

::Libre:: Cuenta. {}

::Nada:: Solo un texto.

::Rota:: ¿Qué { =algo
"""


def test_gift_is_read_as_its_grammar_says() -> None:
    found = gift.read(GIFT.encode(), "es")
    kinds = {each.name: each.kind for each in found if isinstance(each, Item)}
    assert kinds == {
        "Uno": Kind.SINGLE,
        "Se empieza por _____ antes de hablar.": Kind.CLOZE,
        "Dos": Kind.NUMBER,
        "Rango": Kind.NUMBER,
        "VF": Kind.TRUE_FALSE,
        "Pares": Kind.MATCH,
        "Varias": Kind.MULTIPLE,
        "Medio": Kind.SINGLE,
        "Libre": Kind.FREE,
    }
    by_name = {each.name: each for each in found}
    assert by_name["Uno"].explanation == "Primero la seguridad."
    assert [c.feedback for c in by_name["Uno"].choices] == ["Bien.", "No."]
    assert by_name["Dos"].stem == "¿Cuánto: 3 = 3?"
    assert [(c.text, c.tolerance) for c in by_name["Rango"].choices] == [("3", "2")]
    assert [(c.text, c.feedback) for c in by_name["VF"].choices] == [
        ("Verdadero", "Bien."),
        ("Falso", "Mal."),
    ]
    assert by_name["Medio"].notes == [Why.PARTIAL]
    refused = {each.name: each.why for each in found if isinstance(each, Unread)}
    assert refused == {"Nada": Why.NO_QUESTION, "Rota": Why.BROKEN}


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>'
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><quiz>&c;</quiz>'
)


def zipped(**parts: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return buffer.getvalue()


MANIFEST = b'<manifest><resources><resource type="imsqti_item_xmlv2p2" href="../../etc/passwd"/></resources></manifest>'


@pytest.mark.parametrize(
    ("form", "data", "why"),
    [
        (Format.MOODLE, ENTITIES, Why.ENTITIES),
        (Format.MOODLE, BOMB, Why.ENTITIES),
        (Format.MOODLE, MOODLE[:1500].encode(), Why.NO_XML),
        (Format.MOODLE, b"", Why.NO_XML),
        (Format.MOODLE, b"\x00\x01\x02", Why.NO_XML),
        (Format.MOODLE, "<quiz><q>ñ</q></quiz>".encode("latin-1"), Why.NO_XML),
        (Format.MOODLE, b"<quiz/>", Why.EMPTY),
        (Format.MOODLE, b"<html/>", Why.OTHER_FORMAT),
        (Format.MOODLE, b"<quiz>" + b" " * files.MOST_BYTES, Why.TOO_LARGE),
        (Format.MOODLE, b'<?xml version="1.0" encoding="klingon"?><quiz/>', Why.ENCODING),
        (Format.GIFT, "¿Qué?{=ñ}".encode("cp1252"), Why.ENCODING),
        (Format.GIFT, b"::a:: b {=c}\x00", Why.ENCODING),
        (Format.GIFT, b"\n\n// nada\n", Why.EMPTY),
        (Format.GIFT, b"::a:: b {=c ~d}\n\n" * 2001, Why.TOO_MANY),
        (Format.QTI, ENTITIES, Why.ENTITIES),
        (Format.QTI, b"PK\x03\x04nothing", Why.NO_PACKAGE),
        (Format.QTI, zipped(a_xml=b"<a/>"), Why.NO_PACKAGE),
        (Format.QTI, zipped(imsmanifest_xml=MANIFEST), Why.NO_PACKAGE),
        (Format.QTI, zipped(imsmanifest_xml=BOMB), Why.ENTITIES),
        (Format.QTI, zipped(big=b"0" * 64_000_000), Why.SWELLS),
        (Format.QTI, zipped(**{"..__x": b"0"}), Why.SWELLS),
        (Format.QTI, b"<assessmentTest/>", Why.OTHER_FORMAT),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(form: Format, data: bytes, why: Why) -> None:
    with pytest.raises(BadFile) as refused:
        files.read(data, form, "es")
    assert refused.value.why == why


@pytest.mark.django_db
def test_a_file_of_another_encoding_says_where_and_changes_nothing(tmp_path: Path) -> None:
    paper = tmp_path / "viejo.txt"
    paper.write_bytes("::Uno:: ¿Qué? {=a ~b}\n\n".encode("cp1252"))
    with pytest.raises(CommandError, match=r"UTF-8.*1"):
        call_command(
            "import_questions", str(paper), format="gift", report=str(tmp_path / "r.json"), apply=True
        )
    assert not Question.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("data", [b"GIF89a", b"<svg onload='x()'/>", b""])
def test_a_picture_that_is_none_refuses_its_question_alone(tmp_path: Path, data: bytes) -> None:
    paper = tmp_path / "banco.xml"
    paper.write_text(MOODLE.replace("PICTURE", base64.b64encode(data).decode()), encoding="utf-8")
    report = brought(paper, "moodlexml", apply=True)
    assert "Señales" in {line["name"] for line in report["refused"]}
    assert report["understood"] or report["changed"]
    assert not Picture.objects.exists()


@pytest.mark.django_db
def test_what_could_not_be_asked_is_refused_in_the_words_of_the_form(tmp_path: Path) -> None:
    paper = tmp_path / "mala.txt"
    paper.write_text("::Igual:: ¿Qué? {=a ~a}\n\n::Bien:: ¿Qué? {=a ~b}\n", encoding="utf-8")
    report = brought(paper, "gift", apply=True)
    assert [line["name"] for line in report["refused"]] == ["Igual"]
    assert "dicen lo mismo" in report["refused"][0]["reason"]
    assert Question.objects.get().stem == "¿Qué?"
    assert not Quiz.objects.exists()


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).map(
    lambda text: " ".join(text.split())
)


@settings(max_examples=60)
@any_of(WORDS.filter(bool), st.lists(WORDS.filter(bool), min_size=2, max_size=5, unique=True), WORDS)
def test_whatever_is_written_comes_back(stem: str, texts: list[str], why: str) -> None:
    one = Item("", "", Kind.SINGLE, stem, [ItemChoice(text, not at, why) for at, text in enumerate(texts)])
    for write, read in ((moodle_writing.write, moodle.read), (qti_writing.write, qti.read)):
        (back,) = read(write([one])[0], "es")
        assert signature(back) == signature(one)
    (back,) = gift.read(gift.write([one])[0], "es")
    if not any("\\" in text for text in (stem, why, *texts)):
        assert isinstance(back, Item)
        assert [choice.correct for choice in back.choices] == [choice.correct for choice in one.choices]


@any_of(st.binary(max_size=400))
def test_nonsense_is_refused_and_never_breaks(data: bytes) -> None:
    for form in Format:
        # Anything else than a refusal in words would come through.
        with suppress(BadFile):
            assert files.read(data, form, "es")


@any_of(WORDS)
def test_words_go_through_html_and_back(text: str) -> None:
    assert words_of(as_html(text)).text == text


def test_the_gaps_of_moodle_have_their_strokes() -> None:
    said = cloze.written("Se [1].", [ItemChoice("a~b | c}d")])
    back = cloze.put_gaps(Item("", "cloze", Kind.CLOZE, said))
    assert (back.stem, back.choices) == ("Se [1].", [ItemChoice("a~b | c}d")])


def test_bruno_looks_first_and_then_takes_them(desk: Any, django_user_model: Any) -> None:
    address = "/admin/snippets/assessments/question/exchange/"
    collection = Collection.get_first_root_node()
    paper = ContentFile(GIFT.encode(), name="banco.txt")
    page = desk.post(address, {"file": paper, "collection": collection.pk, "look": "1"})
    words = page.content.decode()
    assert "Tomar 9 preguntas como borrador" in words
    assert "No pregunta nada." in words
    assert not Question.objects.exists()
    carried = page.context["carried"]
    taken = desk.post(address, {"carried": carried, "collection": collection.pk, "take": "1"}, follow=True)
    assert "Se tomaron 9 preguntas como borradores" in taken.content.decode()
    assert Question.objects.filter(live=False, collection=collection).count() == 9
    file = desk.get(f"{address}file/", {"format": "gift", "collection": collection.pk})
    assert "preguntas.gift.txt" in file["Content-Disposition"]
    assert "::¿Qué haces?::[plain]¿Qué haces? {" in file.content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Elige el archivo."),
        ({"carried": "no es nada"}, "Elige el archivo."),
        ({"file": ContentFile(ENTITIES, name="a.xml")}, "declara un tipo de documento"),
        ({"file": ContentFile(b"<quiz", name="a.xml")}, "no es un XML completo"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_file(desk: Any, sent: dict[str, Any], words: str) -> None:
    collection = Collection.get_first_root_node()
    address = "/admin/snippets/assessments/question/exchange/"
    page = desk.post(address, {**sent, "collection": collection.pk, "look": "1"})
    assert words in page.content.decode()
    assert page.status_code == 400
    assert not Question.objects.exists()
