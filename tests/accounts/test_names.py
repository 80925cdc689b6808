"""Is somebody found by her name, however it is typed, and does her searched name follow whatever writes it?"""

from __future__ import annotations

import pytest
from django.db import connection

from accounts import name_index, privacy
from accounts.models import Person
from accounts.names import folded, people_named
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db


def found(query: str) -> list[str]:
    return [person.display_name for person in people_named(query, Person.objects.order_by("pk"))]


@pytest.fixture
def people() -> list[Person]:
    names = [("Chipo Güereca Núñez", "Chipo"), ("Amina Xol Caal", "La Garza"), ("Ana Núñez-Xol", "Ana")]
    return [PersonFactory(certificate_name=name, display_name=screen) for name, screen in names]


@pytest.mark.parametrize(
    ("query", "who"),
    [
        ("nunez", ["Chipo", "Ana"]),
        ("NÚÑEZ", ["Chipo", "Ana"]),
        ("gue", ["Chipo"]),
        ("caal amina", ["La Garza"]),
        ("garza", ["La Garza"]),
        ("xo", ["La Garza", "Ana"]),
        ("ol", []),
        ("amina nunez", []),
        ("", []),
        (" -_%", []),
        ("%", []),
    ],
)
def test_words_are_found_by_their_beginnings_in_any_order(query: str, who: list[str], people: list) -> None:
    assert found(query) == who


def test_the_searched_name_follows_the_profile(people: list[Person]) -> None:
    person = people[1]
    person.certificate_name = "Amina Ortiz"
    person.save(update_fields=["certificate_name"])
    assert found("ortiz") == ["La Garza"]
    assert found("caal") == []


def test_and_every_other_way_of_writing_it(people: list[Person]) -> None:
    Person.objects.filter(pk=people[0].pk).update(display_name="Zoé")
    assert found("zoe") == ["Zoé"]
    Person.objects.filter(pk=people[0].pk).update(display_name="Ñusta", certificate_name="")
    assert (found("nusta"), found("guereca")) == (["Ñusta"], [])
    people[2].display_name = "Inés"
    Person.objects.bulk_update([people[2]], ["display_name"])
    Person.objects.bulk_create([Person(display_name="Ixchel")])
    assert (found("ines"), found("ixchel")) == (["Inés"], ["Ixchel"])


def test_nobody_finds_an_erased_person(people: list[Person]) -> None:
    assert found("amina") == ["La Garza"]
    privacy.erase_person(people[1])
    assert Person.objects.get(pk=people[1].pk).folded_name == ""
    assert found("amina") == []


def test_a_name_longer_than_its_field_is_cut() -> None:
    assert len(folded("a" * 160, "b" * 60 + " " + "c" * 60)) == 240


def test_the_index_of_names_is_made_once_and_taken_away() -> None:
    made = name_index.build(connection)
    assert made == name_index.build(connection)
    if connection.vendor == "postgresql":
        assert name_index.has_trigrams(connection) == (made == name_index.TRIGRAMS)
