"""Does a group with dates keep its version until Dalia, who facilitates it, accepts the new one?"""

import datetime as dt

import pytest
from django.urls import reverse

from courses import versions
from learning.cohorts import prepare
from learning.models import Cohort, Completion, Enrolment
from learning.services import complete_activity, enrol
from tests.courses.cast import log_in, person, release_open, small
from tests.courses.records import records_unchanged
from tests.factories.courses import add_lesson, committed

__all__ = ["small"]


@pytest.fixture
def dalia(db):
    return person("Dalia")


@pytest.fixture
def group(small, dalia):
    cohort = Cohort(course=small.course, name="Turno de la mañana", starts_on=dt.date(2026, 3, 1))
    prepare(cohort=cohort)
    cohort.save()
    cohort.facilitators.add(dalia.person)
    return cohort


@pytest.fixture
def amina_in(small, group):
    with committed():
        enrolment = enrol(person=person("Amina").person, course=small.course, cohort=group)
        complete_activity(enrolment=enrolment, activity=small.lessons[0].translation_key)
    add_lesson(small, title="Cuidarse al cuidar")
    release_open(small)
    return enrolment


def accept(browser, group, number=2):
    with committed():
        return browser.post(reverse("learning:accept_version", args=[group.key, number]), follow=True)


def version_of(enrolment):
    return Enrolment.objects.get(pk=enrolment.pk).version.number


def test_the_group_keeps_its_version_and_its_facilitator_sees_whom_it_touches(amina_in, group, dalia):
    with records_unchanged():
        screen = log_in(dalia).get(reverse("learning:cohort", args=[group.key])).context["view"]
    assert version_of(amina_in) == 1
    assert screen.waiting.added == ("Cuidarse al cuidar",)
    assert (screen.waiting.impact.following, screen.waiting.impact.more_to_do) == (1, 1)


def test_accepted_it_is_followed_and_what_was_done_counts(small, amina_in, group, dalia):
    page = accept(log_in(dalia), group)
    assert version_of(amina_in) == 2
    assert amina_in.done.count() == 1
    assert page.context["view"].waiting is None
    assert (
        enrol(person=person("Farid").person, course=small.course, cohort=Cohort.objects.get()).version.number
        == 2
    )


def test_a_version_released_meanwhile_is_shown_before_it_is_accepted(small, amina_in, group, dalia):
    add_lesson(small, title="Una más")
    release_open(small)
    with records_unchanged():
        accept(log_in(dalia), group, number=2)
    assert version_of(amina_in) == 1
    assert versions.current(small.course).number == 3


def test_a_completion_in_the_group_is_not_touched(small, group, dalia):
    from tests.courses.cast import complete_all

    with committed():
        farid_in = enrol(person=person("Farid").person, course=small.course, cohort=group)
        complete_all(farid_in, small)
    before = Completion.objects.values().get()
    add_lesson(small)
    release_open(small)
    accept(log_in(dalia), group)
    assert Completion.objects.values().get() == before
    assert version_of(farid_in) == 1


def test_somebody_elses_group_is_not_there(amina_in, group):
    assert accept(log_in(person("Chipo")), group).status_code == 404
    assert version_of(amina_in) == 1


def test_looking_at_the_address_accepts_nothing(amina_in, group, dalia):
    address = reverse("learning:accept_version", args=[group.key, 2])
    assert log_in(dalia).get(address).status_code == 405
    assert version_of(amina_in) == 1
