"""Does Bruno see how many people there are in his course, where they stop and what they miss; and nobody's name?"""

from __future__ import annotations

import datetime as dt
import re
from itertools import product

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import GroupPagePermission

from accounts.models import Person
from common.tables import safe_cell
from learning.models import Cohort, Enrolment, EnrolmentState
from learning.services import leave
from learning.staff import statistics
from tests.factories.accounts import UserFactory
from tests.factories.courses import add_lesson, committed, publish
from tests.factories.learning import do, enrol, finish, lessons_of, tells_details, try_quiz


@pytest.fixture
def trainer(course, bruno):
    """Bruno, who may publish this course."""
    group = Group.objects.create(name="course")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for right in ("change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=right)
        GroupPagePermission.objects.create(group=group, page=course.page, permission=permission)
    bruno.user.groups.add(group)
    return bruno


def report(course):
    return reverse("course_learning:report", args=[course.course.pk])


def screen_of(trainer, course):
    return trainer.client.get(report(course)).context["screen"]


def learner(n):
    user = UserFactory(email=f"p{n}@senda.example", person__display_name=f"Persona {n}")
    tells_details(user.person)
    return user.person


def test_a_proposal_counts_the_same_people(trainer, course):
    """Amina has two records, both in the course; three are in a cohort with dates; one takes the course again."""
    in_cohort = Cohort.objects.create(code="G-9", name="Turno", course=course.course, starts_on="2026-01-10")
    rows = [enrol(learner(n), course) for n in range(6)]
    Enrolment.objects.filter(pk__in=[row.pk for row in rows[:3]]).update(cohort=in_cohort)
    Person.objects.filter(pk=rows[5].person_id).update(canonical=rows[4].person)
    again = enrol(learner(6), course)
    finish(again)
    enrol(again.person, course)
    add_lesson(course)
    standing = screen_of(trainer, course).standing
    waiting = course.course.proposals.get(state="open")
    impact = (
        trainer.client.get(reverse("course_versions:proposal", args=[waiting.pk])).context["screen"].impact
    )
    assert (standing.in_progress, standing.completed) == (6, 1)
    assert (impact.in_progress, impact.completed) == (standing.in_progress, standing.completed)
    assert (impact.following, impact.more_to_do, impact.in_dated_cohorts) == (3, 3, 3)
    assert [touched.people for touched in impact.cohorts] == [3]


def test_counts_enrolled_in_progress_completed_and_left(trainer, course):
    rows = [enrol(learner(n), course) for n in range(8)]
    finish(rows[0])
    for row in rows[1:6]:
        with committed():
            leave(enrolment=row)
    standing = screen_of(trainer, course).standing
    assert (standing.enrolled, standing.in_progress, standing.completed, standing.left) == (3, 2, 1, 5)


def test_of_fewer_than_five_who_left_no_figure_is_told_and_none_follows(trainer, course):
    rows = [enrol(learner(n), course) for n in range(6)]
    finish(rows[0])
    before = screen_of(trainer, course).standing
    assert (before.enrolled, before.left) == (6, 0)
    for row in rows[1:3]:
        with committed():
            leave(enrolment=row)
    standing = screen_of(trainer, course).standing
    assert (standing.enrolled, standing.in_progress, standing.completed, standing.left) == (4, 3, 1, None)
    page = trainer.client.get(report(course)).text
    assert re.search(r"<th scope=\"row\">Dejado</th><td>Menos de 5 personas: no se muestra</td>", page)


def test_one_who_enrolled_and_left_is_still_somebody(trainer, course):
    assert "Aún no hay nadie" in trainer.client.get(report(course)).text
    with committed():
        leave(enrolment=enrol(learner(1), course))
    assert "Aún no hay nadie" not in trainer.client.get(report(course)).text


def test_who_left_and_came_back_did_not_leave(trainer, course):
    person = learner(1)
    with committed():
        leave(enrolment=enrol(person, course))
    enrol(person, course)
    standing = screen_of(trainer, course).standing
    assert (standing.enrolled, standing.in_progress, standing.left) == (1, 1, 0)


def test_two_records_of_one_person_are_one(trainer, course):
    one, other = learner(1), learner(2)
    enrol(one, course)
    Enrolment.objects.filter(pk=enrol(other, course).pk).update(state=EnrolmentState.WITHDRAWN)
    Person.objects.filter(pk=other.pk).update(canonical=one)
    standing = screen_of(trainer, course).standing
    assert (standing.enrolled, standing.in_progress, standing.left) == (1, 1, 0)


def test_says_before_which_lesson_people_stand_and_for_how_long(trainer, course):
    long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=20)
    rows = [enrol(learner(n), course, at=long_ago) for n in range(15)]
    first, *_rest = lessons_of(rows[0])
    for n, row in enumerate(rows):
        do(row, first, **({"at": long_ago} if n < 5 else {}))
    for row in rows[10:]:
        with committed():
            leave(enrolment=row)
    path = screen_of(trainer, course).path
    assert (path[0].reached, path[0].done, path[0].here) == (15, 15, 0)
    assert (path[1].reached, path[1].done, path[1].here, path[1].still, path[1].left) == (15, 0, 10, 5, 5)
    assert (path[2].reached, path[2].here) == (None, None)


