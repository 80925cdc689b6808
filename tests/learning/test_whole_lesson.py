"""Learners share the page that was rendered once, and each finds her own way, notes and forms in it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import LessonPage
from learning.models import Enrolment
from programme import wholes
from tests.conftest import Role
from tests.factories.courses import SmallCourse, committed, publish
from tests.factories.learning import do, enrol


@pytest.fixture
def lesson(course: SmallCourse) -> LessonPage:
    return course.lessons[1]


@pytest.fixture
def hers(course: SmallCourse, amina: Role) -> Enrolment:
    return enrol(amina.person, course)


@pytest.fixture
def his(course: SmallCourse, farid: Role, amina: Role) -> Enrolment:
    farid.person.country = amina.person.country
    farid.person.save()
    return enrol(farid.person, course)


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Count how often a whole page is rendered; the rendering itself stays what it is."""
    counted: list[Any] = []
    render = wholes._rendered

    def counting(page: Any, *args: Any) -> Any:
        counted.append(page.pk)
        return render(page, *args)

    monkeypatch.setattr(wholes, "_rendered", counting)
    return counted


def read(who: Role | Client, address: str, **options: Any) -> str:
    answer = (who.client if isinstance(who, Role) else who).get(address, **options)
    assert answer.status_code == 200
    return answer.content.decode()


def way(html: str) -> list[str]:
    path = html.split('<ol class="senda"')[1].split("</ol>")[0]
    return re.findall(r'data-state="(\w+)"', path)


def test_two_who_came_as_far_share_the_page_and_not_the_way(
    lesson: LessonPage,
    course: SmallCourse,
    amina: Role,
    farid: Role,
    hers: Enrolment,
    his: Enrolment,
    rendered: Any,
) -> None:
    do(hers, course.keys[0])
    assert way(read(amina, lesson.url))[:2] == ["done", "current"]
    assert way(read(farid, lesson.url))[:2] == ["ahead", "current"]
    assert rendered == [lesson.pk]


def test_who_finished_it_reads_so_and_the_other_may_still_finish(
    lesson: LessonPage, course: SmallCourse, amina: Role, farid: Role, hers: Enrolment, his: Enrolment
) -> None:
    do(hers, course.keys[1])
    address = reverse("learning:complete", kwargs={"activity": course.keys[1]})
    for _again in range(2):
        assert f'action="{address}"' not in read(amina, lesson.url)
        assert f'action="{address}"' in read(farid, lesson.url)


def test_what_she_does_shows_at_the_next_look(
    lesson: LessonPage, course: SmallCourse, amina: Role, hers: Enrolment
) -> None:
    before = read(amina, lesson.url)
    assert (
        amina.client.post(reverse("learning:complete", kwargs={"activity": course.keys[1]})).status_code
        == 302
    )
    after = read(amina, lesson.url)
    assert way(before)[1] == "current"
    assert way(after)[1] == "done"


def test_a_token_of_a_kept_page_is_taken(
    lesson: LessonPage, course: SmallCourse, amina: Role, farid: Role, hers: Enrolment, his: Enrolment
) -> None:
    read(farid, lesson.url)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(amina.person.user)
    tokens = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', read(strict, lesson.url))
    address = reverse("learning:complete", kwargs={"activity": course.keys[1]})
    assert len(tokens) >= 3
    assert strict.post(address, {"csrfmiddlewaretoken": tokens[-1]}).status_code == 302
    assert hers.done.count() == 1
    assert his.done.count() == 0


def test_what_one_is_told_is_told_to_nobody_else(
    lesson: LessonPage, course: SmallCourse, amina: Role, farid: Role, hers: Enrolment, his: Enrolment
) -> None:
    with committed():
        course.lessons[0].unpublish()
    assert amina.client.get(course.lessons[0].url).status_code == 302
    told = read(amina, lesson.url)
    assert 'class="wrap messages"' in told
    assert 'class="wrap messages"' not in read(farid, lesson.url)
    assert 'class="wrap messages"' not in read(amina, lesson.url)


def test_a_shared_phone_says_so_to_its_reader_alone(
    lesson: LessonPage, amina: Role, farid: Role, hers: Enrolment, his: Enrolment
) -> None:
    kept = farid.client.session
    kept["shared_phone"], kept["shared_phone_seen_at"] = True, 4e9
    kept.save()
    read(amina, lesson.url)
    assert "shared-phone" in read(farid, lesson.url)
    assert "shared-phone" not in read(amina, lesson.url)


def test_no_mark_of_a_gap_is_left(
    lesson: LessonPage, course: SmallCourse, amina: Role, hers: Enrolment
) -> None:
    index = course.page.get_parent().url
    for who, address in ((amina, lesson.url), (amina, index), (Client(), index)):
        for _again in range(2):
            assert not re.search(r"[0-9a-f]{32}\[", read(who, address))


def test_the_catalogue_knows_who_is_signed_in(course: SmallCourse, amina: Role) -> None:
    address = course.page.get_parent().url
    out = reverse("account_logout")
    for _again in range(2):
        assert out in read(amina, address)
        assert out not in read(Client(), address)


def test_the_catalogue_shows_a_new_summary_at_once(course: SmallCourse) -> None:
    address = course.page.get_parent().url
    read(Client(), address)
    publish(course.page, title="Otro nombre")
    assert "Otro nombre" in read(Client(), address)


def test_a_filtered_catalogue_is_not_the_plain_one(course: SmallCourse) -> None:
    address = course.page.get_parent().url
    assert course.page.title in read(Client(), address)
    assert course.page.title not in read(Client(), f"{address}?q=xyzzy")
    assert course.page.title in read(Client(), address)


def test_a_lesson_renamed_is_called_so_on_the_way_of_others(
    lesson: LessonPage, course: SmallCourse, amina: Role, hers: Enrolment
) -> None:
    read(amina, lesson.url)
    with committed():
        publish(course.lessons[0], title="La primera, con otro nombre")
    assert "La primera, con otro nombre" in read(amina, lesson.url)
