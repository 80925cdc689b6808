"""The completion rule: what is left, why, when it was achieved, what it is worth. No database."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.manifest import BLENDED, IN_ROOM, LESSON, QUIZ, SELF_PACED, Activity, Manifest, Rule
from learning.completion import Facts, Left, Reason, RoomFacts, judge
from programme.scope import Reader

MODULE = uuid4()
THIRD, FOURTH, FIFTH = (dt.date(2026, 3, day) for day in (3, 4, 5))
RULES = (
    Rule(SELF_PACED),
    Rule(IN_ROOM, activities=False, attendance_share=80, room_minutes=360),
    Rule(BLENDED, attendance_share=80, room_minutes=120),
)


def lesson(**fields: Any) -> Activity:
    return Activity(**{"key": uuid4(), "module": MODULE, "kind": LESSON, "minutes": 15} | fields)


def quiz(**fields: Any) -> Activity:
    return lesson(kind=QUIZ, quiz=uuid4(), pass_mark=70, max_attempts=3, **fields)


def asked(*activities: Activity) -> Manifest:
    return Manifest(activities, RULES)


def judged(manifest: Manifest, done: dict[UUID, dt.date], *, modality: str = SELF_PACED, **facts: Any) -> Any:
    return judge(manifest, modality=modality, reader=Reader("MX"), facts=Facts(done=done, **facts))


def test_amina_did_both_lessons_and_came_to_the_workshop() -> None:
    """The example that the rule's own words give."""
    first, second = lesson(), lesson()
    room = RoomFacts(held_minutes=200, days=((FOURTH, 170),))
    outcome = judged(asked(first, second), {first.key: THIRD, second.key: FIFTH}, modality=BLENDED, room=room)
    assert outcome.fulfilled
    assert outcome.achieved_on == FIFTH
    assert outcome.minutes == 15 + 15 + 120


def test_what_is_left_says_why_in_the_order_of_the_course() -> None:
    one, two = lesson(), quiz()
    outcome = judged(asked(one, two), {})
    assert outcome.left == (Left(Reason.LESSON_LEFT, one.key), Left(Reason.QUIZ_LEFT, two.key))
    assert outcome.achieved_on is None
    assert not outcome.fulfilled


def test_a_lesson_of_another_country_neither_completes_nor_delays_her() -> None:
    hers, other = lesson(), lesson(countries=("GT",))
    assert judged(asked(hers, other), {hers.key: THIRD, other.key: FIFTH}).achieved_on == THIRD
    assert not judged(asked(hers, other), {other.key: FIFTH}).fulfilled


def test_an_optional_lesson_is_not_asked() -> None:
    hers, extra = lesson(), lesson(required=False)
    outcome = judged(asked(hers, extra), {hers.key: THIRD})
    assert outcome.fulfilled
    assert outcome.minutes == 15


def test_a_course_that_asks_nothing_is_completed_by_nobody() -> None:
    outcome = judged(asked(lesson(required=False)), {})
    assert outcome.left == ()
    assert not outcome.fulfilled


def test_sessions_that_were_never_held_are_not_zero_percent() -> None:
    outcome = judged(asked(lesson()), {}, modality=IN_ROOM)
    assert outcome.left == (Left(Reason.ROOM_NOT_HELD, need=80),)
    assert RoomFacts().share is None


def test_attendance_is_rounded_down() -> None:
    room = RoomFacts(held_minutes=1000, days=((THIRD, 799),))
    outcome = judged(asked(), {}, modality=IN_ROOM, room=room)
    assert outcome.left == (Left(Reason.ATTENDANCE_SHORT, have=79, need=80),)


def test_in_the_room_no_lesson_is_asked() -> None:
    room = RoomFacts(held_minutes=100, days=((FOURTH, 80),))
    outcome = judged(asked(lesson()), {}, modality=IN_ROOM, room=room)
    assert outcome.fulfilled
    assert outcome.achieved_on == FOURTH
    assert outcome.minutes == 80


