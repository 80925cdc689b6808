"""Bruno and Carla write one lesson, one question: whoever saves second is told, and nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import LessonPage
from tests.assessments.test_staff import GOOD, question_form
from tests.courses.cast import log_in, may_edit, person
from tests.courses.test_approving import edit, form
from tests.factories.assessments import QuestionFactory


@pytest.fixture
def two(small: Any) -> list[Client]:
    writers = [person(name) for name in ("Bruno", "Carla")]
    for writer in writers:
        may_edit(writer, small.page, "add_page", "change_page")
    return [log_in(writer) for writer in writers]


def save(browser: Client, lesson: Any, title: str, begun: Any) -> str:
    sent = form(lesson, title=title, loaded_revision_id=str(begun.pk if begun else ""))
    return browser.post(edit(lesson), sent, follow=True).content.decode()


def test_who_saves_second_is_told_and_led_to_the_difference(two: list[Client], small: Any) -> None:
    bruno, carla = two
    lesson = small.lessons[0]
    begun = lesson.save_revision()
    assert "mientras escribías" not in save(bruno, lesson, "Escuchar", begun)
    his = LessonPage.objects.get(pk=lesson.pk).latest_revision
    page = save(carla, lesson, "Acompañar", begun)
    hers = LessonPage.objects.get(pk=lesson.pk).latest_revision
    assert "Bruno guardó esto mientras escribías" in page
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[lesson.pk, his.pk, hers.pk])
    assert compare in page
    difference = carla.get(compare).content.decode()
    assert "Escuchar" in difference
    assert "Acompañar" in difference


def test_a_form_that_was_refused_in_between_takes_the_warning_away_from_nobody(
    two: list[Client], small: Any
) -> None:
    bruno, carla = two
    lesson = small.lessons[0]
    begun = lesson.save_revision()
    save(bruno, lesson, "Escuchar", begun)
    his = LessonPage.objects.get(pk=lesson.pk).latest_revision
    assert "mientras escribías" not in save(carla, lesson, "", begun)
    # What Wagtail puts into the form that comes back.
    assert "Bruno guardó esto mientras escribías" in save(carla, lesson, "Acompañar", his)
    hers = LessonPage.objects.get(pk=lesson.pk).latest_revision
    assert "mientras escribías" not in save(carla, lesson, "Acompañar más", hers)


def test_a_form_opened_anew_has_nothing_to_be_told_of(two: list[Client], small: Any) -> None:
    bruno, carla = two
    lesson = small.lessons[0]
    begun = lesson.save_revision()
    save(bruno, lesson, "Escuchar", begun)
    his = LessonPage.objects.get(pk=lesson.pk).latest_revision
    save(carla, lesson, "", begun)
    carla.get(edit(lesson))
    assert "mientras escribías" not in save(carla, lesson, "Acompañar", his)


def test_nobody_is_told_of_her_own_drafts_or_of_what_she_has_seen(two: list[Client], small: Any) -> None:
    bruno, carla = two
    lesson = small.lessons[0]
    begun = lesson.save_revision()
    save(bruno, lesson, "Escuchar", begun)
    seen = LessonPage.objects.get(pk=lesson.pk).latest_revision
    assert "mientras escribías" not in save(carla, lesson, "Acompañar", seen)
    # A second tab of hers.
    assert "mientras escribías" not in save(carla, lesson, "Otra vez", seen)


def test_of_a_question_she_is_told_too(client: Client, django_user_model: Any) -> None:
    first, second = (
        django_user_model.objects.create_user(
            email=f"{name}@example.org", password="una-clave-larga", is_staff=True, is_superuser=True
        )
        for name in ("uno", "dos")
    )
    question = QuestionFactory(live=False)
    begun = question.save_revision(user=first)
    question.save_revision(user=second)
    client.force_login(first)
    address = reverse("wagtailsnippets_assessments_question:edit", args=[question.pk])
    page = client.post(address, question_form(*GOOD, loaded_revision_id=str(begun.pk)), follow=True)
    assert "guardó esto mientras escribías" in page.content.decode()
    assert "/compare/" in page.content.decode()
