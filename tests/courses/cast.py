"""Bruno who writes the course, Amina in the middle of it, Farid who holds its certificate: in every table a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from accounts.models import Person, User
from assessments.models import Attempt
from assessments.services import save_answer, start_attempt, submit_attempt
from certificates.models import Certificate
from learning.models import Enrolment, Reflection
from learning.services import complete_activity, enrol, skip_activity
from tests.factories.accounts import UserFactory
from tests.factories.courses import SmallCourse, committed, make_course, publish

DETAILS = {"sex": "woman", "age_band": "25-34", "position": "health"}


@dataclass
class Studied:
    """A course with its learners."""

    small: SmallCourse
    amina: User
    amina_in: Enrolment
    attempt: Attempt
    farid: User
    farid_in: Enrolment

    @property
    def certificate(self) -> Certificate:
        """Return Farid's certificate."""
        return Certificate.objects.get(person=self.farid.person)


def log_in(user: User) -> Client:
    """Return a browser in which `user` is signed in."""
    client = Client()
    client.force_login(user)
    return client


def may_edit(user: User, page: Page, *rights: str) -> None:
    """Give `user` rights (change_page, publish_page…) on one branch of the tree, and the door of the admin."""
    group, _made = Group.objects.get_or_create(name=f"rights of {user.pk}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for right in rights:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=right)
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    user.groups.add(group)


def person(name: str) -> User:
    """Return a login whose profile lacks nothing."""
    user = UserFactory(person__display_name=name, person__certificate_name=f"{name} Pérez")
    Person.objects.filter(pk=user.person_id).update(**DETAILS)
    return User.objects.get(pk=user.pk)


def take_quiz(
    enrolment: Enrolment, small: SmallCourse, *, right: bool = True, hand_in: bool = True
) -> Attempt:
    """Answer every question of the course's quiz."""
    attempt = start_attempt(
        person=enrolment.person,
        context=enrolment.key,
        quiz_key=small.quiz.translation_key,
        pass_mark=70,
        max_attempts=3,
        reader=enrolment.reader,
    )
    for question in attempt.quiz.questions:
        chosen = [choice.key for choice in question.choices if choice.correct is right][:1]
        save_answer(attempt=attempt, question_key=question.key, chosen=chosen)
    return submit_attempt(attempt=attempt) if hand_in else attempt


def complete_all(enrolment: Enrolment, small: SmallCourse) -> None:
    """Do everything that the small course asks."""
    for lesson in small.lessons:
        complete_activity(enrolment=enrolment, activity=lesson.translation_key)
    if small.quiz:
        take_quiz(enrolment, small)


@pytest.fixture
def bruno(db: Any) -> User:
    """He trains and authors; an administrator unless a test says which rights he has."""
    return UserFactory(person__display_name="Bruno", is_staff=True, is_superuser=True)


@pytest.fixture
def office(bruno: User) -> Client:
    """Bruno's browser."""
    return log_in(bruno)


@pytest.fixture
def small(db: Any) -> SmallCourse:
    """A course of two lessons and a quiz, version 1 released."""
    return make_course()


@pytest.fixture
def studied(small: SmallCourse) -> Studied:
    """The same course with learners in it."""
    lesson = small.lessons[1]
    small.lessons[1] = publish(lesson, skippable=True, equivalent="<p>Dar un paseo.</p>")
    amina, farid = person("Amina"), person("Farid")
    release_open(small)
    with committed():
        amina_in = enrol(person=amina.person, course=small.course)
        farid_in = enrol(person=farid.person, course=small.course)
        complete_activity(enrolment=amina_in, activity=small.lessons[0].translation_key)
        skip_activity(enrolment=amina_in, activity=small.lessons[1].translation_key)
        attempt = take_quiz(amina_in, small, hand_in=False)
        Reflection.objects.create(
            person=amina.person,
            activity=small.lessons[0].translation_key,
            block="b1",
            text="Respirar.",
            written_at=timezone.now(),
        )
    with committed():
        complete_all(farid_in, small)
    return Studied(small, amina, amina_in, attempt, farid, Enrolment.objects.get(pk=farid_in.pk))


def release_open(small: SmallCourse, **how: Any) -> None:
    """Let the course's author release what waits."""
    from courses import versions

    author = UserFactory(person__display_name="Bruno").person
    for proposal in small.course.proposals.filter(state="open"):
        with committed():
            versions.release(proposal=proposal, by=author, **how)
