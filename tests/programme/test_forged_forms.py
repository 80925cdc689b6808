"""Is a tampered form of the editors' side answered in words, and never as a breakdown of the site?"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.courses import make_course


@pytest.fixture
def admin(db):
    browser = Client(raise_request_exception=False)
    browser.force_login(UserFactory(is_staff=True, is_superuser=True))
    return browser


def test_a_question_without_the_count_of_its_choices_is_not_in_order(admin):
    answer = admin.post(reverse("wagtailsnippets_assessments_question:add"), {"stem": "¿Qué haces?"})
    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()


def test_a_lesson_without_the_count_of_its_blocks_is_not_in_order(admin):
    lesson = make_course(code="SAL-02", quiz=False, lessons=1).lessons[0]
    answer = admin.post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), {"title": "Escuchar"})
    assert answer.status_code == 400


def test_a_block_without_its_kind_is_not_in_order(admin):
    lesson = make_course(code="SAL-02", quiz=False, lessons=1).lessons[0]
    forged = {"title": "Escuchar", "body-count": "1", "body-0-deleted": ""}
    answer = admin.post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), forged)
    assert answer.status_code == 400
