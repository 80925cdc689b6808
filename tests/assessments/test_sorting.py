"""Bruno sorts several questions at once: tags, objective, level; what learners read stays, and what is locked too."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments import services
from assessments.models import Question, QuizVersion
from assessments.sorting import Sorted, sort_questions
from tests.factories.assessments import QuestionFactory, QuizFactory


@pytest.fixture
def three(db: Any) -> list[Question]:
    made = [QuestionFactory(stem=f"¿Cómo se escucha en el caso {number}?") for number in range(3)]
    for question in made:
        question.save_revision().publish()
        question.tags.add("Borrable")
    return [Question.objects.get(pk=question.pk) for question in made]


def act(desk: Any, sent: dict[str, str], **asked: Any) -> Any:
    path = reverse("wagtail_bulk_action", args=["assessments", "question", "sort"], query=asked)
    assert desk.get(path).status_code == 200
    return desk.post(path, sent)


def again(questions: list[Question]) -> list[Question]:
    return [Question.objects.get(pk=question.pk) for question in questions]


def test_two_of_three_are_given_tags_objective_and_level(
    desk: Any, three: list[Question], django_capture_on_commit_callbacks: Any
) -> None:
    version = services.freeze_quiz(quiz=QuizFactory(questions=three))
    sent = {
        "add": "Escucha,  escucha , refugio",
        "take": "borrable",
        "objective": "Escuchar",
        "level": "apply",
    }
    with django_capture_on_commit_callbacks(execute=True):
        assert act(desk, sent, id=[question.pk for question in three[:2]]).status_code == 302
    *two, third = again(three)
    for question in two:
        assert {tag.name.casefold() for tag in question.tags.all()} == {"escucha", "refugio"}
        assert (question.objective, question.level, question.live) == ("Escuchar", "apply", True)
        assert not question.has_unpublished_changes
    assert (third.objective, [tag.name for tag in third.tags.all()]) == ("", ["Borrable"])
    newest = QuizVersion.objects.of_quiz(version.quiz_key).first()
    # Both changes are one version.
    assert newest.number == 2
    assert [question.stems for question in newest.quiz.questions] == [
        question.stems for question in version.quiz.questions
    ]


def test_a_draft_keeps_waiting_and_learners_keep_what_they_have(three: list[Question], bruno: Any) -> None:
    question = three[0]
    question.stem = "¿Algo que nadie ha publicado?"
    question.save_revision()
    question = Question.objects.get(pk=question.pk)
    sort_questions(
        questions=[question], given=Sorted(level="apply"), by=bruno, publishers=frozenset({question.pk})
    )
    question = Question.objects.get(pk=question.pk)
    assert question.has_unpublished_changes
    assert question.level == ""
    draft = question.get_latest_revision_as_object()
    assert (draft.level, draft.stem) == ("apply", "¿Algo que nadie ha publicado?")


def test_who_may_not_publish_leaves_it_in_the_draft(three: list[Question], bruno: Any) -> None:
    sort_questions(questions=three[:1], given=Sorted(level="apply"), by=bruno, publishers=frozenset())
    question = Question.objects.get(pk=three[0].pk)
    assert (question.level, question.live, question.has_unpublished_changes) == ("", True, True)


def test_what_somebody_locked_stays_and_bruno_is_told(desk: Any, three: list[Question], dalia: Any) -> None:
    Question.objects.filter(pk=three[0].pk).update(locked=True, locked_by=dalia, locked_at=timezone.now())
    path = reverse("wagtail_bulk_action", args=["assessments", "question", "sort"])
    ids = "&".join(f"id={question.pk}" for question in three)
    answer = desk.post(f"{path}?{ids}&next=/admin/", {"level": "apply"}, follow=True)
    assert [question.level for question in again(three)] == ["", "apply", "apply"]
    page = answer.content.decode()
    assert "Se clasificaron 2 preguntas" in page
    assert "está bloqueada por otra persona" in page


def test_everything_in_the_list_means_as_it_was_filtered(desk: Any, three: list[Question]) -> None:
    Question.objects.filter(pk=three[0].pk).update(kind="multiple")
    act(desk, {"add": "nueva"}, id="all", kind="multiple")
    tagged = [question for question in again(three) if question.tags.filter(name="nueva").exists()]
    assert tagged == three[:1]


def test_a_form_that_says_nothing_is_refused_in_words(desk: Any, three: list[Question]) -> None:
    answer = act(desk, {"add": " , "}, id=three[0].pk)
    assert answer.status_code == 200
    assert "Di al menos una cosa" in answer.content.decode()
