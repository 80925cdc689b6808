"""Does what Bruno set a day for go live, and go, by the timer itself; and does the course then ask what is there?"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from assessments.models import Question, Quiz, QuizVersion
from courses import versions
from courses.models import CoursePage, LessonPage
from programme import timer
from tests.factories.assessments import QuestionFactory
from tests.factories.courses import LessonPageFactory, committed, make_course


def set_a_day(thing, *, live_in=None, gone_in=None, **changes):
    """Publish with days, as the editor's form does."""
    now = timezone.now()
    for name, value in changes.items():
        setattr(thing, name, value)
    thing.go_live_at = now + live_in if live_in else None
    thing.expire_at = now + gone_in if gone_in else None
    with committed():
        thing.save_revision().publish()
    return type(thing).objects.get(pk=thing.pk)


def tick(time_machine, hours):
    time_machine.move_to(timezone.now() + dt.timedelta(hours=hours))
    with committed():
        assert timer.tick(now=timezone.now()).published


HOUR = dt.timedelta(hours=1)


def test_a_lesson_goes_live_at_its_hour_and_a_version_waits(small, time_machine):
    lesson = LessonPageFactory(parent=small.module, title="Cuidarse", live=False)
    set_a_day(lesson, live_in=HOUR)
    assert not LessonPage.objects.get(pk=lesson.pk).live
    tick(time_machine, hours=2)
    assert LessonPage.objects.get(pk=lesson.pk).live
    proposal = small.course.proposals.get(state="open")
    assert str(lesson.translation_key) in str(proposal.manifest)


def test_a_lesson_that_expires_is_proposed_away_and_never_simply_gone(small, time_machine):
    lesson = set_a_day(small.lessons[0], gone_in=HOUR)
    tick(time_machine, hours=2)
    assert not LessonPage.objects.get(pk=lesson.pk).live
    assert small.course.proposals.filter(state="open").exists()
    assert versions.manifest_of(versions.current(small.course)).find(lesson.translation_key)


def test_a_course_goes_live_with_its_first_version_and_expires(db, time_machine):
    small = make_course(live=False)
    page = set_a_day(small.page, live_in=HOUR, gone_in=3 * HOUR)
    assert versions.current(page.record) is None
    tick(time_machine, hours=2)
    assert CoursePage.objects.get(pk=page.pk).live
    assert versions.current(page.record).number == 1
    tick(time_machine, hours=2)
    assert not CoursePage.objects.get(pk=page.pk).live
    assert not versions.scope_of(page.record).live


def test_a_course_without_a_code_takes_no_day(db):
    page = make_course(code="", live=False, quiz=False, lessons=1).page
    page.go_live_at = timezone.now() + HOUR
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert "code" in refused.value.message_dict


def test_a_question_that_goes_live_is_asked_from_then_on(small, time_machine):
    question = QuestionFactory(live=False)
    quiz = Quiz.objects.get(pk=small.quiz.pk)
    quiz.items = [("question", row) for row in (*small.questions, question)]
    with committed():
        quiz.save_revision().publish()
    assert len(newest(quiz).quiz.questions) == 2
    set_a_day(question, live_in=HOUR)
    tick(time_machine, hours=2)
    assert Question.objects.get(pk=question.pk).live
    assert len(newest(quiz).quiz.questions) == 3


def test_a_question_that_expires_is_asked_no_more_and_a_begun_try_keeps_it(small, time_machine):
    before = newest(small.quiz)
    set_a_day(small.questions[0], gone_in=HOUR)
    tick(time_machine, hours=2)
    assert len(newest(small.quiz).quiz.questions) == 1
    assert len(QuizVersion.objects.get(pk=before.pk).quiz.questions) == 2


def test_a_quiz_with_another_mark_goes_live_and_a_version_waits(small, time_machine):
    set_a_day(small.quiz, live_in=HOUR, pass_mark=90)
    assert newest(small.quiz).quiz.pass_mark == 70
    tick(time_machine, hours=2)
    assert newest(small.quiz).quiz.pass_mark == 90
    assert small.course.proposals.filter(state="open").exists()


def test_a_quiz_that_expires_leaves_the_path_by_a_proposal(small, time_machine):
    set_a_day(small.quiz, gone_in=HOUR)
    tick(time_machine, hours=2)
    assert not Quiz.objects.get(pk=small.quiz.pk).live
    assert small.course.proposals.filter(state="open").exists()


def newest(quiz):
    return QuizVersion.objects.of_quiz(quiz.translation_key).first()
