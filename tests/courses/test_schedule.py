"""Bruno sets days for a lesson: does one button do it, and is he told where the days are only noted?"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import LessonPage, VersionProposal
from programme.staff.schedule import only_noted
from tests.courses.cast import log_in, may_edit, person
from tests.courses.test_first_version import save
from tests.factories.accounts import country
from tests.factories.courses import SmallCourse, committed

DAY = {"go_live_at": "2099-01-01 10:00"}


def noted(title: str) -> str:
    said = _(
        "The days of «%(title)s» are only noted: nothing happens on them until somebody publishes it with them."
    )
    return said % {"title": title}


def form(browser: Any, page: LessonPage) -> str:
    return browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_saved_days_are_said_to_do_nothing_yet(small: SmallCourse, office: Any) -> None:
    lesson = small.lessons[0]
    assert noted(lesson.title) in save(office, lesson, **DAY)
    assert noted(lesson.title) not in save(office, lesson)


def test_the_button_beside_the_days_puts_them_in_force(small: SmallCourse, office: Any) -> None:
    lesson = small.lessons[0]
    assert 'name="action-publish" value="action-publish" class="button senda-by-days"' in form(office, lesson)
    told = save(office, lesson, **DAY, **{"action-publish": "action-publish"})
    assert noted(lesson.title) not in told
    assert LessonPage.objects.get(pk=lesson.pk).approved_schedule


def test_a_day_on_which_it_is_gone_counts_once_it_is_published_with_it(small: SmallCourse) -> None:
    lesson = LessonPage.objects.get(pk=small.lessons[0].pk)
    lesson.expire_at = "2099-01-01T10:00:00Z"
    lesson.full_clean()
    with committed():
        draft = lesson.save_revision()
    assert only_noted(lesson)
    with committed():
        draft.publish()
    assert not only_noted(LessonPage.objects.get(pk=lesson.pk))


def test_who_only_writes_has_no_such_button(small: SmallCourse) -> None:
    yolanda = person("Yolanda")
    may_edit(yolanda, small.page, "change_page")
    page = form(log_in(yolanda), small.lessons[0])
    assert "schedule-publishing-dialog" in page
    assert "senda-by-days" not in page


def test_a_quiz_has_it_too(small: SmallCourse, office: Any) -> None:
    address = reverse("wagtailsnippets_assessments_quiz:edit", args=[small.quiz.pk])
    assert "senda-by-days" in office.get(address).content.decode()


def test_who_publishes_with_a_day_reads_when_it_goes_live(small: SmallCourse, office: Any) -> None:
    told = save(office, small.lessons[0], **DAY, **{"action-publish": "action-publish"})
    assert "se publica el 1 de enero de 2099" in told


def test_who_publishes_with_a_day_that_is_past_reads_that_it_went_live_at_once(
    small: SmallCourse, office: Any
) -> None:
    past = {"go_live_at": "2020-01-01 10:00"}
    told = save(office, small.lessons[0], **past, **{"action-publish": "action-publish"})
    assert "1 de enero de 2020" in told
    assert "ya pasó: se publicó en este momento" in told


def test_a_comparison_says_nothing_where_there_was_no_day(small: SmallCourse, office: Any) -> None:
    page = small.page
    first = page.save_revision()
    page.review_date = None
    with_none = page.save_revision()
    page.review_date = dt.date(2026, 3, 9)
    with_day = page.save_revision()
    for older, newer in ((with_none, with_day), (with_day, first)):
        where = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, older.pk, newer.pk])
        compared = office.get(where).content.decode()
        assert not re.search(r"None\d|\dNone|>None<", compared)
    where = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, with_none.pk, with_day.pk])
    assert "09/03/2026" in office.get(where).content.decode()


def test_a_comparison_says_whom_a_block_is_for_in_words(small: SmallCourse, office: Any) -> None:
    lesson = small.lessons[0]
    country("GT")
    saved = []
    for countries in ([], ["GT"]):
        value = {"text": "<p>Una línea.</p>", "scope": {"countries": countries, "routes": []}}
        lesson.body = json.dumps([{"type": "text", "value": value, "id": "b1"}])
        saved.append(lesson.save_revision())
    before, after = saved
    where = reverse("wagtailadmin_pages:revisions_compare", args=[lesson.pk, before.pk, after.pk])
    page = office.get(where).content.decode()
    assert "[]" not in page
    assert "todas las personas" in page
    assert "Guatemala" in page


def test_who_publishes_something_else_is_told_only_that_a_version_waits(
    small: SmallCourse, office: Any
) -> None:
    first, second, *_rest = small.lessons
    changed = save(office, first, required="", **{"action-publish": "action-publish"})
    assert "Cambió lo que pide" in changed
    VersionProposal.objects.update(proposed_at=timezone.now() - dt.timedelta(hours=1))
    told = save(office, second, **{"action-publish": "action-publish"})
    assert "Cambió lo que pide" not in told
    assert "espera a que la liberes" in told


def test_a_comparison_is_silent_on_keys_that_a_script_puts_into_a_text(
    small: SmallCourse, office: Any
) -> None:
    lesson, saved = small.lessons[0], []
    texts = (
        "<p>Primero escuchar.</p><p>Después orientar.</p>",
        '<p data-block-key="a1b2c">Primero escuchar.</p><p data-block-key="d3">Después orientar.</p>',
        '<p data-block-key="a1b2c">Primero escuchar.</p><p data-block-key="d3">Después derivar.</p>',
    )
    for text in texts:
        lesson.body = json.dumps([{"type": "text", "value": {"text": text}, "id": "b1"}])
        saved.append(lesson.save_revision())

    def compared(one: Any, other: Any) -> str:
        where = reverse("wagtailadmin_pages:revisions_compare", args=[lesson.pk, one.pk, other.pk])
        return office.get(where).content.decode()

    assert "Después" not in compared(saved[0], saved[1])
    assert "derivar" in compared(saved[0], saved[2])
