"""Who does not get on, and why: the rule alone, day by day."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest

from learning.stuck import Standing, Why, why_stuck

FIRST = dt.date(2026, 3, 1)
LESSON, QUIZ = uuid4(), uuid4()


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


@pytest.mark.parametrize(("days", "stuck"), [(0, False), (6, False), (7, True), (40, True)])
def test_a_week_to_begin(days: int, stuck: bool) -> None:
    found = why_stuck(Standing(FIRST, next=LESSON), day(days))
    assert (found is not None) == stuck
    assert found is None or (found.why, found.number) == (Why.NOT_STARTED, days)


@pytest.mark.parametrize(("days", "stuck"), [(13, False), (14, True)])
def test_two_weeks_to_go_on_from_what_was_done_last(days: int, stuck: bool) -> None:
    standing = Standing(FIRST, last_on=day(30), next=LESSON)
    found = why_stuck(standing, day(30 + days))
    assert (found is not None) == stuck
    assert found is None or (found.why, found.activity, found.since) == (Why.STOPPED, LESSON, day(30))


def test_work_brought_from_another_group_counts_from_when_this_one_began() -> None:
    standing = Standing(day(20), last_on=FIRST, next=LESSON)
    assert why_stuck(standing, day(33)) is None
    assert why_stuck(standing, day(34)) is not None


def test_what_a_facilitator_can_mend_at_once_comes_first() -> None:
    standing = Standing(FIRST, next=QUIZ, used_up=QUIZ, failed=QUIZ, missed=3)
    found = why_stuck(standing, day(90))
    assert found is not None
    assert (found.why, found.activity) == (Why.NO_ATTEMPT_LEFT, QUIZ)


def test_one_session_missed_is_no_standstill_and_two_are() -> None:
    assert why_stuck(Standing(FIRST, last_on=FIRST, missed=1), FIRST) is None
    found = why_stuck(Standing(FIRST, last_on=FIRST, missed=2), FIRST)
    assert found is not None
    assert (found.why, found.number) == (Why.MISSED_SESSIONS, 2)


def test_who_has_done_everything_waits_for_the_session() -> None:
    waits = why_stuck(Standing(FIRST, last_on=FIRST, next_session=day(9)), day(60))
    assert waits is not None
    assert (waits.why, waits.since) == (Why.WAITS_FOR_SESSION, day(9))
    assert why_stuck(Standing(FIRST, last_on=FIRST), day(60)) is None


def test_a_session_that_nobody_decided_keeps_her_waiting_whatever_is_planned() -> None:
    waits = why_stuck(Standing(FIRST, undecided=True, next_session=day(9)), day(60))
    assert waits is not None
    assert waits.why == Why.UNDECIDED_SESSION
