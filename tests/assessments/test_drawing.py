"""Bruno lets three of his questions be drawn: others at each attempt, none twice, none that is not for her country."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.test.utils.form_data import nested_form_data, streamfield

from assessments import services
from assessments.content import ChoiceContent, Draw, Kind, QuestionContent, QuizContent
from assessments.drawing import pools, wanted
from assessments.freezing import LeftOutReason, compose
from assessments.models import Attempt, Question, Quiz, QuizVersion
from assessments.preview import quiz_preview
from courses.reading import questions_asked
from programme.scope import Reader
from tests.factories.assessments import QuestionFactory, QuizFactory

TAG = "escucha"


def tagged(count: int, *, tag: str = TAG, **fields: Any) -> list[Question]:
    made = []
    for number in range(count):
        question = QuestionFactory(stem=f"¿Cómo escuchas en el caso {tag} {number}?", **fields)
        question.tags.add(tag)
        made.append(question)
    return made


def drawing(*listed: Question, number: int = 3, tag: str = TAG, objective: str = "") -> Quiz:
    quiz = QuizFactory(questions=list(listed))
    quiz.draws = [("draw", {"number": number, "tag": tag, "objective": objective})]
    quiz.save()
    return quiz


def begun(person: Any, version: QuizVersion, country: str = "MX", **more: Any) -> Attempt:
    asked = {"context": uuid.uuid4(), "quiz_key": version.quiz_key, "pass_mark": 70, "max_attempts": 3}
    return services.start_attempt(person=person, reader=Reader(country), **asked | more)


def stems(attempt: Attempt) -> list[str]:
    return [question.stems["es"] for question in attempt.quiz.questions]


def test_each_attempt_asks_what_is_listed_and_so_many_of_the_others(amina: Any) -> None:
    first, others = QuestionFactory(stem="¿Qué es lo primero?"), tagged(8)
    version = services.freeze_quiz(quiz=drawing(first))
    attempts = [begun(amina.person, version) for _number in range(12)]
    drawn = [frozenset(stems(attempt)[1:]) for attempt in attempts]
    assert {stems(attempt)[0] for attempt in attempts} == {"¿Qué es lo primero?"}
    assert {len(each) for each in drawn} == {3}
    assert len(set(drawn)) > 1
    assert frozenset().union(*drawn) <= {question.stem for question in others}


def test_an_attempt_that_is_gone_on_with_asks_what_it_asked(amina: Any) -> None:
    version = services.freeze_quiz(quiz=drawing(*tagged(0), number=2))
    assert version is None
    tagged(6)
    version = services.freeze_quiz(quiz=drawing(number=2))
    attempt = begun(amina.person, version, context=(context := uuid.uuid4()))
    tagged(3, tag="escucha ")
    again = begun(amina.person, version, context=context)
    assert (again.pk, stems(again)) == (attempt.pk, stems(attempt))


def test_nobody_draws_what_is_asked_elsewhere_or_is_a_draft(amina: Any) -> None:
    tagged(2, countries=["GT"])
    tagged(1, live=False)
    mine = tagged(2)
    version = services.freeze_quiz(quiz=drawing(number=5))
    assert sorted(stems(begun(amina.person, version))) == sorted(question.stem for question in mine)
    assert len(stems(begun(amina.person, version, "GT"))) == 4


def test_what_is_listed_is_not_drawn_besides(amina: Any) -> None:
    listed, *others = tagged(3)
    version = services.freeze_quiz(quiz=drawing(listed, number=5))
    asked = stems(begun(amina.person, version))
    assert len(asked) == len(set(asked)) == 3
    assert asked[0] == listed.stem
    assert others


def test_by_objective_and_by_both(amina: Any) -> None:
    tagged(2, objective="Escuchar sin juzgar")
    tagged(2)
    tagged(2, tag="otra", objective="Escuchar sin juzgar")
    for tag, objective, count in (
        (TAG, "", 4),
        ("", "escuchár sin juzgar", 4),
        (TAG, "Escuchar sin juzgar", 2),
    ):
        content = compose(quiz=drawing(number=9, tag=tag, objective=objective)).content
        assert content is not None
        assert (content.asks, len(content.asked_of(Reader("MX"), 7))) == (count, count)


def test_bruno_is_told_where_the_bank_has_too_few(db: Any) -> None:
    tagged(2)
    quiz = drawing(number=5)
    composition = compose(quiz=quiz)
    assert [row.reason for row in composition.left_out] == [LeftOutReason.TOO_FEW]
    seen = quiz_preview(quiz=quiz)
    assert "5 preguntas al azar de 2" in seen.drawn[0]
    assert "menos preguntas" in seen.left_out[0]


def test_a_draw_says_from_which(db: Any) -> None:
    with pytest.raises(ValidationError, match="etiqueta"):
        drawing(tag="").clean()


def test_a_question_that_is_published_or_retired_changes_what_is_drawn_from(
    db: Any, django_capture_on_commit_callbacks: Any
) -> None:
    tagged(2)
    quiz = drawing(number=1)
    services.freeze_quiz(quiz=quiz)
    (new,) = tagged(1, tag="otra")
    new.tags.add(TAG)
    with django_capture_on_commit_callbacks(execute=True):
        new.save_revision().publish()
    newest = QuizVersion.objects.of_quiz(quiz.translation_key).first()
    assert (newest.number, len(newest.quiz.draws[0].keys)) == (2, 3)
    with django_capture_on_commit_callbacks(execute=True):
        new.unpublish()
    assert len(QuizVersion.objects.of_quiz(quiz.translation_key).first().quiz.draws[0].keys) == 2


def test_what_is_drawn_counts_towards_the_hours(db: Any) -> None:
    tagged(6)
    assert len(questions_asked(drawing(QuestionFactory(), number=4))) == 5


def test_a_quiz_frozen_before_keeps_its_fingerprint(version: QuizVersion) -> None:
    assert "draws" not in version.content
    assert QuizContent.from_json(version.content).fingerprint == version.fingerprint
    tagged(2)
    drawn = services.freeze_quiz(quiz=drawing(number=1))
    assert QuizContent.from_json(drawn.content) == drawn.quiz
    assert drawn.quiz.fingerprint == drawn.fingerprint


def test_bruno_writes_a_draw_in_the_admin(desk: Any) -> None:
    quiz = drawing(number=1)
    draws = streamfield([("draw", {"number": "3", "tag": "Escúcha", "objective": ""})])
    form = {
        "title": quiz.title,
        "items": streamfield([]),
        "draws": draws,
        "feedback": "after",
        "pass_mark": "70",
        "max_attempts": "3",
        "shuffle": "on",
        "collection": str(quiz.collection_id),
    }
    where = reverse("wagtailsnippets_assessments_quiz:edit", args=[quiz.pk])
    answer = desk.post(where, nested_form_data(form))
    assert answer.status_code == 302, answer.context["form"].errors
    kept = Quiz.objects.get(pk=quiz.pk).get_latest_revision_as_object()
    assert [(each.number, each.tag) for each in wanted(kept)] == [(3, "Escúcha")]
    tagged(2)
    assert len(pools(kept, kept.locale, [])[0]) == 2


def question(key: int, country: str) -> QuestionContent:
    choices = (ChoiceContent("a", {"es": "a"}, True), ChoiceContent("b", {"es": "b"}, False))
    countries = (country,) if country else ()
    return QuestionContent(uuid.UUID(int=key), Kind.SINGLE, {"es": str(key)}, choices, countries=countries)


@given(
    st.lists(st.sampled_from(["", "MX", "GT"]), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(1, 6), st.sets(st.integers(0, 11), max_size=8)), max_size=3),
    st.integers(0, 2**31 - 1),
)
def test_whatever_is_drawn_is_hers_once_and_the_same_for_one_seed(
    scopes: list[str], draws: list[tuple[int, set[int]]], seed: int
) -> None:
    questions = tuple(question(number, scope) for number, scope in enumerate(scopes))
    pools = tuple(
        Draw(number, tuple(uuid.UUID(int=key) for key in sorted(keys) if key < len(scopes)))
        for number, keys in draws
    )
    content = QuizContent(uuid.UUID(int=99), "es", {"es": "Q"}, 70, 3, True, questions, pools)
    asked = content.asked_of(Reader("MX"), seed)
    assert len(asked) == len({each.key for each in asked}) <= content.asks
    assert all(each.countries in {(), ("MX",)} for each in asked)
    assert asked == content.asked_of(Reader("MX"), seed)
    pooled = {key for pool in pools for key in pool.keys}
    fixed = [each for each in questions if each.key not in pooled and each.countries != ("GT",)]
    assert list(asked[: len(fixed)]) == fixed
