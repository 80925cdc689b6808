"""A claim that nobody has confirmed is seen by Bruno, who writes, and never by Amina, who learns."""

import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from common.text import without_unverified
from courses import unverified
from courses.blocks import LessonBlocks
from courses.blocks.base import seen
from courses.models import CoursePage, GlossaryTerm, LessonPage, ModulePage, QuizPage, Source
from courses.templatetags.authored import seen as seen_html
from courses.templatetags.authored import seen_text
from home.models import HomePage, InformationPage
from tests.blocks.lessons import lesson_with, raw, read, searched
from tests.blocks.samples import KINDS, sample, source

CLAIM = "ataca al nueve por ciento"
MARK = f"[[por verificar: {CLAIM}]]"


@pytest.mark.parametrize("kind", KINDS)
def test_amina_never_meets_an_unverified_claim_in_any_block(kind: str) -> None:
    html = read(sample(kind, MARK))
    assert CLAIM not in html
    assert "verificar" not in html


@pytest.mark.parametrize("kind", KINDS)
def test_bruno_sees_the_claim_in_his_preview(kind: str) -> None:
    assert CLAIM in read(sample(kind, MARK), editing=True)


@pytest.mark.parametrize("kind", KINDS)
def test_the_search_is_not_told_of_the_claim(kind: str) -> None:
    block = sample(kind, MARK)
    assert CLAIM not in searched(block)
    assert "verificar" not in searched(block)


@pytest.mark.parametrize("kind", KINDS)
def test_a_mark_that_bruno_forgot_to_close_hides_the_claim_all_the_same(kind: str) -> None:
    assert CLAIM not in read(sample(kind, f"[[Por verificar: {CLAIM}"))


def test_sources_keep_their_unverified_notes_from_amina() -> None:
    page = lesson_with(raw("sources", {"title": ""}))
    page.sources.add(source(MARK))
    page.save()
    html = read(raw("sources", {"title": f"Fuentes {MARK}"}), page=page)
    assert "OMS" in html
    assert CLAIM not in html


def test_every_kind_of_block_is_covered_here() -> None:
    assert set(KINDS) | {"sources", "support_lines"} == set(LessonBlocks().child_blocks)


def test_points_and_options_of_which_nothing_is_left_vanish() -> None:
    html = read(sample("key_points", MARK), sample("knowledge_check", MARK), sample("steps", MARK))
    assert html.count("<li>") == 2 + 1
    assert html.count('type="radio"') == 2
    assert "Respuesta sin opción" not in html
    assert "Huérfano" not in html


def test_a_hidden_cell_leaves_the_others_under_their_headings() -> None:
    html = read(sample("comparison", MARK))
    assert 'Preguntar</td><td role="cell" data-label="Daña">Exigir</td>' in html
    assert html.count("<tr ") == 2


def test_a_block_that_held_nothing_else_vanishes_whole() -> None:
    empty = {"title": "Ojo", "text": f"<p>{MARK}</p>", "tone": "info"}
    html = read(
        raw("callout", empty),
        raw("text", f"<p>{MARK}</p>"),
        raw("quotation", {"text": MARK, "attribution": "Ana"}),
    )
    assert "<p" not in html
    assert "Ojo" not in html
    assert "Ana" not in html


def test_the_rest_of_the_sentence_reads_well_without_the_claim() -> None:
    assert unverified.hide(f"<p>El miedo {MARK}, y el frío.</p>") == "<p>El miedo, y el frío.</p>"
    assert unverified.hide(f"<p>El miedo ({MARK}) pasa</p>") == "<p>El miedo pasa</p>"


@pytest.mark.parametrize(
    "source_html",
    [
        "<p>Uno [[por verificar: dos</p><p>tres]] cuatro</p><p>cinco</p>",
        "<ul><li>Uno [[por verificar: dos<ul><li>tres</li></ul></li><li>cuatro</li></ul><p>cinco</p>",
        "<p>Uno [[por verificar: dos [[por verificar: tres]] cuatro]] cinco</p>",
        "<p>Uno [[por verificar: dos [[tres]] cuatro]] cinco</p>",
    ],
    ids=["across two paragraphs", "never closed", "one in another", "brackets within"],
)
def test_of_a_mark_whose_end_nobody_can_tell_amina_reads_no_tail(source_html: str) -> None:
    hidden = unverified.hide(source_html)
    assert "Uno" in hidden
    assert not [word for word in ("dos", "tres", "cuatro", "cinco", "]]") if word in hidden]
    plain = re.sub("<[^>]+>", "", source_html)
    if unverified.has_unclosed(plain):
        assert without_unverified(plain) == "Uno"


def test_a_claim_that_ends_with_a_bracket_leaves_none_behind() -> None:
    assert unverified.hide("<p>Uno [[por verificar: dos [1]]] tres</p>") == "<p>Uno tres</p>"
    assert without_unverified("Uno [[por verificar: dos [1]]] tres") == "Uno tres"


