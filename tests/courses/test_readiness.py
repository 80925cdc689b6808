"""Is Bruno told what is missing before his course can be published, and where to mend it; and is he never stopped?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import CoursePage, LessonPage, QuizPage
from courses.readiness import (
    Check,
    CourseFacts,
    LessonFacts,
    Place,
    QuizFacts,
    Reason,
    State,
    Thing,
    is_vague,
    readiness,
)
from courses.staff.readiness_words import CHECKS, REASONS, STATES
from tests.courses.cast import log_in, may_edit, person
from tests.factories.courses import SourceFactory, add_lesson, make_course, publish

TODAY = dt.date(2026, 11, 22)
HERE = Place(Thing.PAGE, 1, "El curso")
LESSON = LessonFacts(Place(Thing.PAGE, 2, "Mirar"), live=True, changed=False, words=800, minutes=10)
QUIZ = QuizFacts(
    Place(Thing.PAGE, 3, "Prueba"),
    live=True,
    changed=False,
    quiz=Place(Thing.QUIZ, 4, "Prueba final"),
    quiz_live=True,
    asks=8,
)
GOOD = CourseFacts(
    HERE,
    live=True,
    changed=False,
    code="PAP-01",
    summary="Escuchar.",
    objectives=("Nombrar tres señales.",),
    audience=1,
    sources=1,
    review_date=dt.date(2026, 1, 1),
    next_review_date=TODAY,
    review_owner="Coordinación",
    lessons=(LESSON,),
    quizzes=(QUIZ,),
)


def reasons(facts):
    return {found.reason for finding in readiness(facts, today=TODAY) for found in finding.found}


def places(facts, reason):
    found = [
        row for finding in readiness(facts, today=TODAY) for row in finding.found if row.reason == reason
    ]
    return [place for row in found for place in row.places]


def lesson(**changes):
    return replace(GOOD, lessons=(replace(LESSON, **changes),))


def quiz(**changes):
    return replace(GOOD, quizzes=(replace(QUIZ, **changes),))


SPOT = Place(Thing.PAGE, 9, "Un lugar")


class TestTheRule:
    def test_a_course_in_order_lacks_nothing(self):
        found = readiness(GOOD, today=TODAY)
        assert [finding.check for finding in found] == list(Check)
        assert {finding.state for finding in found} == {State.DONE}

    @pytest.mark.parametrize(
        ("facts", "reason", "state"),
        [
            (replace(GOOD, code=" "), Reason.NO_CODE, State.MISSING),
            (replace(GOOD, summary=""), Reason.NO_SUMMARY, State.MISSING),
            (replace(GOOD, objectives=()), Reason.NO_OBJECTIVE, State.MISSING),
            (replace(GOOD, objectives=("Comprender el duelo",)), Reason.VAGUE_OBJECTIVE, State.LOOK),
            (replace(GOOD, objectives=("Nombrar",) * 6), Reason.MANY_OBJECTIVES, State.LOOK),
            (replace(GOOD, audience=0), Reason.NO_AUDIENCE, State.MISSING),
            (replace(GOOD, lessons=()), Reason.NO_LESSON, State.MISSING),
            (lesson(minutes=0, words=0), Reason.EMPTY_LESSON, State.MISSING),
            (lesson(words=599), Reason.SHORT_LESSON, State.LOOK),
            (lesson(words=1201), Reason.LONG_LESSON, State.LOOK),
            (replace(GOOD, quizzes=()), Reason.NO_QUIZ, State.LOOK),
            (quiz(quiz=None), Reason.QUIZ_NOT_CHOSEN, State.MISSING),
            (quiz(quiz_live=False), Reason.QUIZ_NOT_PUBLISHED, State.MISSING),
            (quiz(asks=0), Reason.QUIZ_ASKS_NOTHING, State.MISSING),
            (quiz(left_out=(SPOT,)), Reason.QUESTION_LEFT_OUT, State.LOOK),
            (quiz(unexplained=(SPOT,)), Reason.NO_EXPLANATION, State.LOOK),
            (lesson(pictures_without_words=(SPOT,)), Reason.PICTURE_WITHOUT_WORDS, State.MISSING),
            (replace(GOOD, silent_recordings=(SPOT,)), Reason.NO_TRANSCRIPT, State.MISSING),
            (replace(GOOD, sensitive=True, content_note=True), Reason.NO_NEUTRAL_NAME, State.MISSING),
            (replace(GOOD, sensitive=True, neutral_name="M1"), Reason.NO_CONTENT_NOTE, State.MISSING),
            (lesson(skippable=True), Reason.NO_EQUIVALENT, State.MISSING),
            (replace(lesson(sources=False), sources=0), Reason.NO_SOURCE, State.MISSING),
            (lesson(sources=False), Reason.LESSON_WITHOUT_SOURCE, State.LOOK),
            (replace(GOOD, review_owner=""), Reason.NO_OWNER, State.MISSING),
            (replace(GOOD, review_date=None), Reason.NEVER_REVIEWED, State.MISSING),
            (replace(GOOD, next_review_date=None), Reason.NO_NEXT_REVIEW, State.MISSING),
            (replace(GOOD, next_review_date=dt.date(2026, 11, 21)), Reason.REVIEW_PAST, State.MISSING),
            (replace(GOOD, claims=(SPOT,)), Reason.CLAIM, State.LOOK),
            (lesson(claims=(SPOT,)), Reason.CLAIM, State.LOOK),
            (quiz(claims=(SPOT,)), Reason.CLAIM, State.LOOK),
            (lesson(live=False), Reason.NOT_PUBLISHED, State.LOOK),
            (replace(lesson(live=False), quizzes=()), Reason.NOTHING_PUBLISHED, State.MISSING),
            (replace(GOOD, modules=((SPOT, False, False),)), Reason.NO_MODULE_PUBLISHED, State.MISSING),
            (
                replace(GOOD, modules=((SPOT, True, False), (SPOT, False, False))),
                Reason.NOT_PUBLISHED,
                State.LOOK,
            ),
            (lesson(changed=True), Reason.DRAFT_CHANGES, State.LOOK),
            (replace(GOOD, changed=True), Reason.DRAFT_CHANGES, State.LOOK),
            (replace(GOOD, live=False), Reason.COURSE_NOT_PUBLISHED, State.LOOK),
        ],
    )
    def test_each_reason_is_found_and_weighed(self, facts, reason, state):
        assert reason in reasons(facts)
        assert places(facts, reason)
        found = [row for finding in readiness(facts, today=TODAY) for row in finding.found]
        assert next(row.state for row in found if row.reason == reason) == state

    @pytest.mark.parametrize(("words", "hinted"), [(599, True), (600, False), (1200, False), (1201, True)])
    def test_the_length_of_a_lesson_has_two_edges(self, words, hinted):
        found = reasons(lesson(words=words)) & {Reason.SHORT_LESSON, Reason.LONG_LESSON}
        assert bool(found) == hinted

    @pytest.mark.parametrize(
        ("objective", "vague"),
        [
            ("Conocer los principios", True),
            ("COMPRENDER: el duelo", True),
            ("Identificar tres señales", False),
            ("", False),
        ],
    )
    def test_an_objective_begins_with_a_verb_that_can_be_seen(self, objective, vague):
        assert is_vague(objective) == vague

    def test_every_word_is_there(self):
        assert (set(CHECKS), set(STATES), set(REASONS)) == (set(Check), set(State), set(Reason))


def screen_of(office, small):
    address = reverse("course_desk:ready", args=[small.page.course_id])
    return office.get(address).context["screen"]


def said(screen):
    return {
        str(reason.words): [(place.title, place.detail, place.url) for place in reason.places]
        for row in screen.rows
        for reason in row.reasons
    }


class TestBrunosScreen:
    def test_a_first_draft_is_read_as_it_stands_and_nothing_is_refused(self, db, office):
        small = make_course(code="", live=False, quiz=False, lessons=1)
        draft = LessonPage.objects.get(pk=small.lessons[0].pk)
        draft.body = [("text", {"text": "<p>Mirar. [[por verificar: ocho de cada diez]]</p>"})]
        draft.save_revision()
        found = said(screen_of(office, small))
        assert str(REASONS[Reason.NO_CODE]) in found
        [(title, detail, url)] = found[str(REASONS[Reason.CLAIM])]
        assert (title, detail) == (draft.title, "[[por verificar: ocho de cada diez]]")
        assert url.startswith(f"/admin/pages/{draft.pk}/edit/#block-")
        assert str(REASONS[Reason.DRAFT_CHANGES]) in found

    def test_each_picture_without_words_is_named_with_its_block(self, small, office):
        from wagtail_factories import ImageFactory

        body = [("picture", {"image": ImageFactory(), "alt": "", "decorative": False})]
        publish(small.lessons[0], body=body)
        [(title, _detail, url)] = said(screen_of(office, small))[str(REASONS[Reason.PICTURE_WITHOUT_WORDS])]
        assert title == small.lessons[0].title
        assert "#block-" in url

    def test_a_question_without_explanation_is_a_link_to_it(self, small, office):
        publish(small.questions[0], explanation="")
        [(_title, _detail, url), *_more] = said(screen_of(office, small))[str(REASONS[Reason.NO_EXPLANATION])]
        assert url.startswith(f"/admin/snippets/assessments/question/edit/{small.questions[0].pk}/")

    def test_a_quiz_that_is_only_chosen_in_the_draft_counts(self, small, office):
        page = QuizPage.objects.get(pk=small.quiz_page.pk)
        page.quiz = None
        page.save_revision()
        assert str(REASONS[Reason.QUIZ_NOT_CHOSEN]) in said(screen_of(office, small))

    def test_an_unpublished_question_is_told_in_words(self, small, office):
        small.questions[0].unpublish()
        found = said(screen_of(office, small))[str(REASONS[Reason.QUESTION_LEFT_OUT])]
        assert any(small.questions[0].stem[:20] in detail for _title, detail, _url in found)

    def test_hours_are_counted_by_the_rule_for_each_modality(self, small, office):
        publish(small.page, workshop_minutes=480, blended_minutes=240)
        screen = screen_of(office, small)
        alone = sum(row.minutes for row in screen.minutes)
        assert [minutes for _name, minutes in screen.totals] == [alone, 480, alone + 240]

    def test_what_is_to_be_written_first_is_one_click_away(self, db, office):
        small = make_course(code="", live=False, quiz=False, lessons=0)
        [(_title, _detail, lesson)] = said(screen_of(office, small))[str(REASONS[Reason.NO_LESSON])]
        assert lesson == reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", small.module.pk])
        small.module.delete()
        [(_title, _detail, module)] = said(screen_of(office, small))[str(REASONS[Reason.NO_LESSON])]
        assert module == reverse("wagtailadmin_pages:add", args=["courses", "modulepage", small.page.pk])

    def test_a_source_of_the_course_is_enough(self, small, office):
        assert str(REASONS[Reason.NO_SOURCE]) in said(screen_of(office, small))
        page = CoursePage.objects.get(pk=small.page.pk)
        page.sources = [SourceFactory()]
        page.save_revision()
        assert str(REASONS[Reason.NO_SOURCE]) not in said(screen_of(office, small))

    def test_looking_asks_the_database_as_often_for_ten_lessons_as_for_two(
        self, small, office, django_assert_max_num_queries
    ):
        screen_of(office, small)
        with CaptureQueriesContext(connection) as two:
            screen_of(office, small)
        asked = len(two)
        for n in range(8):
            add_lesson(small, title=f"Más {n}")
        # What is remembered of the site is read anew after a publication.
        screen_of(office, small)
        with django_assert_max_num_queries(asked):
            screen_of(office, small)

    def test_another_trainers_course_does_not_exist_for_her(self, small):
        other = person("Olga")
        may_edit(other, make_course(code="X-1", quiz=False, lessons=1).page, "change_page", "publish_page")
        address = reverse("course_desk:ready", args=[small.page.course_id])
        assert log_in(other).get(address).status_code == 404
