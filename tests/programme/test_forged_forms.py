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


ABSURD = ["abc", "", "-5", "1e3", "٣", "99999999", "9" * 5000]


@pytest.mark.parametrize("number", ABSURD, ids=lambda number: number[:10])
class TestANumberOfBlocksThatIsNone:
    """Bruno's lesson keeps its text, and he reads that the form was not in order."""

    @pytest.fixture
    def lesson(self):
        return make_course(code="SAL-02", quiz=False, lessons=1).lessons[0]

    @pytest.fixture
    def addresses(self, lesson):
        below = ["courses", "lessonpage", lesson.get_parent().pk]
        return [
            reverse("wagtailadmin_pages:edit", args=[lesson.pk]),
            reverse("wagtailadmin_pages:add", args=below),
            reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk]),
            reverse("wagtailadmin_pages:preview_on_add", args=below),
        ]

    def texts(self, lesson):
        return [found.body.get_prep_value() for found in type(lesson).objects.order_by("pk")]

    def test_is_refused_wherever_a_lesson_is_sent(self, admin, lesson, addresses, number):
        before = self.texts(lesson)
        for address in addresses:
            answer = admin.post(address, {"title": "Escuchar", "slug": "escuchar", "body-count": number})
            assert answer.status_code == 400, address
            assert "<h1" in answer.content.decode()
        assert self.texts(lesson) == before

    def test_is_refused_of_a_question_and_of_a_quiz(self, admin, db, number):
        for address in ("question:add", "quiz:add"):
            sent = {
                "stem": "¿Qué haces?",
                "title": "Prueba",
                "choices-count": number,
                "items-count": number,
                "draws-count": number,
            }
            answer = admin.post(reverse(f"wagtailsnippets_assessments_{address}"), sent)
            assert answer.status_code == 400, address

    def test_is_no_place_for_a_block_either(self, admin, lesson, number):
        sent = {"title": "Escuchar", "slug": "escuchar", "body-count": "1", "body-0-deleted": ""}
        sent |= {"body-0-type": "text", "body-0-order": number, "body-0-value": ""}
        answer = admin.post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), sent)
        assert answer.status_code == 400
