"""Two records of one person count as one, and apart again, and nothing of either is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import merging
from accounts.merge_words import REFUSALS
from accounts.merging import MergeRefused, Reason, merge, undo
from accounts.models import Person, PersonMerge
from common import clock
from tests.conftest import Role
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db


def refused(act: Any) -> Reason:
    with pytest.raises(MergeRefused) as refusal:
        act()
    return refusal.value.reason


def again(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def three(db: Any) -> list[Person]:
    return PersonFactory.create_batch(3)


def test_amina_who_signed_up_twice_counts_once(three: list[Person], elena: Role) -> None:
    new, old, _other = three
    row = merge(duplicate=new, into=old, by=elena.person, reason="Me lo dijo por teléfono")
    assert again(new).canonical == old
    assert (row.merged_by, row.reason, row.in_force) == (elena.person, "Me lo dijo por teléfono", True)
    assert Person.objects.one_each().filter(pk__in=[new.pk, old.pk]).get() == old
    assert again(new).kept == old
    assert again(new).is_same_as(old)


def test_undone_they_are_two_again(three: list[Person], elena: Role) -> None:
    new, old, _other = three
    row = undo(merge=merge(duplicate=new, into=old, by=None), by=elena.person, reason="Eran hermanas")
    assert again(new).canonical_id == new.pk
    assert (row.undone_by, row.undo_reason, row.in_force) == (elena.person, "Eran hermanas", False)
    assert refused(lambda: undo(merge=row, by=None)) == Reason.UNDONE_ALREADY


def test_a_chain_ends_at_its_last_and_parts_in_the_middle(three: list[Person]) -> None:
    a, b, c = three
    first = merge(duplicate=a, into=b, by=None)
    second = merge(duplicate=b, into=c, by=None)
    assert {again(a).canonical, again(b).canonical} == {c}
    undo(merge=second, by=None)
    assert (again(a).canonical, again(b).canonical, again(c).canonical) == (b, b, c)
    undo(merge=first, by=None)
    assert again(a).canonical_id == a.pk


def test_nobody_is_merged_with_herself(three: list[Person]) -> None:
    assert refused(lambda: merge(duplicate=three[0], into=three[0], by=None)) == Reason.HERSELF
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonMerge.objects.create(duplicate=three[0], into=three[0], merged_at=clock.now())


def test_nor_in_a_circle_nor_twice_nor_while_she_stands_for_nobody(three: list[Person]) -> None:
    a, b, c = three
    merge(duplicate=a, into=b, by=None)
    assert refused(lambda: merge(duplicate=b, into=a, by=None)) == Reason.CIRCLE
    assert refused(lambda: merge(duplicate=a, into=b, by=None)) == Reason.ALREADY_ONE
    assert refused(lambda: merge(duplicate=a, into=c, by=None)) == Reason.MERGED_ELSEWHERE


@pytest.mark.parametrize("erased", [0, 1])
def test_nor_with_one_who_was_erased(erased: int, three: list[Person]) -> None:
    Person.objects.filter(pk=three[erased].pk).update(erased_at=clock.now())
    assert refused(lambda: merge(duplicate=three[0], into=three[1], by=None)) == Reason.ERASED


@pytest.mark.parametrize("erased", [0, 1])
def test_after_an_erasure_nobody_is_parted(erased: int, three: list[Person]) -> None:
    row = merge(duplicate=three[0], into=three[1], by=None)
    Person.objects.filter(pk=three[erased].pk).update(erased_at=clock.now())
    assert refused(lambda: undo(merge=row, by=None)) == Reason.ERASED
    assert PersonMerge.objects.get().in_force


def test_every_refusal_has_words() -> None:
    assert set(REFUSALS) == set(Reason)


def test_what_went_astray_is_told(three: list[Person]) -> None:
    a, b, _c = three
    merge(duplicate=a, into=b, by=None)
    assert merging.astray() == {}
    Person.objects.filter(pk=a.pk).update(canonical=a)
    assert merging.astray() == {a.pk: b.pk}
    merging.recompute({a.pk, b.pk})
    assert merging.astray() == {}


STEPS = st.lists(st.tuples(st.booleans(), st.integers(0, 5), st.integers(0, 5)), max_size=14)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_merged_and_undone_canonical_says_what_the_rows_say(steps: Any, db: Any) -> None:
    with transaction.atomic():
        people = PersonFactory.create_batch(6)
        keys = [person.pk for person in people]
        for merging_now, one, other in steps:
            before = canonicals(keys)
            row = PersonMerge.objects.filter(undone_at=None, duplicate__in=keys).order_by("pk").first()
            try:
                if merging_now:
                    made = merge(duplicate=again(people[one]), into=again(people[other]), by=None)
                    undo(merge=made, by=None)
                    assert canonicals(keys) == before, "An undo at once restores exactly."
                    merge(duplicate=again(people[one]), into=again(people[other]), by=None)
                elif row:
                    undo(merge=row, by=None)
            except MergeRefused:
                assert canonicals(keys) == before, "A refusal changes nothing."
            assert canonicals(keys) == ends(keys)
            assert merging.astray() == {}
        for row in PersonMerge.objects.filter(undone_at=None, duplicate__in=keys):
            undo(merge=row, by=None)
        assert canonicals(keys) == {key: key for key in keys}, "All undone, everybody is herself."
        transaction.set_rollback(True)


def canonicals(keys: list[int]) -> dict[int, int]:
    return dict(Person.objects.filter(pk__in=keys).values_list("pk", "canonical_id"))


def ends(keys: list[int]) -> dict[int, int]:
    """Follow the rows one step at a time, as somebody would who reads them."""
    rows = dict(PersonMerge.objects.filter(undone_at=None).values_list("duplicate_id", "into_id"))
    found = {}
    for key in keys:
        end = key
        while end in rows:
            end = rows[end]
        found[key] = end
    return found
