"""The rules of names in time, successors and chains, as a table and as properties."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.lineage import (
    Period,
    Reason,
    ends_of,
    has_circle,
    leads_to,
    name_on,
    seen_through,
    why_not_add,
    why_not_succeed,
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


TODAY = day("2026-11-22")
CONNA = Period(day("2011-01-01"), day("2022-12-31"), "CONNA")


@pytest.mark.parametrize(
    ("starts", "ends", "reason"),
    [
        ("2000-01-01", "2010-12-31", None),
        ("2000-01-01", "2011-01-01", Reason.OVERLAP),
        ("2015-01-01", "2016-01-01", Reason.OVERLAP),
        ("2022-12-31", "2024-01-01", Reason.OVERLAP),
        ("2023-01-01", "2024-01-01", None),
        (None, "2010-12-31", None),
        (None, "2024-01-01", Reason.OVERLAP),
        ("2024-02-01", "2024-01-01", Reason.ENDS_BEFORE_IT_BEGINS),
        ("2024-01-01", "2024-01-01", None),
        ("2024-01-01", "2026-11-22", Reason.NOT_BEFORE_THE_PRESENT),
        ("2024-01-01", "2026-11-21", None),
    ],
)
def test_an_institution_has_one_name_a_day(starts: str | None, ends: str, reason: Reason | None) -> None:
    period = Period(day(starts) if starts else None, day(ends))
    assert why_not_add(period, [CONNA], today=TODAY) == reason


@pytest.mark.parametrize(
    ("on", "name"),
    [
        ("2009-01-01", "CONNA"),
        ("2022-12-31", "CONNA"),
        ("2023-01-01", "CONAPINA"),
        ("2026-01-01", "CONAPINA"),
    ],
)
def test_the_name_on_a_day_is_the_first_that_had_not_ended(on: str, name: str) -> None:
    assert name_on(day(on), [CONNA], "CONAPINA") == name


def test_a_gap_between_two_names_belongs_to_the_later() -> None:
    later = Period(day("2024-01-01"), day("2024-12-31"), "Junta")
    assert name_on(day("2023-06-01"), [later, CONNA], "CONAPINA") == "Junta"


@pytest.mark.parametrize(
    ("began", "ends", "successor_began", "successor_ended", "reason"),
    [
        ("2014-01-01", "2023-09-30", "2023-10-01", None, None),
        (None, "2023-09-30", None, None, None),
        ("2014-01-01", "2023-09-30", "2014-01-01", None, None),
        ("2014-01-01", "2023-09-30", "2013-12-31", None, Reason.OLDER_SUCCESSOR),
        (None, "2023-09-30", None, "2023-09-30", Reason.SUCCESSOR_ENDED),
        (None, "2023-09-30", None, "2023-10-01", None),
        ("2024-01-01", "2023-09-30", None, None, Reason.ENDS_BEFORE_IT_BEGINS),
        ("2014-01-01", "2026-11-23", None, None, Reason.IN_THE_FUTURE),
    ],
)
def test_no_successor_comes_before_its_predecessor(
    began: str | None,
    ends: str,
    successor_began: str | None,
    successor_ended: str | None,
    reason: Reason | None,
) -> None:
    said = why_not_succeed(
        began=day(began) if began else None,
        ends_on=day(ends),
        successor_began=day(successor_began) if successor_began else None,
        successor_ended=day(successor_ended) if successor_ended else None,
        today=TODAY,
    )
    assert said == reason


def test_a_chain_is_followed_to_its_end_and_a_circle_ends_the_walk() -> None:
    assert ends_of({1: 2, 2: 3}) == {1: 3, 2: 3}
    assert leads_to(1, 3, {1: 2, 2: 3})
    assert not leads_to(3, 1, {1: 2, 2: 3})
    assert not leads_to(1, 9, {1: 2, 2: 1})
    assert ends_of({1: 2, 2: 1}) == {1: 2, 2: 1}


def test_a_merged_ones_own_parent_no_longer_speaks() -> None:
    parents = {1: None, 2: 1, 3: 2, 4: 3}
    assert seen_through(parents, {3: 1}) == {1: None, 2: 1, 4: 1}


links = st.dictionaries(st.integers(0, 6), st.one_of(st.none(), st.integers(0, 6)))


@given(links)
def test_a_circle_is_found_exactly_when_somebody_stands_above_herself(said: dict[int, int | None]) -> None:
    assert has_circle(said) == any(leads_to(said[one], one, said) for one in said)


dates = st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1))


@given(st.lists(st.tuples(st.one_of(st.none(), dates), dates), max_size=8))
def test_names_added_one_by_one_never_share_a_day(said: list[tuple[dt.date | None, dt.date]]) -> None:
    kept: list[Period] = []
    for number, (starts, ends) in enumerate(said):
        period = Period(starts, ends, str(number))
        if why_not_add(period, kept, today=TODAY) is None:
            kept.append(period)
    for one in kept:
        assert one.ends_on < TODAY
        assert name_on(one.ends_on, kept, "present") == one.name
        held = [other for other in kept if other.begins <= one.ends_on <= other.ends_on]
        assert held == [one]
