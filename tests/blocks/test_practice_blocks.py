"""Amina tries: she is answered at once, on paper too, and nothing of it leaves her hands."""

import re
import uuid

import pytest

from courses.blocks.practice import KnowledgeCheckBlock, SelfCheckBlock
from tests.blocks.lessons import Study, lesson_with, raw, read
from tests.blocks.samples import filled, items, sample
from tests.blocks.test_reading_blocks import refused

KEY = "0f8fad5b-d9cb-469f-a165-70867728950e"


def check(query: str = "", **context: object) -> str:
    return read(raw("knowledge_check", filled("")["knowledge_check"](), KEY), query=query, **context)


def outside_templates(html: str) -> str:
    return re.sub(r"<template.*?</template>", "", html, flags=re.DOTALL)


def test_amina_is_not_told_the_answer_before_she_tries() -> None:
    assert "Porque" not in outside_templates(check())


def test_without_javascript_the_server_answers_in_place() -> None:
    html = outside_templates(check(f"?comprobar={KEY}&opcion=3"))
    assert "Así" in html
    assert "Porque" in html
    assert 'value="3" required checked' in html
    assert f'action="#check-{KEY}"' in html


def test_a_wrong_option_is_answered_kindly() -> None:
    html = outside_templates(check(f"?comprobar={KEY}&opcion=1"))
    assert "Mejor no" in html
    assert "Así" not in html


@pytest.mark.parametrize(
    "query",
    ["?opcion=1", "?comprobar=otro&opcion=1"]
    + [f"?comprobar={KEY}&opcion={n}" for n in ("", "0", "9", "-1", "1e3", "²", "x", "9999999999", "<b>")],
)
def test_a_changed_address_is_answered_by_the_plain_question(query: str) -> None:
    html = check(query)
    assert "checked" not in html
    assert "<b>&" not in html


def test_nothing_of_a_check_is_sent_anywhere_but_to_the_page_itself() -> None:
    html = check(study=Study())
    assert 'method="get"' in html
    assert "csrf" not in html


def test_a_question_without_a_right_answer_is_refused() -> None:
    value = {
        "question": "¿?",
        "options": items({"text": "a", "correct": False}, {"text": "b", "correct": False}),
        "explanation": "",
    }
    assert "options" in refused("knowledge_check", value)


def test_amina_s_self_check_is_in_no_form() -> None:
    html = read(sample("self_check"))
    assert "<form" not in html
    assert "method" not in html
    assert "<button" not in html


def test_on_paper_the_numbers_and_their_meanings_are_there() -> None:
    html = read(sample("self_check"))
    assert html.count('type="radio"') == 4
    assert "(2)" in html
    assert 'data-low="0" data-high="2"' in html
    assert "Pausa" in html


@pytest.mark.parametrize(
    "bands",
    [
        [(0, 1), (3, 4)],
        [(0, 2), (2, 4)],
        [(0, 3)],
        [(4, 0)],
    ],
)
def test_a_sum_with_no_meaning_or_with_two_is_refused(bands: list[tuple[int, int]]) -> None:
    value = {
        "title": "x",
        "intro": "",
        "items": items("a", "b"),
        "scale": items({"label": "Nunca", "value": 0}, {"label": "Siempre", "value": 2}),
        "bands": items(*({"low": low, "high": high, "text": "x"} for low, high in bands)),
    }
    assert "bands" in refused("self_check", value)


def reflection(study: Study | None, page: object = None) -> str:
    return read(raw("reflection", {"prompt": "¿Qué te ayuda?", "help": ""}, KEY), study=study, page=page)


def test_amina_finds_again_what_she_wrote_for_herself() -> None:
    html = reflection(Study(reflections={KEY: "Salir a <caminar>"}))
    assert "Salir a &lt;caminar&gt;</textarea>" in html


def test_her_page_says_who_reads_it_and_for_how_long() -> None:
    html = reflection(Study())
    assert "12" in html
    assert 'autocomplete="off"' in html


def test_the_notebook_is_never_required() -> None:
    assert "required" not in reflection(Study())


def test_another_block_s_words_do_not_appear_here() -> None:
    assert "ajeno" not in reflection(Study(reflections={str(uuid.uuid4()): "ajeno"}))


def test_a_preview_has_no_form_to_write_into() -> None:
    assert "<form" not in reflection(None, page=lesson_with())


def test_a_new_check_has_room_for_as_many_options_as_it_needs() -> None:
    assert len(KnowledgeCheckBlock().get_default()["options"]) == 2
    assert len(SelfCheckBlock().get_default()["scale"]) == 2
