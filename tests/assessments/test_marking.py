"""What an answer is worth, and whether a quiz is passed."""

from __future__ import annotations

import uuid
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.content import PAIRED, TYPED, ChoiceContent, Kind, QuestionContent
from assessments.marking import (
    AttemptRefused,
    MarkReason,
    RefusalReason,
    ResultReason,
    as_decimal,
    mark,
    mark_attempt,
    needed_points,
)

KEYS = "abcdefgh"


def asked(kind: Kind, right: str, wrong: str) -> QuestionContent:
    choices = [ChoiceContent(key, {"es": key}, key in right) for key in right + wrong]
    return QuestionContent(uuid.uuid4(), kind, {"es": "¿?"}, tuple(choices))


questions = st.builds(
    lambda kind, flags: QuestionContent(
        uuid.uuid4(),
        kind,
        {"es": "¿?"},
        tuple(ChoiceContent(key, {"es": key}, flag) for key, flag in zip(KEYS, flags, strict=False)),
    ),
    st.sampled_from([kind for kind in Kind if kind not in TYPED | PAIRED | {Kind.CLOZE, Kind.FREE}]),
    st.lists(st.booleans(), min_size=2, max_size=8).filter(any),
)
answers = st.lists(st.sampled_from([*KEYS, "zz", ""]), max_size=12)


@pytest.mark.parametrize(
    ("chosen", "points", "reason"),
    [
        (["a"], 1, MarkReason.RIGHT),
        (["b"], 0, MarkReason.NOT_YET),
        ([], 0, MarkReason.UNANSWERED),
        (["zz"], 0, MarkReason.UNANSWERED),
        (["a", "b"], 0, MarkReason.NOT_YET),
    ],
)
def test_amina_answers_a_question_with_one_answer(chosen, points, reason):
    given_mark = mark(asked(Kind.SINGLE, "a", "bcd"), chosen)
    assert (given_mark.points, given_mark.reason) == (points, reason)


@pytest.mark.parametrize(
    ("chosen", "points", "reason"),
    [
        ("abc", Fraction(1), MarkReason.RIGHT),
        ("ab", Fraction(2, 3), MarkReason.PARTLY),
        ("abd", Fraction(1, 3), MarkReason.PARTLY),
        ("abcd", Fraction(2, 3), MarkReason.PARTLY),
        ("d", Fraction(0), MarkReason.NOT_YET),
        ("ad", Fraction(0), MarkReason.NOT_YET),
    ],
)
def test_several_answers_earn_parts_of_the_point(chosen, points, reason):
    given_mark = mark(asked(Kind.MULTIPLE, "abc", "d"), list(chosen))
    assert (given_mark.points, given_mark.reason) == (points, reason)


@given(questions, answers)
def test_no_answer_is_worth_less_than_nothing_or_more_than_the_point(question, chosen):
    assert 0 <= mark(question, chosen).points <= 1


@given(questions, answers, st.randoms())
def test_the_order_of_choosing_does_not_matter(question, chosen, random):
    shuffled = random.sample(chosen, len(chosen))
    assert mark(question, chosen) == mark(question, shuffled)


@given(questions, answers)
def test_what_is_chosen_twice_counts_once(question, chosen):
    assert mark(question, chosen) == mark(question, [*chosen, *chosen])


@given(questions, answers)
def test_what_the_question_does_not_hold_counts_for_nothing(question, chosen):
    known = [key for key in chosen if key in question.choice_keys]
    assert mark(question, chosen) == mark(question, known)


@given(questions, answers)
def test_only_exactly_the_right_choices_are_the_whole_point(question, chosen):
    exact = question.choice_keys.intersection(chosen) == question.right_keys
    assert (mark(question, chosen).points == 1) is exact


@given(st.lists(questions, min_size=1, max_size=6), st.integers(0, 100), st.data())
def test_a_kept_mark_reaches_the_pass_mark_exactly_when_the_attempt_passed(asked_questions, pass_mark, data):
    given_answers = {question.key: data.draw(answers) for question in asked_questions}
    result = mark_attempt(questions=asked_questions, answers=given_answers, pass_mark=pass_mark)
    kept = as_decimal(result.points)
    assert (kept * 100 >= pass_mark * result.max_points) is result.passed
    assert 0 <= result.percent <= 100


def test_amina_passes_with_exactly_the_pass_mark():
    ten = [asked(Kind.SINGLE, "a", "b") for _ in range(10)]
    given_answers = {question.key: ["a" if n < 7 else "b"] for n, question in enumerate(ten)}
    result = mark_attempt(questions=ten, answers=given_answers, pass_mark=70)
    assert result.passed
    assert result.percent == 70
    assert result.reasons == (ResultReason.PASS_MARK_REACHED,)


def test_amina_does_not_pass_with_one_less_and_reads_why():
    ten = [asked(Kind.SINGLE, "a", "b") for _ in range(10)]
    result = mark_attempt(questions=ten, answers={question.key: ["a"] for question in ten[:6]}, pass_mark=70)
    assert not result.passed
    assert result.reasons == (ResultReason.BELOW_PASS_MARK, ResultReason.SOME_UNANSWERED)


def test_three_thirds_are_one_whole_point():
    three = [asked(Kind.MULTIPLE, "abc", "d") for _ in range(3)]
    result = mark_attempt(questions=three, answers={question.key: ["a"] for question in three}, pass_mark=33)
    assert result.points == 1
    assert result.passed


def test_a_percentage_is_rounded_down():
    three = [asked(Kind.SINGLE, "a", "b") for _ in range(3)]
    result = mark_attempt(
        questions=three, answers={question.key: ["a"] for question in three[:2]}, pass_mark=67
    )
    assert (result.percent, result.passed) == (66, False)


def test_a_quiz_without_questions_passes_nobody():
    result = mark_attempt(questions=[], answers={}, pass_mark=0)
    assert (result.passed, result.percent, result.max_points) == (False, 0, 0)


def test_points_are_kept_to_the_thousandth_and_never_rounded_up():
    assert as_decimal(Fraction(2, 3)) == Decimal("0.666")


def test_the_points_needed_are_told_exactly():
    assert needed_points(questions=8, pass_mark=70) == Fraction(28, 5)


def test_a_refusal_names_its_rule():
    assert str(AttemptRefused(RefusalReason.ATTEMPTS_USED_UP)) == "attempts_used_up"
