"""Bruno publishes the course's page before its lessons: he is told the truth, and what comes next, until version 1."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.test.utils.form_data import nested_form_data

from courses import versions
from courses.models import LessonPage
from tests.courses.cast import person
from tests.factories.courses import LessonPageFactory, SmallCourse, committed, make_course, publish


@pytest.fixture
def early(db: Any) -> SmallCourse:
    """The course's page is live, its lesson is not."""
    small = make_course(code="CUI-01", title="Cuidar", lessons=0, quiz=False, live=False)
    publish(small.module)
    with committed():
        small.page = publish(small.page)
    small.lessons = [LessonPageFactory(parent=small.module, title="Mirar", live=False)]
    return small


def save(office: Any, page: LessonPage, **fields: Any) -> str:
    form = {
        "title": page.title,
        "slug": page.slug,
        "summary": "",
        "others": "read",
        "required": "on",
        "body-count": "0",
        "equivalent": '{"blocks": [], "entityMap": {}}',
        **{f"comments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")},
        "comments-MAX_NUM_FORMS": "",
        **fields,
    }
    with committed():
        answer = office.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]), nested_form_data(form), follow=True
        )
    return " ".join(str(message) for message in answer.context["messages"])


def states(office: Any) -> list[str]:
    return [row.state for row in office.get(reverse("course_desk:index")).context["screen"].rows]


def test_the_list_does_not_say_that_people_can_enrol(early: SmallCourse, office: Any) -> None:
    assert states(office) == [_("Published, and nobody can enrol yet")]
    html = office.get(reverse("course_desk:index")).content.decode()
    assert _("None yet: publish the lessons, and then release version 1") in html


def test_the_next_step_goes_on_being_told_until_version_1_is_released(
    early: SmallCourse, office: Any
) -> None:
    lesson = early.lessons[0]
    next_step = _("«%(title)s» is published, and nobody can enrol until its first version is released. Next:")
    assert next_step % {"title": "Cuidar"} in save(office, lesson)
    told = save(office, lesson, **{"action-publish": "1"})
    waiting = early.course.proposals.get(state="open")
    assert reverse("course_versions:proposal", args=[waiting.pk]) in told
    assert (
        _("None yet: version 1 waits for your release")
        in office.get(reverse("course_desk:index")).content.decode()
    )
    with committed():
        versions.release(proposal=waiting, by=person("Bruno").person)
    assert "Cuidar" not in save(office, LessonPage.objects.get(pk=lesson.pk)).replace("Mirar", "")
    assert states(office) != [_("Published, and nobody can enrol yet")]


def test_what_is_still_to_be_published_is_named_until_people_can_enrol(db: Any, office: Any) -> None:
    small = make_course(code="CUI-01", title="Cuidar", lessons=0, quiz=False, live=False)
    first, second = (
        LessonPageFactory(parent=small.module, title=title, live=False) for title in ("Mirar", "Oír")
    )
    small.module.unpublish()
    module = _("Publish the module «%(title)s»") % {"title": small.module.title}
    course = _("Publish the course page")
    told = save(office, first)
    assert (module in told, course in told) == (False, False)
    told = save(office, first, **{"action-publish": "1"})
    assert (module in told, course in told) == (True, False)
    told = save(office, second, **{"action-publish": "1"})
    assert (module in told, course in told) == (True, True)
    publish(small.module)
    told = save(office, second)
    assert (module in told, course in told) == (False, True)
    with committed():
        publish(small.page)
    assert course not in save(office, second)
    with committed():
        small.page.__class__.objects.get(pk=small.page.pk).unpublish()
    assert course in save(office, second)


def test_a_day_for_a_first_publication_changes_nothing_yet(early: SmallCourse, office: Any) -> None:
    changed = _("What %(course)s asks has changed. Learners meet it when you release the new version.")
    told = save(office, early.lessons[0], go_live_at="2099-01-01 10:00", **{"action-publish": "1"})
    assert changed % {"course": "CUI-01"} not in told
    assert not LessonPage.objects.get(pk=early.lessons[0].pk).live
