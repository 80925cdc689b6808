"""Bruno writes a question that is in the bank already: he is told, and finds pairs of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from assessments.alike import ALIKE, alike, all_alike, share, words_of
from tests.assessments.conftest import hand_in
from tests.assessments.test_staff import GOOD, question_form
from tests.factories.assessments import QuestionFactory

LIST = "wagtailsnippets_assessments_question:list"
ADD = "wagtailsnippets_assessments_question:add"


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ("¿QUE HACES PRIMERO en el albergue con una niña sola?", True),
        ("¿Qué haces primero en la estación con una niña sola?", False),
        ("¿Qué no haces?", False),
    ],
)
def test_accents_and_capitals_do_not_make_another_question(other: str, found: bool) -> None:
    stem = "¿Qué haces primero en el albergue, con una niña sola?"
    assert bool(alike(stem, {1: other})) is found


few_words = st.frozensets(st.sampled_from([letter * 4 for letter in "abcdefgh"]), max_size=8)


@given(st.lists(few_words.map(sorted).map(" ".join), max_size=10))
def test_none_is_missed_by_looking_at_the_rarest_words_alone(stems: list[str]) -> None:
    kept = dict(enumerate(stems))
    every = {
        one
        for one, stem in kept.items()
        for other, text in kept.items()
        if one != other and share(words_of(stem), words_of(text)) >= ALIKE
    }
    assert all_alike(kept) == every


def test_bruno_is_told_and_led_to_the_other_one(desk: Any) -> None:
    there = QuestionFactory(stem="¿Qué dice la norma sobre la atención?")
    form = question_form(*GOOD, stem="¿Que dice la norma sobre la atencion?")
    page = desk.post(reverse(ADD), form, follow=True).content.decode()
    assert "pregunta casi lo mismo" in page
    assert reverse("wagtailsnippets_assessments_question:edit", args=[there.pk]) in page


def test_bruno_finds_those_that_may_be_there_twice(desk: Any) -> None:
    twice = [
        QuestionFactory(stem="¿Qué haces primero con Ana?"),
        QuestionFactory(stem="¿Que haces primero, con ana?"),
    ]
    QuestionFactory(stem="¿Cuánto dura una crisis?")
    shown = desk.get(reverse(LIST), {"twice": "on"}).context["object_list"]
    assert {question.pk for question in shown} == {question.pk for question in twice}
    assert len(desk.get(reverse(LIST)).context["object_list"]) == 3


def test_the_bank_shows_how_often_each_was_answered(desk: Any, attempt: Any, questions: Any) -> None:
    def shown() -> list[int]:
        rows = {row.pk: row.answers for row in desk.get(reverse(LIST)).context["object_list"]}
        return [rows[question.pk] for question in questions]

    assert shown() == [0, 0, 0]
    hand_in(attempt, well=2)
    assert shown() == [1, 1, 1]
