"""A content file becomes a lesson: the same file, the same lesson, to the last id."""

import pytest

from courses.blocks import LessonBlocks
from courses.blocks.from_starter import StarterError, to_stream
from courses.blocks.markdown import to_html, to_plain
from tests.blocks.lessons import read
from tests.blocks.samples import term
from tests.factories.media_library import DrawingFactory, HandoutFactory, RecordingFactory

BODY = [
    {"text": "## Escuchar\n\nUn **vaso** de\nagua.\n\n- uno\n- dos\n"},
    {"picture": {"file": "media/x.svg", "alt": "Dos sillas", "caption": "Sombra", "credit": "CC"}},
    {"audio": {"file": "media/x.ogg", "title": "Pausa", "transcript": "Respira"}},
    {"document": {"file": "media/x.pdf"}},
    {"callout": {"title": "Ojo", "text": "Texto", "tone": "care"}},
    {"key_points": {"title": "Lo esencial", "points": ["Escucha"]}},
    {"steps": {"title": "Pasos", "steps": [{"title": "Di quién eres.", "text": "Tu nombre"}]}},
    {"comparison": {"title": "T", "columns": ["Ayuda", "Daña"], "rows": [["a", "b"]]}},
    {"quotation": {"text": "Me quedé", "attribution": "Ana"}},
    {"glossary": {"term": "pap"}},
    {"fold": {"title": "Más", "text": "Detalle"}},
    {"country": {"title": "Números", "mode": "others", "variants": {"MX": "[911](tel:911)", "GT": "110"}}},
    {"content_note": {"text": "Aviso", "covers": 2}},
    {"support_lines": {}},
    {"reflection": {"prompt": "¿Qué te ayuda?", "help": "Piensa"}},
    {
        "self_check": {
            "title": "¿Cómo llegas?",
            "intro": "Hoy",
            "items": ["Dormí"],
            "scale": [{"label": "Nunca", "value": 0}, {"label": "Siempre", "value": 1}],
            "bands": [{"from": 0, "to": 1, "text": "Pausa"}],
        }
    },
    {
        "knowledge_check": {
            "question": "¿Qué haces?",
            "options": [
                {"text": "a", "correct": True, "feedback": "Sí"},
                {"text": "b", "correct": False, "feedback": "No"},
            ],
            "explanation": "Porque",
        }
    },
    {"sources": {}},
]


class Shelf:
    """Finds what the body names."""

    def __init__(self) -> None:
        self.keys = {"picture": DrawingFactory().pk, "recording": RecordingFactory().pk, "term": term("")}
        self.keys["document"] = HandoutFactory().pk

    def picture(self, file: str, /) -> int:
        return self.keys["picture"]

    def recording(self, file: str, /) -> int:
        return self.keys["recording"]

    def document(self, file: str, /) -> int:
        return self.keys["document"]

    def term(self, key: str, /) -> int:
        return self.keys["term"]


def test_every_kind_of_block_can_be_written_in_a_file() -> None:
    written = to_stream(BODY, key="pap-01/x", resolve=Shelf())
    stream = LessonBlocks()
    assert {block["type"] for block in written} == set(stream.child_blocks)
    stream.clean(stream.to_python(written))
    html = read(*written)
    for words in ("Escuchar", "Dos sillas", "Respira conmigo", "Hoja", "tel:911", "Pausa", "¿Qué haces?"):
        assert words in html


def test_the_same_file_gives_the_same_ids_and_another_lesson_gives_others() -> None:
    shelf = Shelf()
    once, again = (to_stream(BODY, key="pap-01/x", resolve=shelf) for _ in range(2))
    assert once == again
    other = to_stream(BODY, key="pap-01/y", resolve=shelf)
    assert not {block["id"] for block in once} & {block["id"] for block in other}


def test_markdown_becomes_what_the_editor_keeps() -> None:
    assert to_html("# A\n\nb *c*\nd **e**") == "<h2>A</h2><p>b <i>c</i> d <b>e</b></p>"
    assert to_html("1. a\n\n   b\n2. c") == "<ol><li>ab</li><li>c</li></ol>" or "<p>" not in to_html(
        "1. a\n2. c"
    )
    assert to_html("- a\n\n- b") == "<ul><li>a</li><li>b</li></ul>"
    assert to_html("[x](https://a.org)") == '<p><a href="https://a.org">x</a></p>'


@pytest.mark.parametrize(
    "text", ["<script>x</script>", "![x](a.png)", "[x](javascript:alert(1))", "<img src=x onerror=y>"]
)
def test_nothing_else_comes_through(text: str) -> None:
    html = to_html(text)
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_a_mark_survives_the_way_from_the_file() -> None:
    assert to_html("a [[por verificar: b]] c") == "<p>a [[por verificar: b]] c</p>"


def test_signs_of_emphasis_do_not_show_in_plain_fields() -> None:
    assert to_plain("Un **vaso** de *agua*\n 2 * 3 * 4") == "Un vaso de agua 2 * 3 * 4"


def test_spaces_that_must_not_break_stay_as_they_were_written():
    assert (
        to_plain("Entonces\n  «\u00a0qui\u00a0?\u00a0» 55\u00a0%")
        == "Entonces «\u00a0qui\u00a0?\u00a0» 55\u00a0%"
    )


@pytest.mark.parametrize(
    "entry", [{"unknown": {}}, {"callout": {}}, {"text": "a", "fold": {}}, "x", {"picture": None}]
)
def test_a_mistake_is_named_with_its_place(entry: object) -> None:
    with pytest.raises(StarterError, match="pap-01/x, block 0"):
        to_stream([entry], key="pap-01/x", resolve=Shelf())
