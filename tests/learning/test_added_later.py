"""A newer version asks more: the course page of who completed an older one, or follows it, is that of her own."""

from __future__ import annotations

import datetime as dt
import re

from tests.conftest import Role
from tests.factories.courses import SmallCourse, add_lesson, committed
from tests.factories.learning import enrol, finish, group_of
from tests.learning.test_following import release


def main(role: Role, course: SmallCourse) -> str:
    page = role.client.get(course.page.url).text
    return re.sub(r"\s+", " ", page.split("<main")[1].split("</main>")[0])


def test_amina_who_completed_version_1_is_told_what_was_added_and_not_asked_for_it(
    amina: Role, bruno: Role, course: SmallCourse
) -> None:
    finish(enrol(amina.person, course))
    before = main(amina, course)
    assert "Se agregó" not in before
    asked = re.search(r"Para recibirlo: \d+ actividades", before) or re.search(
        r"\d+ actividades oblig", before
    )
    assert asked
    lesson = add_lesson(course, title="Limpiar la cubeta")
    release(course, bruno)
    after = main(amina, course)
    assert asked[0] in after
    assert "Se agregó después de que terminaste este curso" in after
    assert "Limpiar la cubeta" in after
    assert f'href="{lesson.url}"' not in after
    assert f'href="{course.lessons[0].url}"' in after


def test_chipo_who_visits_sees_the_newest_version(bruno: Role, chipo: Role, course: SmallCourse) -> None:
    lesson = add_lesson(course, title="Limpiar la cubeta")
    release(course, bruno)
    hers = main(chipo, course)
    assert "Limpiar la cubeta" in hers
    assert "Se agregó" not in hers
    enrol(chipo.person, course)
    assert f'href="{lesson.url}"' in main(chipo, course)


def test_a_group_with_dates_reads_what_the_newer_version_adds(
    amina: Role, bruno: Role, course: SmallCourse
) -> None:
    today = dt.date(2026, 1, 5)
    group = group_of(course, facilitator=bruno.person, starts_on=today, version=course.course.versions.get())
    enrol(amina.person, course, cohort=group)
    lesson = add_lesson(course, title="Limpiar la cubeta")
    release(course, bruno)
    with committed():
        hers = main(amina, course)
    assert "Se agregó en una versión más nueva" in hers
    assert f'href="{lesson.url}"' not in hers


def test_the_search_leads_her_to_no_lesson_that_her_version_does_not_ask(
    amina: Role, bruno: Role, chipo: Role, course: SmallCourse
) -> None:
    finish(enrol(amina.person, course))
    lesson = add_lesson(course, title="Limpiar la cubeta")
    release(course, bruno)
    assert lesson.url not in amina.client.get("/buscar/?q=cubeta").text
    assert lesson.url in chipo.client.get("/buscar/?q=cubeta").text
    assert course.lessons[0].url in amina.client.get("/buscar/?q=mirar").text
    enrol(amina.person, course)
    assert lesson.url in amina.client.get("/buscar/?q=cubeta").text
