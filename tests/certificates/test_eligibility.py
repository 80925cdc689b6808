"""The rules of certificates: who gets one, what it is worth on a day, when it ends. No database."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.eligibility import Facts, Reason, judge
from certificates.states import State, months_after, state_on

DAY = dt.date(2026, 3, 5)


def test_farid_completed_and_has_no_name_yet() -> None:
    assert judge(Facts(annulled=False, missing_details=["certificate_name"], minutes=265)) == (
        Reason.DETAILS_MISSING,
    )


def test_amina_lacks_nothing() -> None:
    assert judge(Facts(annulled=False, missing_details=[], minutes=265)) == ()


def test_a_completion_worth_nothing_certifies_nothing() -> None:
    assert judge(Facts(annulled=False, missing_details=[], minutes=0)) == (Reason.NOTHING_CREDITED,)


def test_the_most_final_reason_comes_first() -> None:
    reasons = judge(Facts(annulled=True, missing_details=["sex"], minutes=0))
    assert reasons == (Reason.ANNULLED, Reason.NOTHING_CREDITED, Reason.DETAILS_MISSING)


@given(annulled=st.booleans(), missing=st.lists(st.just("sex"), max_size=2), minutes=st.integers(0, 900))
def test_telling_more_details_never_takes_a_certificate_away(
    annulled: bool, missing: list[str], minutes: int
) -> None:
    before = judge(Facts(annulled, missing, minutes))
    after = judge(Facts(annulled, missing[1:], minutes))
    assert set(after) <= set(before)


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_words(reason: Reason) -> None:
    from certificates.words import REASONS

    assert str(REASONS[reason])


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_words_and_a_tone(state: State) -> None:
    from certificates.states import TONES
    from certificates.words import EXPLANATIONS, STATES

    assert str(STATES[state])
    assert str(EXPLANATIONS[state])
    assert state in TONES


def test_the_last_day_still_counts() -> None:
    until = dt.date(2028, 3, 5)
    assert state_on(until, valid_until=until, revoked=False, replaced=False) == State.VALID
    assert (
        state_on(until + dt.timedelta(1), valid_until=until, revoked=False, replaced=False) == State.EXPIRED
    )


def test_without_a_term_it_does_not_expire() -> None:
    assert state_on(dt.date(2099, 1, 1), valid_until=None, revoked=False, replaced=False) == State.VALID


@given(day=st.dates(), until=st.none() | st.dates(), replaced=st.booleans())
def test_revoked_is_revoked_whatever_else_holds(day: dt.date, until: dt.date | None, replaced: bool) -> None:
    assert state_on(day, valid_until=until, revoked=True, replaced=replaced) == State.REVOKED
    if replaced:
        assert state_on(day, valid_until=until, revoked=False, replaced=True) == State.REPLACED


@given(day=st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), months=st.integers(0, 240))
def test_so_many_months_later_is_the_same_day_or_the_end_of_that_month(day: dt.date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + dt.timedelta(1)).day == 1)


def test_a_leap_day_ends_on_the_last_of_february() -> None:
    assert months_after(dt.date(2024, 2, 29), 12) == dt.date(2025, 2, 28)