def test_fewer_than_five_who_stop_are_not_told_nor_in_the_file(trainer, course):
    rows = [enrol(learner(n), course) for n in range(5)]
    first, *_rest = lessons_of(rows[0])
    for row in rows[:4]:
        do(row, first)
    path = screen_of(trainer, course).path
    assert (path[0].reached, path[0].done, path[0].here, path[0].left) == (5, 5, None, 0)
    assert {(row.reached, row.done, row.here, row.still, row.left) for row in path[1:]} == {(None,) * 5}
    assert "Menos de 5 personas: no se muestra" in trainer.client.get(report(course)).content.decode()
    lines = trainer.client.get(report(course) + "camino.csv").content.decode().splitlines()
    assert lines[1].endswith("5,5,,0,0") or lines[1].endswith("5;5;;0;0")
    assert lines[2].endswith((",,,,,", ";;;;;"))


def test_questions_are_told_from_five_people_on(trainer, course):
    for n in range(4):
        try_quiz(enrol(learner(n), course), right=False)
    assert {row.share for row in screen_of(trainer, course).questions} == {None}
    assert "tries" not in str(screen_of(trainer, course).questions[0].wrong)
    try_quiz(enrol(learner(9), course), right=True)
    questions = screen_of(trainer, course).questions
    assert {(row.tries, row.share, row.wrong_share) for row in questions} == {(5, 20, 80)}
    assert all(row.wrong for row in questions)


def test_only_first_tries_count(trainer, course):
    for n in range(5):
        enrolment = enrol(learner(n), course)
        try_quiz(enrolment, right=False)
        try_quiz(enrolment, right=True)
    assert {(row.tries, row.share) for row in screen_of(trainer, course).questions} == {(5, 0)}


def test_a_question_with_new_words_counts_anew_and_another_goes_on(trainer, course):
    for n in range(5):
        try_quiz(enrol(learner(n), course), right=False)
    publish(course.questions[0], stem="¿Y ahora qué haces?")
    for n in range(5, 10):
        try_quiz(enrol(learner(n), course))
    rows = {(row.key, row.versions): row.tries for row in screen_of(trainer, course).questions}
    changed, kept = (question.translation_key for question in course.questions)
    assert rows == {(changed, (1,)): 5, (changed, (2,)): 5, (kept, (1, 2)): 10}


def test_names_nobody(trainer, course):
    finish(enrol(learner(7), course))
    for address in (report(course), report(course) + "camino.csv", report(course) + "preguntas.csv"):
        assert "Persona 7" not in trainer.client.get(address).content.decode()


def test_asks_the_database_as_often_for_twelve_learners_as_for_two(
    trainer, course, django_assert_max_num_queries
):
    for n in range(2):
        try_quiz(enrol(learner(n), course))
    screen_of(trainer, course)
    with CaptureQueriesContext(connection) as few:
        screen_of(trainer, course)
    for n in range(2, 12):
        try_quiz(enrol(learner(n), course))
    with django_assert_max_num_queries(len(few)):
        screen_of(trainer, course)


def test_no_cell_of_the_file_is_a_formula(trainer, course):
    for text in ("=1+1", "+52", "-1", "@a", "\t=1", " =1", "＝1"):
        assert safe_cell(text) == f"'{text}"
    assert [safe_cell(value) for value in ("a=1", 5, None)] == ["a=1", 5, ""]
    publish(course.lessons[0], title='=HYPERLINK("x")')
    enrol(learner(1), course)
    file = trainer.client.get(report(course) + "camino.csv").content.decode()
    assert "'=HYPERLINK" in file


def test_other_peoples_courses_do_not_exist(course, bruno, elena, chipo):
    for role in (elena, chipo):
        answer = role.client.get(report(course))
        assert answer.status_code in (302, 404)


def test_where_the_one_who_left_did_so_follows_from_no_nought(trainer, course):
    rows = [enrol(learner(n), course) for n in range(12)]
    first, *_rest = lessons_of(rows[0])
    for row in rows[1:]:
        do(row, first)
    with committed():
        leave(enrolment=rows[0])
    screen = screen_of(trainer, course)
    assert screen.standing.left is None
    assert {row.left for row in screen.path} == {None}


def told_of(done, here, left):
    return statistics._told(statistics._Stop(here=set(range(here)), left=set(range(99, 99 + left))), done)


@given(st.integers(0, 40), st.integers(1, 4), st.integers(0, 40))
def test_no_small_figure_follows_by_subtraction(done, here, left):
    """What is told of one to four people who stop fits other numbers of people as well."""
    told = told_of(done, here, left)
    near = [range(max(0, people - 4), people + 5) for people in (done, left)]
    rows = product(near[0], range(1, 5), near[1])
    fitting = {row[1] for row in rows if told_of(*row) == told}
    assert told["here"] is None
    assert len(fitting) > 1