def test_a_session_still_to_come_completes_nobody_ahead_of_time() -> None:
    """Amina came to the first of three days: all that was held, and a third of what is asked."""
    room = RoomFacts(held_minutes=100, planned_minutes=200, days=((THIRD, 100),))
    outcome = judged(asked(), {}, modality=IN_ROOM, room=room)
    assert outcome.left == (Left(Reason.SESSIONS_LEFT, have=100, need=80),)
    assert outcome.achieved_on is None


def test_what_is_enough_whatever_comes_is_enough_today() -> None:
    """She has 80 % of everything by the fourth; the fifth can take nothing from her, and is not her date."""
    days = ((THIRD, 100), (FOURTH, 60))
    room = RoomFacts(held_minutes=160, planned_minutes=40, days=days)
    assert judged(asked(), {}, modality=IN_ROOM, room=room).achieved_on == FOURTH
    later = RoomFacts(held_minutes=200, days=(*days, (FIFTH, 40)))
    assert judged(asked(), {}, modality=IN_ROOM, room=later).achieved_on == FOURTH


def test_nobody_attends_more_than_all() -> None:
    assert RoomFacts(held_minutes=60, days=((THIRD, 90),)).share == 100


def test_a_modality_that_the_course_does_not_offer_is_judged_at_ones_own_pace() -> None:
    one = lesson()
    manifest = Manifest((one,), (Rule(SELF_PACED),))
    assert judged(manifest, {one.key: THIRD}, modality=BLENDED).fulfilled


LESSONS = [lesson(), lesson(required=False), lesson(countries=("GT",)), quiz(), lesson(skippable=True)]
MANIFEST = asked(*LESSONS)
dates = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
done_sets = st.dictionaries(st.sampled_from([activity.key for activity in LESSONS]), dates)
rooms = st.builds(
    RoomFacts,
    held_minutes=st.integers(0, 600),
    planned_minutes=st.just(0) | st.integers(0, 600),
    days=st.lists(st.tuples(dates, st.integers(0, 300)), max_size=4).map(lambda days: tuple(sorted(days))),
)
modalities = st.sampled_from([SELF_PACED, IN_ROOM, BLENDED])


@given(done=done_sets, more=done_sets, room=rooms, modality=modalities)
def test_doing_more_never_takes_a_completion_away(done: Any, more: Any, room: Any, modality: str) -> None:
    before = judged(MANIFEST, done, modality=modality, room=room)
    after = judged(MANIFEST, {**more, **done}, modality=modality, room=room)
    assert set(after.left) <= set(before.left)
    assert after.minutes >= before.minutes
    if before.fulfilled:
        assert after.fulfilled
        assert after.achieved_on == before.achieved_on


@given(done=done_sets, room=rooms, modality=modalities, order=st.randoms())
def test_the_order_of_facts_says_nothing(done: Any, room: Any, modality: str, order: Any) -> None:
    rows = list(done.items())
    order.shuffle(rows)
    assert judged(MANIFEST, dict(rows), modality=modality, room=room) == judged(
        MANIFEST, done, modality=modality, room=room
    )


@given(done=done_sets, room=rooms, modality=modalities)
def test_a_completion_has_a_date_among_the_facts_and_nothing_left(
    done: Any, room: Any, modality: str
) -> None:
    outcome = judged(MANIFEST, done, modality=modality, room=room)
    if outcome.fulfilled:
        assert outcome.achieved_on in {*done.values(), *(day for day, _minutes in room.days)}
    assert outcome.fulfilled is (not outcome.left and outcome.achieved_on is not None)
    assert 0 <= outcome.minutes <= MANIFEST.minutes(modality=modality, reader=Reader("MX"))


@given(done=done_sets, modality=modalities, attended=st.integers(0, 300), more=st.integers(0, 300))
def test_attending_more_of_what_was_held_never_harms(
    done: Any, modality: str, attended: int, more: int
) -> None:
    held = 600
    less = judged(MANIFEST, done, modality=modality, room=RoomFacts(held, 0, ((THIRD, attended),)))
    full = judged(
        MANIFEST, done, modality=modality, room=RoomFacts(held, 0, ((THIRD, attended), (FOURTH, more)))
    )
    assert {left.reason for left in full.left} <= {left.reason for left in less.left}


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_words(reason: Reason) -> None:
    from learning.words import say_left

    assert say_left(Left(reason, have=50, need=80))
