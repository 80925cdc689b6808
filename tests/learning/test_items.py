"""How the questions of a quiz did, as Bruno reads it: the figures, the hints, and what is not told."""

from __future__ import annotations

import statistics
import uuid
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import assume, given
from hypothesis import strategies as st

from assessments import services
from assessments.items import FEWEST, Hint, Sums, alpha, hints
from assessments.models import Quiz
from assessments.queries.analysis import analysis_of
from programme.scope import Reader
from tests.conftest import Role
from tests.factories.accounts import UserFactory
from tests.factories.assessments import QuestionFactory, QuizFactory
from tests.factories.courses import SmallCourse, publish, shelf_of, writes

points = st.sampled_from([0.0, 0.25, 0.5, 1.0])
tables = st.integers(2, 6).flatmap(
    lambda k: st.lists(st.lists(points, min_size=k, max_size=k), min_size=3, max_size=30)
)


def sums_of(table: list[list[float]]) -> list[Sums]:
    totals = [sum(row) for row in table]
    tt = sum(t * t for t in totals)
    found = []
    for at in range(len(table[0])):
        xs = [row[at] for row in table]
        xt = sum(x * t for x, t in zip(xs, totals, strict=True))
        found.append(Sums(len(table), sum(xs), sum(x * x for x in xs), xt, sum(totals), tt))
    return found


@given(tables)
def test_the_figures_are_those_of_the_definitions(table: list[list[float]]) -> None:
    """Against the standard library, which reckons from the rows and not from sums."""
    found, totals = sums_of(table), [sum(row) for row in table]
    for at, one in enumerate(found):
        xs = [row[at] for row in table]
        rest = [total - x for total, x in zip(totals, xs, strict=True)]
        assert one.difficulty == pytest.approx(statistics.fmean(xs))
        if statistics.pvariance(xs) > 1e-6 and statistics.pvariance(rest) > 1e-6:
            assert one.discrimination == pytest.approx(statistics.correlation(xs, rest), abs=1e-6)
        else:
            assert one.discrimination is None
    whole = statistics.pvariance(totals)
    assume(whole > 1e-6)
    k = len(found)
    parts = sum(statistics.pvariance([row[at] for row in table]) for at in range(k))
    assert alpha(found) == pytest.approx(k / (k - 1) * (1 - parts / whole))


def test_questions_that_are_one_and_the_same_have_an_alpha_of_one_and_independent_ones_of_none() -> None:
    """The two ends, as Bland and Altman tell them (BMJ 1997;314:572)."""
    assert alpha(sums_of([[1, 1, 1], [0, 0, 0], [1, 1, 1], [0, 0, 0]])) == pytest.approx(1)
    assert alpha(sums_of([[1, 1], [1, 0], [0, 1], [0, 0]])) == pytest.approx(0)
    assert alpha(sums_of([[1], [0]])) is None
    assert alpha([]) is None


@pytest.mark.parametrize(
    ("table", "right", "wrong", "hint"),
    [
        ([[0.5, 1, 0], [0.5, 0, 1], [0.5, 1, 1]], 3, [0, 0], Hint.SAME),
        ([[0, 1, 1], [0, 1, 1], [1, 0, 0], [1, 0, 0], [0, 1, 0]], 2, [3, 0], Hint.NEGATIVE),
        ([[0, 1, 1], [0, 1, 1], [1, 0, 0], [0, 0, 0]], 1, [3, 0], Hint.RIVAL),
        ([[1, 1, 1], [0, 0, 0], [1, 1, 0], [0, 0, 1]], 2, [2, 0], Hint.UNCHOSEN),
    ],
)
def test_what_deserves_a_look_is_found(table: Any, right: int, wrong: list[int], hint: Hint) -> None:
    assert hint in hints(sums_of(table)[0], right=right, wrong=wrong)


def test_a_question_in_order_has_no_hint() -> None:
    table = [[1, 1, 1], [0, 0, 0], [1, 1, 0], [0, 0, 1], [1, 1, 1], [0, 0, 0]]
    assert hints(sums_of([[float(x) for x in row] for row in table])[0], right=3, wrong=[2, 1]) == ()


@pytest.fixture
def quiz(course: SmallCourse, bruno: Role) -> Quiz:
    own = shelf_of(course.course)
    questions = [QuestionFactory(collection=own, stem=f"¿Qué haces en el caso {n}?") for n in range(1, 4)]
    made = publish(QuizFactory(questions=questions, title="Para mirar", collection=own))
    services.freeze_quiz(quiz=made)
    writes(bruno.user, course.course)
    return made


def answered(quiz: Quiz, *patterns: str, before: bool = False) -> None:
    """Let somebody hand in for each pattern: «1» right, «0» the first wrong choice, «-» nothing."""
    for pattern in patterns:
        attempt = services.start_attempt(
            person=UserFactory().person,
            context=uuid.uuid4(),
            quiz_key=quiz.translation_key,
            pass_mark=70,
            max_attempts=3,
            reader=Reader("MX"),
            before=before,
        )
        for question, sign in zip(attempt.quiz.questions, pattern, strict=True):
            wrong = next(each.key for each in question.choices if each.key not in question.right_keys)
            if sign != "-":
                chosen = list(question.right_keys) if sign == "1" else [wrong]
                services.save_answer(attempt=attempt, question_key=question.key, chosen=chosen)
        services.submit_attempt(attempt=attempt)


def page(role: Role, quiz: Quiz, asked: str = "") -> str:
    url = reverse("wagtailsnippets_assessments_quiz:analysis", args=[quiz.pk])
    answer = role.client.get(f"{url}{asked}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_bruno_reads_which_question_to_look_at(quiz: Quiz, bruno: Role) -> None:
    answered(quiz, *["110"] * 5, *["001"] * 4, "0-1")
    found = analysis_of(quiz_key=quiz.translation_key, language="es")
    assert found
    assert [(item.asked, round(item.difficulty, 2)) for item in found.items] == [
        (10, 0.5),
        (10, 0.5),
        (10, 0.5),
    ]
    assert found.items[2].discrimination == pytest.approx(-1)
    assert [choice.taken for choice in found.items[1].choices] == [5, 4, 0]
    said = page(bruno, quiz)
    assert "Versión 1, 10 primeros intentos" in said
    assert "Con menos de 30 intentos estas cifras dicen poco" in said
    third = said.split("3. ¿Qué haces en el caso 3?")[1]
    assert "Quien sabía lo demás falló aquí" in third
    assert "−1,00" in third.replace("-", "−")


def test_of_fewer_than_ten_nothing_is_told(quiz: Quiz, bruno: Role) -> None:
    answered(quiz, *["111"] * (FEWEST - 1))
    said = page(bruno, quiz)
    assert "Con menos de 10 no se dice nada" in said
    assert "Alfa" not in said


def test_what_was_taken_before_a_course_and_second_attempts_do_not_count(quiz: Quiz) -> None:
    answered(quiz, *["111"] * 12, before=True)
    assert analysis_of(quiz_key=quiz.translation_key, language="es") is None


def test_nobody_has_handed_it_in(quiz: Quiz, bruno: Role) -> None:
    assert "Nadie ha entregado esta prueba" in page(bruno, quiz)
    assert "Nadie ha entregado esta prueba" in page(bruno, quiz, "?version=1e9&version=x")


def test_the_list_of_quizzes_leads_there(quiz: Quiz, bruno: Role) -> None:
    answer = bruno.client.get(reverse("wagtailsnippets_assessments_quiz:list"))
    assert reverse("wagtailsnippets_assessments_quiz:analysis", args=[quiz.pk]) in answer.content.decode()
