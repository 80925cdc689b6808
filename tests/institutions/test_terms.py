"""In which state is an agreement, and does the database say the same as the rule?"""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from institutions import agreements
from institutions.models import Agreement
from institutions.terms import (
    Added,
    State,
    Terms,
    Wrong,
    due_reminder,
    end_of,
    state_of,
    wrong_addendum,
    wrong_dates,
    wrong_parties,
    wrong_renewal,
)
from tests.factories.learning import institution
from tests.institutions.agreed import addendum, agreement, day

TODAY = dt.date(2026, 11, 22)


def on(days):
    return TODAY + dt.timedelta(days=days)


def terms(**changes):
    return Terms(**{"signed_on": on(-400), "starts_on": on(-390), "end": on(400), **changes})


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"signed_on": None}, State.DRAFT),
        ({}, State.IN_FORCE),
        ({"end": None}, State.IN_FORCE),
        ({"starts_on": on(1)}, State.UPCOMING),
        ({"end": on(181)}, State.IN_FORCE),
        ({"end": on(180)}, State.RENEWING),
        ({"end": on(0)}, State.RENEWING),
        ({"end": on(-1)}, State.EXPIRED),
        ({"renewal_prepared": True}, State.RENEWING),
        ({"end": on(-1), "renewal_prepared": True}, State.EXPIRED),
        ({"end": on(30), "renewal_starts_on": on(31)}, State.IN_FORCE),
        ({"end": on(30), "renewal_starts_on": on(0)}, State.RENEWED),
        ({"end": on(-1), "renewal_starts_on": on(-1)}, State.RENEWED),
        ({"ended_on": on(0)}, State.IN_FORCE),
        ({"ended_on": on(-1)}, State.ENDED),
    ],
)
def test_the_state_follows_from_dates_and_renewal(changes, state):
    assert state_of(terms(**changes), TODAY) == state


def test_the_newest_addendum_that_names_an_end_decides():
    early, late, silent = Added(on(-50), on(500)), Added(on(-10), on(300)), Added(on(-1))
    assert end_of(on(100), [late, silent, early]) == on(300)
    assert end_of(on(100), [silent]) == on(100)
    assert end_of(None, []) is None


@pytest.mark.parametrize(
    ("left", "due"), [(181, None), (180, 180), (91, 180), (90, 90), (31, 90), (30, 30), (0, 30), (-1, None)]
)
def test_only_the_nearest_reminder_is_due(left, due):
    assert due_reminder(on(left), TODAY) == due
    assert due_reminder(None, TODAY) is None


def test_dates_that_do_not_go_together_are_named():
    def wrong(**dates):
        blank = dict.fromkeys(("signed_on", "starts_on", "ends_on", "ended_on"))
        return wrong_dates(**{**blank, **dates}, today=TODAY)

    assert wrong(starts_on=on(0), ends_on=on(-1)) == [Wrong.ENDS_BEFORE_IT_BEGINS]
    assert wrong(starts_on=on(0), ends_on=on(0)) == []
    assert wrong(signed_on=on(-1)) == [Wrong.SIGNED_WITHOUT_START]
    assert wrong(signed_on=on(1), starts_on=on(5)) == [Wrong.SIGNED_IN_THE_FUTURE]
    assert wrong(starts_on=on(0), ended_on=on(5)) == [Wrong.ENDED_UNSIGNED]
    assert wrong(signed_on=on(-9), starts_on=on(0), ended_on=on(-1)) == [Wrong.ENDED_BEFORE_IT_BEGAN]


def test_an_addendum_follows_a_signature():
    dates = {"signed_on": on(-10), "starts_on": on(-5)}
    assert wrong_addendum(Added(on(-11)), **dates) == [Wrong.ADDENDUM_BEFORE_SIGNATURE]
    assert wrong_addendum(Added(on(-9), on(-6)), **dates) == [Wrong.ADDENDUM_ENDS_TOO_EARLY]
    assert wrong_addendum(Added(on(-9)), signed_on=None, starts_on=None) == [Wrong.ADDENDUM_TO_A_DRAFT]
    assert wrong_addendum(Added(on(-9), on(90)), **dates) == []


def test_somebody_is_party_once_and_somebody_signs():
    assert wrong_parties([]) == [Wrong.NO_PARTIES]
    assert wrong_parties([(1, True), (1, False)]) == [Wrong.PARTY_TWICE]
    assert wrong_parties([(1, False)]) == [Wrong.NOBODY_SIGNS]
    assert wrong_parties([(1, True), (2, False)]) == []


def test_a_renewal_is_of_another_signed_and_earlier_one():
    def wrong(**changes):
        given = {
            "me": 5,
            "former": [3, 2],
            "former_signed": True,
            "former_starts_on": on(-9),
            "starts_on": on(9),
        }
        return wrong_renewal(**{**given, **changes})

    assert wrong() is None
    assert wrong(me=None) is None
    assert wrong(me=3) == Wrong.RENEWS_ITSELF
    assert wrong(me=2) == Wrong.RENEWS_IN_A_CIRCLE
    assert wrong(former_signed=False) == Wrong.RENEWS_A_DRAFT
    assert wrong(starts_on=on(-9)) == Wrong.RENEWS_BEFORE_IT_BEGAN


class TheDatabaseSaysTheSame(TestCase):
    @settings(max_examples=50, deadline=None)
    @given(
        signed=some.booleans(),
        starts=some.integers(-400, 60),
        lasts=some.one_of(some.none(), some.integers(0, 500)),
        ended=some.one_of(some.none(), some.integers(-60, 60)),
        prolonged=some.one_of(some.none(), some.integers(-30, 400)),
        renewal=some.sampled_from([None, "draft", "signed"]),
        renewal_starts=some.integers(1, 500),
    )
    def test_for_any_dates(self, signed, starts, lasts, ended, prolonged, renewal, renewal_starts):
        one = agreement(
            starts=starts,
            ends=None if lasts is None else starts + lasts,
            **({} if signed else {"signed_on": None}),
            **({"ended_on": day(ended)} if signed and ended is not None else {}),
        )
        if signed and prolonged is not None:
            addendum(one, new_end=prolonged)
            addendum(one, signed=-1)
        if renewal:
            fields = {} if renewal == "signed" else {"signed_on": None}
            agreement(starts=starts + renewal_starts, renews=one, **fields)
        row = Agreement.objects.with_terms(day(0)).get(pk=one.pk)
        assert State(row.state) == agreements.state(one)
        assert row.end == agreements.terms_of(one).end


def test_a_hospital_is_bound_by_what_its_ministry_signed_and_not_the_other_way(db):
    ministry = institution("Secretaría")
    hospital = institution("Hospital", parent=ministry)
    other = institution("Otra")
    signed = agreement(ministry, starts=-10, ends=400)
    own = agreement(hospital, starts=-10)
    agreement(hospital, starts=-900, ends=-1)
    agreement(other)
    assert set(agreements.in_force(hospital)) == {signed, own}
    assert list(agreements.in_force(ministry)) == [signed]
    assert not agreements.in_force(ministry, day(401)).exists()
