"""Amina, who works in Mexico, takes the course on the right to health: her own country's law, and the letter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from assessments.content import QuizContent
from assessments.models import QuizVersion
from courses.manifest import BLENDED
from courses.models import Course, CoursePage, LessonPage
from courses.versions import current, manifest_of
from home.models import StarterRecord
from home.starter.files import starter_dir
from media_library.models import Handout
from programme.scope import Reader
from tests.factories.accounts import UserFactory
from tests.factories.learning import enrol
from tests.plugins.starter import loaded_for_a_module

LETTER = "ruta-ante-una-negativa/el-oficio/"


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with loaded_for_a_module(django_db_blocker, ("load_starter", "--course", "DSM-02")):
        yield


@pytest.fixture
def course(loaded: None, db: Any) -> Course:
    return Course.objects.get(code="DSM-02")


@pytest.fixture
def learner(course: Course, client: Client) -> Client:
    user = UserFactory()
    enrol(user.person, course)
    client.force_login(user)
    return client


def test_only_the_course_that_was_chosen_is_loaded(course: Course) -> None:
    assert [page.code for page in CoursePage.objects.live()] == ["DSM-02"]
    assert current(course).number == 1


def test_who_names_a_course_that_is_not_there_is_told_which_are(course: Course) -> None:
    before = StarterRecord.objects.count()
    with pytest.raises(CommandError, match=r"DSM-02.*PAP-01"):
        call_command("load_starter", "--course", "XYZ-99")
    assert StarterRecord.objects.count() == before


def test_amina_downloads_the_letter_from_its_lesson(learner: Client) -> None:
    letter = Handout.objects.get()
    page = learner.get(f"/cursos/dsm-02/{LETTER}").content.decode()
    assert letter.url in page
    response = learner.get(letter.url)
    kept = b"".join(response.streaming_content) if response.streaming else response.content
    assert kept == (starter_dir() / "DSM-02" / "media" / "oficio-negativa.odt").read_bytes()
    assert letter.credit


def test_a_stranger_does_not_get_the_letter(course: Course, client: Client) -> None:
    assert client.get(Handout.objects.get().url).status_code in {302, 403, 404}


def test_loading_it_again_keeps_one_letter(course: Course) -> None:
    call_command("load_starter", "--course", "DSM-02", verbosity=0)
    assert Handout.objects.count() == 1


def test_no_lesson_shows_amina_a_claim_that_nobody_confirmed(learner: Client) -> None:
    lessons = LessonPage.objects.live().order_by("path")
    assert len(lessons) == 19
    for lesson in lessons:
        page = learner.get(lesson.url)
        assert page.status_code == 200
        assert "por verificar:" not in page.content.decode()


@pytest.mark.parametrize(("country", "asked"), [("MX", 11), ("GT", 10), ("HN", 10), ("SV", 10), ("", 8)])
def test_nobody_is_asked_about_another_countrys_law(course: Course, country: str, asked: int) -> None:
    quiz = frozen_quiz(course)
    hers = quiz.asked_of(Reader(country=country))
    assert len(hers) == asked
    assert all(not question.countries or country in question.countries for question in hers)


@pytest.mark.parametrize("country", ["MX", "GT", "HN", "SV"])
def test_with_its_workshop_the_course_takes_six_to_seven_hours_wherever_she_works(
    course: Course, country: str
) -> None:
    manifest = manifest_of(current(course))
    assert 360 <= manifest.minutes(modality=BLENDED, reader=Reader(country=country)) <= 420


def frozen_quiz(course: Course) -> QuizContent:
    key = next(activity.quiz for activity in manifest_of(current(course)) if activity.quiz)
    return QuizContent.from_json(QuizVersion.objects.get(quiz_key=key).content)
