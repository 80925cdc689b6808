"""A bad question is marked otherwise: who gains, who keeps what she had, and what stands in the result."""

from __future__ import annotations

import uuid
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from assessments import regrading, services
from assessments.content import ChoiceContent, Kind, QuestionContent
from assessments.marking import MarkReason, better, mark_attempt
from assessments.models import Attempt, AttemptAnswer, QuizVersion, Regrade
from assessments.regrading import Foreseen, NotRegraded, Reason
from programme.scope import Reader
from tests.assessments.conftest import answer, login_of, right, wrong
from tests.factories.assessments import QuestionFactory, QuizFactory, choices_of


@pytest.fixture
def version(db: None) -> QuizVersion:
    """A quiz of four questions; two of four pass."""
    made = services.freeze_quiz(quiz=QuizFactory(questions=[QuestionFactory() for _ in range(3)] + [typed()]))
    assert made is not None
    return made


def typed() -> Any:
    return QuestionFactory(kind="short", stem="¿Con qué se empieza?", choices=choices_of(("Mirar", True)))


def begun(version: QuizVersion, name: str) -> Attempt:
    return services.start_attempt(
        person=login_of(name).person,
        context=uuid.uuid4(),
        quiz_key=version.quiz_key,
        pass_mark=70,
        max_attempts=3,
        reader=Reader("MX"),
    )


def handed_in(version: QuizVersion, name: str, *, well: int, said: str = "Observar") -> Attempt:
    """Answer the first `well` of the three well, the others wrongly, and the last one with `said`."""
    attempt = begun(version, name)
    for n in (1, 2, 3):
        answer(attempt, n, right(attempt, n) if n <= well else wrong(attempt, n))
    answer(attempt, 4, [said])
    return services.submit_attempt(attempt=attempt)


def regraded(version: QuizVersion, n: int, way: str, by: Any, **more: Any) -> Regrade:
    """Regrade question `n` and mark again, as the worker does."""
    made = regrading.regrade(
        version=version,
        question=version.quiz.questions[n - 1].key,
        way=way,
        reason=more.pop("reason", "La clave estaba mal."),
        by=by.person,
        **more,
    )
    regrading.mark_again.func(regrade_id=made.pk)
    return made


def stands(attempt: Attempt) -> tuple[Decimal | None, Decimal | None, bool | None]:
    attempt.refresh_from_db()
    return attempt.points, attempt.max_points, attempt.passed


def test_everybody_is_given_the_point_and_who_passes_by_it_is_announced(
    version: QuizVersion, bruno: Any, django_capture_on_commit_callbacks: Any
) -> None:
    near, far = handed_in(version, "Nadia", well=2), handed_in(version, "Flor", well=0)
    key = version.quiz.questions[3].key
    assert regrading.foresee(version=version, question=key, way="all") == Foreseen(2, 2, 1, 0)
    assert stands(near) == (2, 4, False), "only looked at"
    regraded(version, 4, "all", bruno)
    assert stands(near) == (3, 4, True)
    assert stands(far) == (1, 4, False)
    assert near.answers.get(question_key=key).chosen == ["Observar"]


def test_another_answer_is_accepted_in_capitals_and_without_accents(version: QuizVersion, bruno: Any) -> None:
    said, other = (
        handed_in(version, "Nadia", well=2, said="OBSERVÁR"),
        handed_in(version, "Flor", well=2, said="Correr"),
    )
    key = version.quiz.questions[3].key
    assert regrading.foresee(version=version, question=key, way="accept", accepted="Observar") == Foreseen(
        2, 1, 1, 0
    )
    regraded(version, 4, "accept", bruno, accepted="Observar")
    assert stands(said) == (3, 4, True)
    assert stands(other) == (2, 4, False)


def test_another_choice_is_accepted(version: QuizVersion, bruno: Any) -> None:
    attempt = handed_in(version, "Nadia", well=2, said="Correr")
    taken = AttemptAnswer.objects.get(attempt=attempt, question_key=version.quiz.questions[2].key).chosen
    regraded(version, 3, "accept", bruno, accepted=taken[0])
    assert stands(attempt) == (3, 4, True)


def test_a_dropped_question_counts_for_nobody_and_takes_from_nobody(version: QuizVersion, bruno: Any) -> None:
    gains, keeps = handed_in(version, "Nadia", well=2), handed_in(version, "Flor", well=3)
    last = version.quiz.questions[2].key
    assert regrading.foresee(version=version, question=last, way="drop") == Foreseen(2, 1, 0, 1)
    regraded(version, 3, "drop", bruno)
    assert stands(gains) == (2, 3, False)
    assert stands(keeps) == (3, 4, True), "two of three would be less, and no pass"


