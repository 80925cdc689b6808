"""A group of hundreds on a telephone: a page at a time, somebody found by her name, back to where one was."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.models import Cohort, Enrolment
from tests.conftest import Role
from tests.factories.accounts import PersonFactory
from tests.factories.learning import enrol

PEOPLE = 63


@pytest.fixture
def many(cohort: Cohort) -> list[Enrolment]:
    people = [PersonFactory(display_name=f"Persona {at:03}") for at in range(PEOPLE - 1)]
    people.append(PersonFactory(display_name="Zoila Ajú", certificate_name="Zoila Ajú Sis"))
    return [enrol(person, cohort.course, cohort=cohort) for person in people]


def page_of(bruno: Role, cohort: Cohort, query: str = "") -> Any:
    return bruno.client.get(f"/aprender/grupos/{cohort.key}/{query}")


def test_a_page_shows_fifty_and_counts_all(cohort: Cohort, many: list[Enrolment], bruno: Role) -> None:
    first = page_of(bruno, cohort)
    view = first.context["view"]
    assert (len(view.members), view.people) == (50, PEOPLE)
    assert "Zoila" not in first.content.decode()
    second = page_of(bruno, cohort, view.next_url)
    assert len(second.context["view"].members) == PEOPLE - 50
    assert "Zoila" in second.content.decode()
    shown = [member.enrolment.pk for page in (first, second) for member in page.context["view"].members]
    assert sorted(shown) == sorted(row.pk for row in many)


def test_somebody_is_found_by_her_name_without_its_accent(
    cohort: Cohort, many: list[Enrolment], bruno: Role
) -> None:
    found = page_of(bruno, cohort, "?q=aju+zoila").context["view"]
    assert [str(member.person) for member in found.members] == ["Zoila Ajú"]
    assert found.people == PEOPLE
    nobody = page_of(bruno, cohort, "?q=Nadie")
    assert "Nadie de este grupo" in nobody.content.decode()
    assert "Da su código" not in nobody.content.decode()


@pytest.mark.parametrize("query", ["?p=0", "?p=999", "?p=x", "?q=%00", "?q=" + "a" * 5000])
def test_a_page_that_is_none_is_no_error(
    cohort: Cohort, many: list[Enrolment], bruno: Role, query: str
) -> None:
    assert page_of(bruno, cohort, query).status_code == 200


def test_after_giving_more_time_bruno_is_on_the_page_where_he_was(
    cohort: Cohort, many: list[Enrolment], bruno: Role
) -> None:
    given = bruno.client.post(
        f"/aprender/mas-tiempo/{many[-1].key}/", {"percent": "25", "p": "2", "q": "Zoila & Ajú"}
    )
    assert given.url == f"/aprender/grupos/{cohort.key}/?q=Zoila+%26+Aj%C3%BA&p=2"


def test_a_page_of_many_asks_no_more_than_one_of_two(cohort: Cohort, bruno: Role, amina: Role) -> None:
    for at in range(2):
        enrol(PersonFactory(display_name=f"Persona {at}"), cohort.course, cohort=cohort)
    page_of(bruno, cohort)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page_of(bruno, cohort)
    for at in range(60):
        enrol(PersonFactory(display_name=f"Otra {at}"), cohort.course, cohort=cohort)
    with CaptureQueriesContext(connection) as many:
        page_of(bruno, cohort)
    assert len(many) <= len(few)
