"""What of a quiz reaches learners, and when it is frozen anew."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from wagtail.models import Locale

from assessments.answerable import Fault
from assessments.content import QuizContent
from assessments.events import quiz_frozen
from assessments.freezing import LeftOutReason, compose
from assessments.models import FrozenQuestion, QuizVersion
from assessments.querysets import QuizVersionQuerySet
from assessments.services import freeze_quiz, freeze_quizzes_with
from tests.factories.assessments import QuestionFactory, QuizFactory, choices_of


def publish(snippet) -> None:
    snippet.save_revision().publish()


@pytest.fixture
def heard():
    calls = []

    def listen(**kwargs):
        calls.append(kwargs)

    quiz_frozen.connect(listen)
    yield calls
    quiz_frozen.disconnect(listen)


def test_a_frozen_quiz_comes_back_from_json_exactly(version):
    content = version.quiz
    again = QuizContent.from_json(json.loads(json.dumps(content.to_json())))
    assert again == content
    assert again.fingerprint == version.fingerprint


def test_questions_stand_in_the_order_of_the_quiz(version, questions):
    assert [question.key for question in version.quiz.questions] == [
        each.translation_key for each in questions
    ]
    assert list(FrozenQuestion.objects.values_list("position", flat=True)) == [1, 2, 3]


def test_freezing_the_same_content_twice_gives_the_same_version(version, quiz):
    assert freeze_quiz(quiz=quiz) == version
    assert QuizVersion.objects.count() == 1


def test_two_publications_in_the_same_instant_make_one_version(version, quiz, monkeypatch):
    # What the second one saw before the first had written: no version at all.
    looks = [QuizVersion.objects.none()]
    real = QuizVersionQuerySet.of_quiz
    monkeypatch.setattr(QuizVersionQuerySet, "of_quiz", lambda *args: looks.pop() if looks else real(*args))
    assert freeze_quiz(quiz=quiz) == version
    assert QuizVersion.objects.count() == 1


def test_an_error_that_is_nobody_elses_version_is_not_hidden(quiz, monkeypatch):
    def refuse(*args):
        raise IntegrityError

    monkeypatch.setattr("assessments.services._write_version", refuse)
    with pytest.raises(IntegrityError):
        freeze_quiz(quiz=quiz)


def test_bruno_mends_a_word_and_new_attempts_get_a_new_version(
    version, quiz, questions, heard, django_capture_on_commit_callbacks
):
    questions[0].stem = "¿Qué haces antes que nada?"
    with django_capture_on_commit_callbacks(execute=True):
        publish(questions[0])
    newest = QuizVersion.objects.of_quiz(quiz.translation_key).first()
    assert newest.number == 2
    assert [(call["quiz_key"], call["version_id"]) for call in heard] == [(quiz.translation_key, newest.pk)]


def test_going_back_to_older_words_makes_a_newer_version_again(version, quiz, questions):
    for title in ("Otro título", quiz.title):
        quiz.title = title
        quiz.save()
        newest = freeze_quiz(quiz=quiz)
    assert newest.number == 3
    assert newest.fingerprint == version.fingerprint


def test_publishing_a_quiz_freezes_it(questions, django_capture_on_commit_callbacks):
    quiz = QuizFactory(questions=questions, live=False)
    assert freeze_quiz(quiz=quiz) is None
    with django_capture_on_commit_callbacks(execute=True):
        publish(quiz)
    assert QuizVersion.objects.get().quiz_key == quiz.translation_key


def test_a_draft_of_a_question_changes_nothing_for_learners(version, quiz, questions):
    questions[0].stem = "¿Borrador?"
    questions[0].save_revision()
    assert freeze_quiz(quiz=quiz) == version


def test_a_question_not_published_is_left_out_and_bruno_is_told_why(questions):
    questions[1].live = False
    questions[1].save()
    composition = compose(quiz=QuizFactory(questions=questions))
    assert len(composition.content.questions) == 2
    assert [each.reason for each in composition.left_out] == [LeftOutReason.NOT_PUBLISHED]


def test_a_retired_question_is_asked_no_more(version, quiz, questions, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        questions[0].unpublish()
    newest = QuizVersion.objects.of_quiz(quiz.translation_key).first()
    assert questions[0].translation_key not in {question.key for question in newest.quiz.questions}


def test_a_quiz_without_any_live_question_has_no_version(db):
    quiz = QuizFactory(questions=[QuestionFactory(live=False)])
    assert freeze_quiz(quiz=quiz) is None
    assert not QuizVersion.objects.exists()


def test_a_question_deleted_before_anybody_was_asked_is_reported(db):
    gone, stays = QuestionFactory(), QuestionFactory()
    quiz = QuizFactory(questions=[gone, stays])
    gone.delete()
    quiz.refresh_from_db()
    composition = compose(quiz=quiz)
    assert [each.reason for each in composition.left_out] == [LeftOutReason.DELETED]
    assert len(composition.content.questions) == 1


def test_a_question_listed_twice_is_asked_once(db):
    question = QuestionFactory()
    composition = compose(quiz=QuizFactory(questions=[question, question]))
    assert len(composition.content.questions) == 1
    assert [each.reason for each in composition.left_out] == [LeftOutReason.LISTED_TWICE]


class TestAClaimNobodyConfirmed:
    """«[[por verificar: …]]» is for editors; what is frozen does not hold it."""

    def test_is_absent_from_stem_choice_feedback_and_explanation(self, db):
        question = QuestionFactory(
            stem="¿Qué haces? [[por verificar: 9 de cada 10]]",
            explanation="Porque sí. [[por verificar: estudio de 2031]]",
            choices=choices_of(
                ("Escuchar [[por verificar: 20 minutos]]", True, "Bien. [[por verificar: cita]]"),
                ("Irte", False),
            ),
        )
        frozen = freeze_quiz(quiz=QuizFactory(title="Prueba [[por verificar: final]]", questions=[question]))
        assert "verificar" not in json.dumps(frozen.content)
        assert frozen.quiz.questions[0].choices[0].texts == {"es": "Escuchar"}

    def test_takes_an_empty_choice_with_it(self, db):
        question = QuestionFactory(
            choices=choices_of(("Escuchar", True), ("Irte", False), ("[[por verificar: tal vez]]", False))
        )
        frozen = freeze_quiz(quiz=QuizFactory(questions=[question]))
        assert len(frozen.quiz.questions[0].choices) == 2

    def test_leaves_out_a_question_whose_right_choice_it_was(self, db):
        question = QuestionFactory(
            choices=choices_of(("[[por verificar: la buena]]", True), ("Irte", False), ("Callar", False))
        )
        composition = compose(quiz=QuizFactory(questions=[question]))
        assert composition.content is None
        assert composition.left_out[0].faults == (Fault.ONE_RIGHT,)

    def test_leaves_out_a_question_that_is_nothing_else(self, db):
        question = QuestionFactory(stem="[[por verificar: ¿de veras?]]")
        composition = compose(quiz=QuizFactory(questions=[question]))
        assert [each.reason for each in composition.left_out] == [LeftOutReason.NOTHING_TO_ASK]


class TestLanguages:
    """One quiz, all languages: words differ, keys do not."""

    @pytest.fixture
    def english(self, db):
        return Locale.objects.get_or_create(language_code="en")[0]

    def test_a_live_translation_is_frozen_beside_the_source(self, questions, quiz, english):
        translated = questions[0].copy_for_translation(english)
        translated.stem = "What do you do first?"
        translated.choices[0].value["text"] = "Ask what is needed"
        translated.live = True
        translated.save()
        frozen = freeze_quiz(quiz=quiz).quiz.questions[0]
        assert frozen.stems == {"es": "¿Qué haces primero?", "en": "What do you do first?"}
        assert frozen.choices[0].texts["en"] == "Ask what is needed"
        assert frozen.choices[0].key == questions[0].choices[0].id

    def test_a_translation_in_draft_is_not(self, questions, quiz, english):
        translated = questions[0].copy_for_translation(english)
        translated.live = False
        translated.save()
        assert set(freeze_quiz(quiz=quiz).quiz.questions[0].stems) == {"es"}

    def test_publishing_a_translation_freezes_the_quiz_anew(self, version, questions, english):
        translated = questions[0].copy_for_translation(english)
        translated.stem = "What do you do first?"
        translated.live = True
        translated.save()
        assert [frozen.number for frozen in freeze_quizzes_with(question=translated)] == [2]

    def test_the_key_of_the_source_holds_whatever_a_translation_says(self, questions, quiz, english):
        translated = questions[0].copy_for_translation(english)
        for block in translated.choices:
            block.value["correct"] = not block.value["correct"]
        translated.live = True
        translated.save()
        frozen = freeze_quiz(quiz=quiz).quiz.questions[0]
        assert frozen.right_keys == {questions[0].choices[0].id}


def test_a_copied_question_is_another_question(version, questions, quiz):
    copy = QuestionFactory(stem="Copia", choices=questions[0].choices)
    assert copy.translation_key != questions[0].translation_key
    frozen = freeze_quiz(quiz=QuizFactory(questions=[questions[0], copy])).quiz
    first, second = frozen.questions
    assert first.choice_keys == second.choice_keys
    assert first.key != second.key


def test_the_command_reaches_from_state_what_events_should_have_reached(questions, capsys):
    questions[1].live = False
    questions[1].save()
    QuizFactory(questions=questions)
    call_command("freeze_quizzes")
    call_command("freeze_quizzes")
    assert QuizVersion.objects.count() == 1
    written = capsys.readouterr().out
    assert "version 1" in written
    assert questions[1].stem[:20] in written


def test_the_command_says_when_there_is_nothing_to_ask(db, capsys):
    QuizFactory(questions=[])
    call_command("freeze_quizzes")
    assert "nothing to ask" in capsys.readouterr().out


def test_freezing_many_questions_costs_no_more_queries(db, django_assert_max_num_queries):
    quiz = QuizFactory(questions=[QuestionFactory() for _ in range(20)])
    with django_assert_max_num_queries(14):
        freeze_quiz(quiz=quiz)
