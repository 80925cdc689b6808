"""Amina meets a course whose page is published before its lessons: wherever it is listed, it says so."""

from __future__ import annotations

import re

import pytest

from courses import versions
from courses.versions import propose
from tests.factories.accounts import PersonFactory
from tests.factories.courses import SmallCourse, add_lesson, committed, make_course

pytestmark = pytest.mark.django_db
SAYS = "En preparación: todavía no es posible inscribirse."


@pytest.fixture
def pending() -> SmallCourse:
    return make_course(code="AGUA-01", title="Agua limpia", lessons=0, quiz=False)


def body(client, address: str) -> str:
    return re.sub(r"\s+", " ", client.get(address).text)


def card(page: str, title: str) -> str:
    (found,) = [book for book in re.findall(r"<li.*?</li>", page) if title in re.sub("</?mark>", "", book)]
    return found


def test_its_card_says_that_it_is_in_preparation_and_stands_behind_the_open_ones(client, pending):
    ready = make_course()
    assert versions.current(pending.course) is None
    for address in (ready.index.url, "/"):
        page = body(client, address)
        assert SAYS in card(page, "Agua limpia")
        assert SAYS not in card(page, ready.page.title)
        assert page.index(ready.page.title) < page.index("Agua limpia")


def test_the_search_says_so_too_and_offers_none_of_its_lessons(client, pending):
    add_lesson(pending, title="Hervir el agua")
    page = body(client, "/buscar/?q=agua")
    assert SAYS in card(page, "Agua limpia")
    assert "Hervir" not in page


def test_once_bruno_releases_it_nothing_says_so(client, pending):
    add_lesson(pending, title="Hervir el agua")
    body(client, pending.index.url)
    with committed():
        proposal = propose(course=pending.course)
        versions.release(proposal=proposal, by=PersonFactory())
    assert SAYS not in body(client, pending.index.url)
    page = body(client, "/buscar/?q=agua")
    assert SAYS not in page
    assert "Hervir" in page