OPEN = [f"Uno [[por verificar: {CLAIM}", f"[[por verificar: a [[por verificar: {CLAIM}]] b]]"]


@pytest.mark.parametrize("text", OPEN)
def test_bruno_is_told_of_an_open_mark_in_every_field_of_a_page(text: str) -> None:
    rich = f"<p>{text}</p><p>]]</p>"
    written = [
        (
            CoursePage(title=text, summary=text, content_note=rich, objectives=[("objective", text)]),
            {"title", "summary", "content_note", "objectives"},
        ),
        (ModulePage(title="Módulo", summary=text), {"summary"}),
        (LessonPage(title="Lección", summary=text, equivalent=rich), {"summary", "equivalent"}),
        (QuizPage(title="Prueba", introduction=rich), {"introduction"}),
        (HomePage(title="Inicio", lead=text), {"lead"}),
        (InformationPage(title=text), {"title"}),
        (GlossaryTerm(slug="a", term=text, definition=rich), {"term", "definition"}),
        (Source(key="S1", title="Guía", note=text), {"note"}),
    ]
    for page, fields in written:
        with pytest.raises(ValidationError) as refused:
            page.clean()
        assert set(refused.value.message_dict) == fields


@pytest.mark.parametrize(
    "written",
    [
        "[[por verificar: x]]",
        "[[ POR VERIFICAR : x ]]",
        "[[por&nbsp;verificar: x]]",
        "[[por verificar x]]",
        "&#91;&#91;por verificar: x]]",
        "[[por <b>verificar</b>: x]]",
        "[<i>[por verificar:</i> x]]",
    ],
)
def test_however_the_mark_was_typed_the_claim_is_hidden(written: str) -> None:
    assert "x" not in unverified.hide(f"<p>a {written} b</p>").replace("<b>", "")


def test_a_mark_in_a_link_address_is_no_way_out() -> None:
    assert "nueve" not in unverified.hide('<p>a <a href="https://x.org/[[por verificar: nueve]]">b</a></p>')


def test_what_bruno_sees_is_set_off_and_still_html() -> None:
    shown = unverified.show("<p>a [[por verificar: <b>x</b> &amp; y]] c</p>")
    assert shown.count("<mark") == shown.count("</mark>") == 3
    assert shown.count("<b>") == shown.count("</b>") == 1
    assert "&amp;" in shown


def test_plain_text_is_escaped_with_and_without_a_mark() -> None:
    assert unverified.Marked("<i> [[por verificar: <b>]]").__html__().startswith("&lt;i&gt; <mark")
    assert seen_text("a <b>", True) == "a <b>"
    assert seen_text("a [[por verificar: b]]") == "a"
    assert "nueve" not in seen_html("<p>[[por verificar: nueve]]</p>")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "<p>Uno [[por verificar: dos</p><p>tres]]</p>"),
        ("key_points", {"title": "", "points": ["Uno [[por verificar: dos"]}),
        ("callout", {"title": "Ojo [[por verificar", "text": "<p>x</p>", "tone": "info"}),
    ],
)
def test_bruno_is_told_when_he_forgets_to_close_a_mark(kind: str, value: object) -> None:
    stream = LessonBlocks()
    with pytest.raises(ValidationError) as refused:
        stream.clean(stream.to_python([raw(kind, value)]))
    assert "]]" in str(refused.value.as_json_data())


def test_bruno_may_save_marks_that_are_closed() -> None:
    stream = LessonBlocks()
    assert stream.clean(stream.to_python([sample("callout", MARK), sample("knowledge_check", MARK)]))


def test_nothing_changes_where_there_is_no_mark() -> None:
    block = LessonBlocks().child_blocks["callout"]
    value = block.to_python({"title": "Ojo [1]", "text": "<p>Texto [2] &amp; más</p>", "tone": "care"})
    shown = seen(block, value, editing=False)
    assert (shown["title"], shown["text"].source, shown["tone"]) == (
        "Ojo [1]",
        "<p>Texto [2] &amp; más</p>",
        "care",
    )


PIECES = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<ul><li>",
            "</li></ul>",
            "hola ",
            "[[por verificar: ",
            "]]",
            "&lt;",
            "<br/>",
        ]
    )
)


@given(PIECES)
def test_no_arrangement_of_marks_and_tags_lets_a_mark_through(pieces: list[str]) -> None:
    hidden = unverified.hide("".join(pieces))
    assert "verificar" not in hidden
    assert unverified.hide(hidden) == hidden


@given(PIECES)
def test_hiding_keeps_the_tags_in_balance(pieces: list[str]) -> None:
    source_html = "<p>" + "".join(piece for piece in pieces if not piece.startswith("<")) + "</p>"
    hidden = unverified.hide(source_html)
    assert hidden.count("<p>") == hidden.count("</p>")
