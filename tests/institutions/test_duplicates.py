"""Who may be one and the same: how alike two people are, what is suggested, and what was decided stays decided."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.merging import MergeRefused
from accounts.models import Person
from common import clock
from institutions import duplicates, likeness
from institutions.duplicates import HEAP, Found, Settled, alike_within, suggest
from institutions.likeness import Candidate, Reason, telling
from institutions.models import DuplicateSuggestion, Institution, SuggestionState
from tests.conftest import Role
from tests.factories.accounts import PersonFactory
from tests.factories.learning import institution, works_at

HERE, THERE = frozenset({1}), frozenset({2})


def somebody(name: str, **fields: Any) -> Candidate:
    return Candidate(telling(name.split()), **{"places": HERE, **fields})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("amina xol caal", "amina xol caal"),
        ("amina xol caal", "xol caal amina"),
        ("amina de la xol caal", "amina xol caal"),
        ("amina xol caal", "amina xol"),
        ("amina xol caal", "a xol caal"),
        ("amina xol caal", "amina xol cal"),
        ("juan gonzalez ruiz", "juan gonsales ruiz"),
        ("rosa maria perez lopez", "rosa perez lopez"),
    ],
)
def test_people_of_one_place_whose_names_are_alike_are_suggested(one: str, other: str) -> None:
    assert likeness.likeness(somebody(one), somebody(other)).suggested
    assert likeness.likeness(somebody(other), somebody(one)).suggested


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ana lopez garcia", "pedro lopez garcia"),
        ("ana lopez garcia", "ana perez ruiz"),
        ("ana lopez garcia", "ana lopez perez"),
        ("ana", "ana"),
        ("juan ruiz", "jose ruiz"),
    ],
)
def test_brothers_and_people_who_share_a_surname_are_not(one: str, other: str) -> None:
    assert not likeness.likeness(somebody(one), somebody(other)).suggested


@pytest.mark.parametrize(
    ("one", "other", "suggested"),
    [
        ({"year": 1980}, {"year": 1980}, True),
        ({"year": 1980}, {"year": 1981}, True),
        ({"year": 1980}, {}, True),
        ({"year": 1980}, {"year": 1990}, False),
        ({"band": "25-34"}, {"band": "35-49"}, True),
        ({"band": "18-24"}, {"band": "50-59"}, False),
        ({"year": 1980}, {"year": 1980, "places": THERE}, False),
        ({"year": 1980}, {"year": 1980, "places": frozenset()}, True),
        ({}, {"places": frozenset()}, False),
        (
            {"year": 1980, "counterparts": frozenset({9})},
            {"year": 1980, "places": THERE, "counterparts": frozenset({9})},
            True,
        ),
    ],
)
def test_year_and_place_speak_for_it_and_against(one: dict, other: dict, suggested: bool) -> None:
    name = "juan gonzalez ruiz"
    assert likeness.likeness(somebody(name, **one), somebody(name, **other)).suggested == suggested


def test_a_name_that_many_bear_says_little() -> None:
    one = somebody("maria lopez")
    assert not likeness.likeness(one, one, namesakes=6).suggested
    assert Reason.COMMON_NAME in likeness.likeness(one, one, namesakes=6).reasons
    born = somebody("maria lopez", year=1980)
    assert likeness.likeness(born, born, namesakes=600).suggested


NAMES = st.lists(st.sampled_from("ana maria jose juan lopez garcia xol caal a m".split()), max_size=5)


@given(one=NAMES, other=NAMES)
def test_it_does_not_matter_who_stands_first(one: list[str], other: list[str]) -> None:
    a, b = somebody(" ".join(one)), somebody(" ".join(other))
    there, back = likeness.likeness(a, b), likeness.likeness(b, a)
    assert 0 <= there.score <= 100
    assert abs(there.score - back.score) <= 14


@given(st.text("abc", max_size=6), st.text("abc", max_size=6), st.integers(0, 3))
def test_letters_apart_are_counted_alike_from_both_sides(one: str, other: str, most: int) -> None:
    apart = likeness.edits(one, other, at_most=most)
    assert apart == likeness.edits(other, one, at_most=most) <= most + 1
    assert (apart == 0) == (one == other)


def test_the_work_grows_with_the_people_and_not_with_their_square() -> None:
    def compared(many: int) -> int:
        found = Found()
        people = [(key, somebody(f"maria lopez {'abcdefgh'[key % 8]}ruz{key % 97}")) for key in range(many)]
        list(alike_within(people, found))
        return found.compared

    few, many = compared(8 * HEAP), compared(32 * HEAP)
    assert few < many < 6 * few, "Four times the people: with all pairs it would be sixteen times the work."


@pytest.fixture
def twice(hospital: Institution) -> list[Person]:
    names = ["Amina Xol Caal", "AMINA XOL CAAL", "Bruno Íñiguez Peña"]
    people = [PersonFactory(certificate_name=name) for name in names]
    for person in people:
        works_at(person, hospital)
    return people


def open_pairs() -> list[tuple[int, int]]:
    return list(duplicates.open_suggestions().values_list("first_id", "second_id"))


@pytest.mark.django_db
def test_who_is_there_twice_is_suggested_once(twice: list[Person]) -> None:
    assert suggest().suggested == 1
    assert suggest().suggested == 1
    assert open_pairs() == [(twice[0].pk, twice[1].pk)]
    assert DuplicateSuggestion.objects.get().reasons == ["same_name", "same_place"]


@pytest.mark.django_db
def test_a_year_of_birth_finds_who_works_nowhere_known() -> None:
    for name in ("Zoila Tzul Cuc", "Zoila Tzul"):
        PersonFactory(certificate_name=name, birth_year=1977)
    assert suggest().suggested == 1


@pytest.mark.django_db
def test_not_the_same_is_remembered(twice: list[Person], elena: Role) -> None:
    suggest()
    row = DuplicateSuggestion.objects.get()
    duplicates.not_the_same(suggestion=row, by=elena.person)
    suggest()
    row.refresh_from_db()
    assert (row.state, row.decided_by) == (SuggestionState.DIFFERENT, elena.person)
    assert open_pairs() == []
    with pytest.raises(Settled):
        duplicates.merge_pair(suggestion=row, into=twice[0], by=elena.person, reason="")


@pytest.mark.django_db
def test_a_pair_is_merged_by_somebody_and_parted_again(twice: list[Person], elena: Role) -> None:
    suggest()
    row = DuplicateSuggestion.objects.get()
    merge = duplicates.merge_pair(suggestion=row, into=twice[1], by=elena.person, reason="La conozco")
    assert Person.objects.get(pk=twice[0].pk).canonical == twice[1]
    assert (merge.merged_by, merge.reason) == (elena.person, "La conozco")
    assert suggest().suggested == 0
    duplicates.part(merge=merge, by=elena.person, reason="Son primas")
    assert Person.objects.get(pk=twice[0].pk).canonical == twice[0]
    suggest()
    assert open_pairs() == [], "Who was parted once is not suggested again."


@pytest.mark.django_db
def test_a_merge_that_is_refused_leaves_the_suggestion_open(twice: list[Person], elena: Role) -> None:
    suggest()
    Person.objects.filter(pk=twice[0].pk).update(erased_at=clock.now())
    row = DuplicateSuggestion.objects.get()
    with pytest.raises(MergeRefused):
        duplicates.merge_pair(suggestion=row, into=twice[1], by=elena.person, reason="")
    row.refresh_from_db()
    assert row.state == SuggestionState.OPEN
    assert open_pairs() == []


@pytest.mark.django_db
def test_what_no_longer_holds_is_dropped(twice: list[Person]) -> None:
    suggest()
    twice[1].certificate_name = "Otra Persona Distinta"
    twice[1].save(update_fields=["certificate_name"])
    suggest()
    assert not DuplicateSuggestion.objects.exists()


@pytest.mark.django_db
def test_erased_people_and_those_merged_already_are_left_alone(twice: list[Person]) -> None:
    Person.objects.filter(pk=twice[1].pk).update(canonical=twice[0])
    assert suggest().suggested == 0
    Person.objects.filter(pk=twice[1].pk).update(canonical=twice[1], erased_at=clock.now())
    assert suggest().suggested == 0


@pytest.mark.django_db
def test_two_units_of_one_ministry_do_not_speak_against_it() -> None:
    ministry = institution("Secretaría")
    for number in (1, 2):
        unit = institution(f"Hospital {number}", parent=ministry)
        works_at(PersonFactory(certificate_name="Rosa Ajú Tum", birth_year=1970), unit)
    assert suggest().suggested == 1
