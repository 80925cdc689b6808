"""Is what people studied kept, and what is not ready kept back, by whatever way somebody asks past the screens?"""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from wagtail.models import Page

from assessments.models import Question, Quiz
from courses.models import CoursePage, LessonPage
from courses.retiring import retire_course
from home.starter.groups import TRAINERS, make_groups
from home.starter.records import Report
from tests.courses.cast import log_in
from tests.courses.records import records_unchanged
from tests.factories.accounts import UserFactory
from tests.factories.courses import add_lesson, committed, make_course, writes

ACTS = (
    "delete",
    "unpublish",
    "publish",
    "copy",
    "create_alias",
    "move",
    "convert_alias",
    "copy_for_translation",
)


@pytest.fixture
def bruno(studied):
    """Bruno, who writes the course."""
    make_groups(Report())
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=TRAINERS))
    writes(user, studied.small.course)
    return user


class TestTheAdminsApi:
    @pytest.mark.parametrize("act", ACTS)
    def test_does_nothing_to_a_page_for_bruno(self, studied, bruno, act):
        small, before = studied.small, list(Page.objects.values_list("pk", "path", "live", "alias_of"))
        for page in (small.page, small.module, small.lessons[0]):
            with records_unchanged():
                forged = {"recursive": "true", "destination_page_id": small.index.pk}
                asked = log_in(bruno).post(f"/admin/api/main/pages/{page.pk}/action/{act}/", forged)
            assert asked.status_code == 404
        assert list(Page.objects.values_list("pk", "path", "live", "alias_of")) == before

    def test_still_lists_what_the_explorer_shows(self, studied, bruno):
        answer = log_in(bruno).get(
            reverse("wagtailadmin_api:pages:listing"), {"child_of": studied.small.page.pk, "for_explorer": 1}
        )
        assert [row["title"] for row in answer.json()["items"]] == [studied.small.module.title]


class TestNoWayDeletes:
    @pytest.mark.parametrize("part", ["page", "module", "index", "lesson", "quiz_page"])
    def test_a_page_that_was_released(self, studied, part):
        small = studied.small
        page = small.lessons[0] if part == "lesson" else getattr(small, part)
        children = page.get_parent(update=True).numchild
        with records_unchanged():
            with pytest.raises(PermissionDenied), transaction.atomic():
                Page.objects.get(pk=page.pk).specific.delete()
            assert page.get_parent(update=True).numchild == children
            with pytest.raises(PermissionDenied), transaction.atomic():
                Page.objects.filter(pk=page.pk).delete()
        assert Page.objects.filter(pk=page.pk).exists()

    def test_except_of_a_draft_that_nobody_studied(self, studied):
        draft = add_lesson(studied.small)
        with committed():
            LessonPage.objects.get(pk=draft.pk).delete()
        assert not LessonPage.objects.filter(pk=draft.pk).exists()

    def test_a_question_that_was_asked(self, studied):
        question = studied.small.questions[0]
        with pytest.raises(PermissionDenied), transaction.atomic():
            Question.objects.get(pk=question.pk).delete()
        assert Question.objects.filter(pk=question.pk).exists()

    def test_a_quiz_that_was_asked_and_that_no_page_asks_any_more(self, studied):
        quiz = studied.small.quiz
        type(studied.small.quiz_page).objects.update(quiz=None)
        with pytest.raises(PermissionDenied), transaction.atomic():
            Quiz.objects.get(pk=quiz.pk).delete()
        assert Quiz.objects.filter(pk=quiz.pk).exists()


class TestNoWayPublishes:
    def test_a_course_without_a_code(self, db):
        draft = make_course(code="", live=False, quiz=False, lessons=1).page
        page = CoursePage.objects.get(pk=draft.pk)
        with committed():
            page.save_revision().publish()
        assert not CoursePage.objects.get(pk=page.pk).live

    def test_a_course_that_gets_its_code_with_that_very_publication(self, db):
        page = CoursePage.objects.get(pk=make_course(code="", live=False, quiz=False, lessons=1).page.pk)
        page.code = "SAL-02"
        with committed():
            page.save_revision().publish()
        assert CoursePage.objects.get(pk=page.pk).live

    def test_a_retired_course(self, studied, office):
        retire_course(course=studied.small.course, by=UserFactory(is_superuser=True))
        page = CoursePage.objects.get(pk=studied.small.page.pk)
        with committed():
            page.save_revision().publish()
        assert not CoursePage.objects.get(pk=page.pk).live
