"""Two entries of one hospital count as one, both keep what is theirs, and undoing gives everything back."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from institutions import counterparts, merging
from institutions.lineage import Reason, Refused, ends_of
from institutions.models import Institution, InstitutionMerge, Membership
from learning import snapshot
from tests.factories.accounts import UserFactory, country
from tests.factories.learning import institution, works_at


def merge(duplicate: Institution, into: Institution) -> InstitutionMerge:
    return merging.merge(duplicate=duplicate, into=into, by=None, reason="La misma")


def refusal(call: Any, **arguments: Any) -> Reason:
    with pytest.raises(Refused) as refused:
        call(by=None, **arguments)
    return refused.value.reason


def canonical() -> dict[int, int]:
    return dict(Institution.objects.values_list("pk", "canonical_id"))


def test_nothing_is_pointed_elsewhere_and_undoing_gives_everything_back(db: Any) -> None:
    hospital, twin = institution("Hospital"), institution("Hosp.")
    amina = UserFactory().person
    works_at(amina, twin)
    before = list(Membership.objects.values_list())
    row = merge(twin, hospital)
    twin.refresh_from_db()
    assert twin.merged_into == hospital
    assert list(Institution.objects.standing()) == [hospital]
    assert list(Membership.objects.values_list()) == before
    merging.undo(merge=row, by=None, reason="Eran dos")
    twin.refresh_from_db()
    assert twin.merged_into is None
    assert list(Membership.objects.values_list()) == before


def test_an_enrolment_keeps_where_she_said_she_works_so_that_an_undo_finds_it(db: Any) -> None:
    ministry, hospital, twin = institution("Secretaría"), institution("Hospital"), institution("Hosp.")
    counterparts.place_under(institution=hospital, parent=ministry)
    amina = UserFactory().person
    works_at(amina, twin)
    merge(twin, hospital)
    said = snapshot.snapshot_of(amina)
    assert (said["at_institution"], said["at_parent"]) == (twin, None)
    assert Institution.objects.get(pk=said["at_institution"].pk).canonical == hospital
    assert counterparts.counterpart_of(twin) == ministry


def test_a_merge_with_itself_twice_abroad_or_in_a_circle_is_refused(db: Any) -> None:
    a, b, c = institution("A"), institution("B"), institution("C")
    abroad = institution("A", code="GT")
    assert refusal(merging.merge, duplicate=a, into=a) == Reason.ITSELF
    assert refusal(merging.merge, duplicate=a, into=abroad) == Reason.OTHER_COUNTRY
    row = merge(a, b)
    merge(b, c)
    assert refusal(merging.merge, duplicate=a, into=c) == Reason.MERGED_AWAY
    assert refusal(merging.merge, duplicate=c, into=a) == Reason.CIRCLE
    merging.undo(merge=row, by=None)
    assert refusal(merging.undo, merge=row) == Reason.UNDONE
    assert InstitutionMerge.objects.filter(undone_at__isnull=True).count() == 1


def test_a_chain_counts_as_its_end_and_an_undo_in_the_middle_splits_it(db: Any) -> None:
    a, b, c = institution("A"), institution("B"), institution("C")
    merge(a, b)
    middle = merge(b, c)
    assert canonical() == {a.pk: c.pk, b.pk: c.pk, c.pk: c.pk}
    merging.undo(merge=middle, by=None)
    assert canonical() == {a.pk: b.pk, b.pk: b.pk, c.pk: c.pk}


def test_what_stands_above_is_not_merged_into_its_unit(db: Any) -> None:
    ministry, hospital, ward = institution("Secretaría"), institution("Hospital"), institution("Sala")
    counterparts.place_under(institution=hospital, parent=ministry)
    counterparts.place_under(institution=ward, parent=hospital)
    assert refusal(merging.merge, duplicate=ministry, into=ward) == Reason.ONE_ABOVE_THE_OTHER
    merge(ward, ministry)
    assert counterparts.counterpart_of(ward) == ministry
    assert counterparts.units_below([ministry.pk]) == {hospital.pk}


def test_an_undo_that_would_close_a_circle_is_refused(db: Any) -> None:
    a, b, c = institution("A"), institution("B"), institution("C")
    counterparts.place_under(institution=a, parent=c)
    row = merge(a, b)
    # Said behind the service's back, as an import of rows might.
    Institution.objects.filter(pk=c.pk).update(parent=a)
    assert refusal(merging.undo, merge=row) == Reason.CIRCLE


acts = st.lists(st.tuples(st.booleans(), st.integers(0, 5), st.integers(0, 5)), max_size=14)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=acts, parent_acts=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=4))
def test_whatever_is_merged_and_undone_canonical_is_what_the_rows_in_force_say(
    db: Any, acts: list[tuple[bool, int, int]], parent_acts: list[tuple[int, int]]
) -> None:
    made = [Institution.objects.create(name=f"I{n}", type="public", country=country()) for n in range(6)]
    try:
        for child, parent in parent_acts:
            _try(counterparts.place_under, institution=made[child], parent=made[parent])
        start = list(Institution.objects.order_by("pk").values_list())
        for merges, one, other in acts:
            _act(made, merges, one, other)
            links = dict(_in_force().values_list("duplicate_id", "into_id"))
            assert {pk: top for pk, top in canonical().items() if pk != top} == ends_of(links)
            for place in made:
                counterparts.counterpart_of(place)
        for row in _in_force().order_by("-pk"):
            merging.undo(merge=row, by=None)
        assert list(Institution.objects.order_by("pk").values_list()) == start
    finally:
        InstitutionMerge.objects.all().delete()
        Institution.objects.update(parent=None, canonical=None)
        Institution.objects.all().delete()


def _in_force() -> Any:
    return InstitutionMerge.objects.filter(undone_at__isnull=True)


def _act(made: list[Institution], merges: bool, one: int, other: int) -> None:
    if merges:
        _try(merge, made[one], made[other])
    elif row := _in_force().filter(duplicate=made[one]).first():
        _try(merging.undo, merge=row, by=None)


def _try(call: Any, *arguments: Any, **named: Any) -> None:
    with suppress(Refused):
        call(*arguments, **named)
