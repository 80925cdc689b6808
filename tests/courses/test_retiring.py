"""Can Bruno retire a course or a lesson, seeing whom it touches, without anybody losing anything; and bring it back?"""

from __future__ import annotations

import pytest
from django.urls import reverse

from courses.models import Course, CoursePage, LessonPage
from learning.access import Refusal
from learning.models import Enrolment
from learning.words import REFUSALS
from tests.courses.cast import log_in, may_edit, person
from tests.courses.records import records_unchanged
from tests.factories.courses import committed, make_course


def retire(page):
    return reverse("course_desk:retire", args=[page.pk])


def words_of(response):
    return [str(message) for message in response.context["messages"]]


def publish_all(office, page):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    with committed():
        office.post(f"{address}?id={page.pk}&next=/admin/", {"include_descendants": "on"})


def test_a_course_without_a_code_is_not_published_in_bulk_either(db, office):
    small = make_course(code="", live=False, quiz=False, lessons=1)
    publish_all(office, small.page)
    assert not CoursePage.objects.get(pk=small.page.pk).live


class TestACourse:
    def test_asks_first_and_says_whom_it_touches(self, studied, office):
        with records_unchanged():
            screen = office.get(retire(studied.small.page)).context["screen"]
        assert screen.whole_course
        assert (screen.impact.completed, screen.impact.following) == (1, 1)
        assert CoursePage.objects.get(pk=studied.small.page.pk).live

    def test_goes_and_amina_and_farid_keep_everything(self, studied, office):
        with records_unchanged(), committed():
            office.post(retire(studied.small.page))
        course = Course.objects.get(pk=studied.small.course.pk)
        assert course.retired_at
        assert not CoursePage.objects.get(pk=studied.small.page.pk).live
        assert not course.proposals.filter(state="open").exists()
        amina = log_in(studied.amina)
        assert amina.get(reverse("learning:record")).status_code == 200
        answer = amina.get(studied.small.lessons[0].url, follow=True)
        assert str(REFUSALS[Refusal.COURSE_WITHDRAWN]) in answer.content.decode()

    def test_is_brought_back_as_a_draft_and_opens_when_it_is_published(self, studied, office):
        page = studied.small.page
        with committed():
            office.post(retire(page))
            office.post(reverse("course_desk:bring_back", args=[studied.small.course.pk]))
        page = CoursePage.objects.get(pk=page.pk)
        assert (page.record.retired_at, page.live) == (None, False)
        with committed():
            page.get_latest_revision().publish()
        amina = log_in(studied.amina)
        assert amina.get(studied.small.lessons[0].url).status_code == 200
        assert Enrolment.objects.get(pk=studied.amina_in.pk).state == "active"

    def test_is_not_published_in_bulk_while_it_is_retired(self, studied, office):
        page = studied.small.page
        with committed():
            office.post(retire(page))
        publish_all(office, page)
        assert not CoursePage.objects.get(pk=page.pk).live

    def test_says_so_in_its_history(self, studied, office):
        with committed():
            office.post(retire(studied.small.page))
        history = office.get(reverse("wagtailadmin_pages:history", args=[studied.small.page.pk]))
        assert any(entry.action == "courses.retire" for entry in history.context["object_list"])


class TestALesson:
    def test_is_unpublished_and_a_version_without_it_waits(self, studied, office):
        lesson = studied.small.lessons[0]
        with records_unchanged(), committed():
            answer = office.post(retire(lesson))
        assert answer.url == reverse("course_versions:history", args=[studied.small.course.pk])
        assert not LessonPage.objects.get(pk=lesson.pk).live
        assert studied.small.course.proposals.filter(state="open").exists()

    def test_tells_whom_it_would_leave_without_anything_to_do(self, studied, office):
        screen = office.get(retire(studied.small.lessons[1])).context["screen"]
        assert not screen.whole_course
        assert screen.impact.following == 1

    def test_is_offered_where_deleting_is_refused(self, studied, office):
        lesson = studied.small.lessons[0]
        answer = office.post(reverse("wagtailadmin_pages:delete", args=[lesson.pk]), follow=True)
        assert any(retire(lesson) in words for words in words_of(answer))


@pytest.mark.parametrize("part", ["page", "module"])
def test_other_peoples_courses_and_modules_are_not_there(studied, part):
    other = person("Olga")
    may_edit(other, make_course(code="X-1", quiz=False, lessons=1).page, "change_page", "publish_page")
    thing = getattr(studied.small, part)
    assert log_in(other).post(retire(thing)).status_code == 404
    assert type(thing).objects.get(pk=thing.pk).live
