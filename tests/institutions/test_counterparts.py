"""Forty hospitals are one counterpart; a focal point looks after what was assigned to her."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import Person
from institutions import counterparts, merging
from institutions.lineage import Reason, Refused
from institutions.models import Institution, Membership, MembershipRole
from tests.factories.accounts import UserFactory
from tests.factories.learning import institution, works_at


@pytest.fixture
def ministry(db: Any) -> dict[str, Institution]:
    """A ministry with two regions; the north has two hospitals."""
    made = {name: institution(name) for name in ("ministry", "north", "south", "one", "two", "alien")}
    for child, parent in (("north", "ministry"), ("south", "ministry"), ("one", "north"), ("two", "north")):
        counterparts.place_under(institution=made[child], parent=made[parent])
    return made


@pytest.fixture
def chipo(ministry: dict[str, Institution]) -> Membership:
    return works_at(UserFactory().person, ministry["ministry"], role=MembershipRole.FOCAL_POINT)


def keys(made: dict[str, Institution], *names: str) -> set[int]:
    return {made[name].pk for name in names}


def test_units_of_any_depth_are_one_counterpart(ministry: dict[str, Institution]) -> None:
    for name in ("ministry", "north", "one"):
        assert counterparts.counterpart_of(ministry[name]) == ministry["ministry"]
    assert counterparts.counterpart_of(ministry["alien"]) == ministry["alien"]
    below = keys(ministry, "north", "south", "one", "two")
    assert counterparts.units_below([ministry["ministry"].pk]) == below
    assert counterparts.units_below([ministry["one"].pk]) == set()
    assert counterparts.above([ministry["one"].pk]) == keys(ministry, "one", "north", "ministry")


def test_the_question_of_units_takes_as_many_queries_with_forty_hospitals_as_with_two(
    ministry: dict[str, Institution], django_assert_max_num_queries: Any
) -> None:
    north = ministry["north"]
    for number in range(40):
        institution(f"Hospital {number}", parent=north)
    with django_assert_max_num_queries(8):
        assert len(counterparts.units_below([ministry["ministry"].pk])) == 44


def test_a_focal_point_sees_the_units_assigned_and_no_other(
    ministry: dict[str, Institution], chipo: Membership
) -> None:
    assert counterparts.units_assigned(chipo) == keys(ministry, "ministry")
    counterparts.assign_units(membership=chipo, units=[ministry["north"]], by=None)
    assert counterparts.units_assigned(chipo) == keys(ministry, "ministry", "north", "one", "two")
    counterparts.assign_units(membership=chipo, units=[ministry["one"]], by=None)
    assert counterparts.units_assigned(chipo) == keys(ministry, "ministry", "one")
    counterparts.assign_units(membership=chipo, units=[ministry["ministry"]], by=None)
    assert counterparts.looked_after_by(chipo.person) == keys(
        ministry, "ministry", "north", "south", "one", "two"
    )


def test_a_unit_that_moved_away_an_ended_role_and_a_foreign_unit_give_nothing(
    ministry: dict[str, Institution], chipo: Membership
) -> None:
    with pytest.raises(Refused) as refused:
        counterparts.assign_units(membership=chipo, units=[ministry["alien"]], by=None)
    assert refused.value.reason == Reason.NOT_BELOW
    counterparts.assign_units(membership=chipo, units=[ministry["one"]], by=None)
    counterparts.place_under(institution=ministry["one"], parent=ministry["alien"])
    assert counterparts.units_assigned(chipo) == keys(ministry, "ministry")
    Membership.objects.filter(pk=chipo.pk).update(ends_on=dt.date(2026, 1, 1))
    assert counterparts.looked_after_by(Person.objects.get(pk=chipo.person_id)) == set()
    with pytest.raises(Refused):
        counterparts.assign_units(membership=Membership.objects.get(pk=chipo.pk), units=[], by=None)


def test_a_merged_entry_is_looked_after_with_the_one_it_counts_as(
    ministry: dict[str, Institution], chipo: Membership
) -> None:
    twin = institution("Uno, otra vez")
    row = merging.merge(duplicate=twin, into=ministry["one"], by=None)
    counterparts.assign_units(membership=chipo, units=[ministry["one"]], by=None)
    assert twin.pk in counterparts.units_assigned(chipo)
    assert ministry["ministry"].pk in counterparts.above([twin.pk])
    merging.undo(merge=row, by=None)
    assert twin.pk not in counterparts.units_assigned(chipo)


def test_a_circle_of_parents_is_refused_and_so_is_a_merged_parent(ministry: dict[str, Institution]) -> None:
    for parent in ("ministry", "one"):
        with pytest.raises(Refused) as refused:
            counterparts.place_under(institution=ministry["ministry"], parent=ministry[parent])
        assert refused.value.reason in {Reason.ITSELF, Reason.CIRCLE}
    merging.merge(duplicate=ministry["alien"], into=ministry["one"], by=None)
    ministry["alien"].refresh_from_db()
    with pytest.raises(Refused) as refused:
        counterparts.place_under(institution=ministry["south"], parent=ministry["alien"])
    assert refused.value.reason == Reason.MERGED_AWAY
