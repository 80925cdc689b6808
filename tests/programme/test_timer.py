"""The timer beside the site: what is due when, and a night that fails in one place goes on in the others."""

import datetime as dt
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from programme import nightly, timer
from programme.models import Pulse

MEXICO = ZoneInfo("America/Mexico_City")


def at(hour, minute=0, day=22):
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=MEXICO)


@pytest.fixture
def steps(monkeypatch):
    monkeypatch.setattr(nightly, "_steps", {})
    return nightly


def test_the_night_is_at_three_of_the_sites_own_clock():
    assert timer.last_night(at(3)) == at(3)
    assert timer.last_night(at(2, 59)) == at(3, day=21)


def test_a_machine_that_slept_through_the_night_does_its_work_when_it_wakes():
    assert timer.night_due(at(3, day=21), now=at(9))
    assert not timer.night_due(at(9), now=at(23))


@given(st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2030, 1, 1), timezones=st.just(dt.UTC)))
def test_a_night_done_now_is_not_due_again_within_the_same_night(now):
    assert timer.last_night(now) <= now
    assert not timer.night_due(now, now=now)
    assert timer.night_due(now, now=now + dt.timedelta(hours=25))


def test_pages_are_published_every_five_minutes():
    assert timer.publish_due(None, now=at(9))
    assert not timer.publish_due(at(9), now=at(9, 4))
    assert timer.publish_due(at(9), now=at(9, 5))


@pytest.mark.django_db
def test_a_tick_does_what_is_due_once_and_leaves_its_pulse(steps):
    ran = []
    steps.register("a", lambda moment: ran.append(moment) or "")
    assert timer.tick(now=at(9)) == timer.Tick(published=True, night=True)
    assert timer.tick(now=at(9, 1)) == timer.Tick(published=False, night=False)
    assert timer.tick(now=at(9, 6)) == timer.Tick(published=True, night=False)
    assert len(ran) == 1
    assert Pulse.objects.filter(name=Pulse.TIMER).exists()


@pytest.mark.django_db
def test_the_timer_runs_once_for_cron(steps):
    out = StringIO()
    call_command("timer", "--once", stdout=out)
    assert "published=True" in out.getvalue()


@pytest.mark.django_db
def test_steps_run_in_their_order_and_one_that_fails_stops_no_other(steps):
    ran = []

    def broken(moment):
        raise ValueError("nombre de una persona")

    steps.register("last", lambda moment: ran.append("last") or "2 rows", order=90)
    steps.register("broken", broken, order=10)
    steps.register("first", lambda moment: ran.append("first") or "", order=5)
    out = StringIO()
    with pytest.raises(CommandError, match="broken"):
        call_command("nightly", stdout=out)
    assert ran == ["first", "last"]
    assert out.getvalue().splitlines() == ["first: done", "broken: FAILED ValueError", "last: done 2 rows"]


@pytest.mark.django_db
def test_the_night_can_run_twice(steps):
    steps.register("a", lambda moment: "")
    call_command("nightly", stdout=StringIO())
    call_command("nightly", stdout=StringIO())
    assert Pulse.objects.filter(name=Pulse.NIGHTLY).count() == 1