def test_it_holds_for_who_hands_in_later_and_not_for_the_question_mended_since(
    version: QuizVersion, bruno: Any
) -> None:
    early = begun(version, "Nadia")
    regraded(version, 4, "all", bruno)
    for n in (1, 2):
        answer(early, n, right(early, n))
    assert services.submit_attempt(attempt=early).points == 3
    question = version.quiz.questions[3]
    other = QuestionContent(question.key, Kind.SHORT, {"es": "¿Con qué se termina?"}, question.choices)
    assert other.signature != question.signature


def test_done_again_it_changes_nothing(version: QuizVersion, bruno: Any) -> None:
    attempt = handed_in(version, "Nadia", well=2)
    made = regraded(version, 4, "all", bruno)
    was = stands(attempt)
    assert regrading.mark_again.func(regrade_id=made.pk) == 0
    assert stands(attempt) == was
    with pytest.raises(NotRegraded) as refused:
        regraded(version, 4, "all", bruno)
    assert refused.value.reason is Reason.ALREADY


def test_what_was_cut_off_is_gone_on_with(version: QuizVersion, bruno: Any) -> None:
    attempt = handed_in(version, "Nadia", well=2)
    key = version.quiz.questions[3].key
    regrading.regrade(version=version, question=key, way="all", reason="Mal hecha.", by=bruno.person)
    Regrade.objects.update(done_at=None)
    assert regrading.go_on() == 1
    assert stands(attempt) == (3, 4, True)
    assert Regrade.objects.get().done_at is not None


@pytest.mark.parametrize(
    ("n", "way", "more", "reason"),
    [
        (1, "all", {"reason": "  "}, Reason.NO_REASON),
        (1, "nonsense", {}, Reason.NOT_ASKED),
        (1, "accept", {"accepted": "no-such-choice"}, Reason.NO_ANSWER),
        (4, "accept", {"accepted": " "}, Reason.NO_ANSWER),
    ],
)
def test_what_makes_no_sense_is_refused(
    version: QuizVersion, bruno: Any, n: int, way: str, more: dict[str, str], reason: Reason
) -> None:
    with pytest.raises(NotRegraded) as refused:
        regraded(version, n, way, bruno, **more)
    assert refused.value.reason is reason
    assert not Regrade.objects.exists()


def test_the_only_question_is_not_dropped(db: None, bruno: Any) -> None:
    version = services.freeze_quiz(quiz=QuizFactory(questions=[QuestionFactory()]))
    assert version is not None
    with pytest.raises(NotRegraded) as refused:
        regraded(version, 1, "drop", bruno)
    assert refused.value.reason is Reason.ONLY_QUESTION


def test_her_result_says_that_the_question_was_marked_anew(
    client: Any, version: QuizVersion, bruno: Any
) -> None:
    attempt = handed_in(version, "Nadia", well=2)
    regraded(version, 3, "drop", bruno)
    client.force_login(attempt.person.user)
    page = client.get(reverse("assessments:result", args=[attempt.key])).content.decode()
    assert "se recalificó" in page
    assert "Ya no cuenta" in page
    assert "2 de 3" in page


CHOICES = (ChoiceContent("a", {"es": "A"}, correct=True), ChoiceContent("b", {"es": "B"}, correct=False))
QUESTIONS = [QuestionContent(uuid.uuid4(), Kind.SINGLE, {"es": "¿?"}, CHOICES) for _ in range(5)]


@given(
    st.lists(st.sampled_from(["a", "b", ""]), min_size=5, max_size=5),
    st.sets(st.integers(0, 4)),
    st.sets(st.integers(0, 4)),
    st.integers(0, 100),
)
def test_nobody_ever_loses_and_nobody_has_more_than_all(
    said: list[str], given_: set[int], dropped: set[int], pass_mark: int
) -> None:
    asked = {
        "questions": QUESTIONS,
        "answers": {each.key: [said[n]] for n, each in enumerate(QUESTIONS)},
        "pass_mark": pass_mark,
    }
    first = mark_attempt(**asked)
    again = mark_attempt(
        **asked,
        given={QUESTIONS[n].key for n in given_},
        dropped={QUESTIONS[n].key for n in dropped},
    )
    best = better(first, again)
    assert Fraction(best.points, best.max_points) >= Fraction(first.points, first.max_points)
    assert best.passed or not first.passed
    assert best.points <= best.max_points
    assert all(mark.points <= 1 for mark in best.marks.values())
    dropped_marks = [mark for mark in again.marks.values() if mark.reason is MarkReason.DROPPED]
    assert len(dropped_marks) == len(dropped)
