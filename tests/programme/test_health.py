"""What the site says of itself to whoever watches it."""

import datetime as dt

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from programme import health
from programme.models import Pulse

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_order():
    Pulse.objects.create(name=Pulse.TIMER, beat_at=timezone.now())


def ask(client):
    return client.get(reverse("programme:healthz"))


def test_a_site_in_order_says_so(client, in_order):
    answer = ask(client)
    assert answer.status_code == 200
    parts = answer.json()["parts"]
    assert {name: parts[name]["state"] for name in ("database", "tasks", "timer", "storage")} == {
        "database": "ok",
        "tasks": "ok",
        "timer": "ok",
        "storage": "ok",
    }


def test_a_timer_that_stopped_is_late_and_pages_are_served_all_the_same(client):
    Pulse.objects.create(name=Pulse.TIMER, beat_at=timezone.now() - dt.timedelta(hours=1))
    answer = ask(client)
    assert answer.status_code == 200
    assert answer.json()["state"] == "late"
    assert answer.json()["parts"]["timer"]["state"] == "late"


def test_a_timer_that_never_ran_is_late(client):
    assert ask(client).json()["parts"]["timer"] == {"state": "late", "seconds_ago": None}


def test_without_its_database_the_site_is_down_and_tells_no_secret(client, monkeypatch):
    def away():
        raise DatabaseError("password=secreto host=10.0.0.1")

    monkeypatch.setattr(health, "database", away)
    answer = ask(client)
    assert answer.status_code == 503
    assert answer.json()["state"] == "down"
    assert "secreto" not in answer.content.decode()


def test_a_part_of_an_upper_room_is_asked_too(client, in_order, monkeypatch):
    monkeypatch.setitem(health._probes, "search", lambda: health.Part(health.State.DOWN))
    answer = ask(client)
    assert answer.status_code == 200
    assert answer.json()["parts"]["search"] == {"state": "down"}
    assert answer.json()["state"] == "late"


def test_a_task_that_nobody_takes_is_late(settings, django_assert_num_queries):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    from django_tasks_db.models import DBTaskResult, get_date_max

    task = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        priority=0,
        task_path="programme.nightly.run",
        queue_name="default",
        backend_name="default",
        run_after=get_date_max(),
        exception_class_path="",
        traceback="",
    )
    assert health.tasks().state == health.State.OK
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=timezone.now() - dt.timedelta(minutes=6))
    late = health.tasks()
    assert late.state == health.State.LATE
    assert late.figures["waiting"] == 1
    assert late.figures["oldest_seconds"] >= 360


def test_a_task_planned_for_tomorrow_is_not_late(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        priority=0,
        task_path="programme.nightly.run",
        queue_name="default",
        backend_name="default",
        run_after=timezone.now() + dt.timedelta(days=1),
        exception_class_path="",
        traceback="",
    )
    assert health.tasks().figures["waiting"] == 0


def test_a_folder_that_cannot_be_written_is_down(monkeypatch):
    monkeypatch.setattr(health, "_writable", lambda folder: False)
    assert health.storage().state == health.State.DOWN


def test_nobody_is_named_and_nothing_is_kept_by_caches(client, in_order):
    answer = ask(client)
    assert "no-cache" in answer["Cache-Control"]
    assert set(answer.json()) == {"state", "version", "parts"}


@pytest.mark.parametrize(
    ("megabytes", "state"), [(5_000, health.State.OK), (60, health.State.LATE), (0, health.State.DOWN)]
)
def test_a_disk_that_fills_up_is_told_before_it_is_full(monkeypatch, megabytes, state):
    class Usage:
        free = megabytes * 2**20

    monkeypatch.setattr(health.shutil, "disk_usage", lambda folder: Usage)
    part = health.disk()
    assert part.state == state
    assert part.figures == {"free_mb": megabytes}


def test_a_cache_that_is_away_is_told_and_pages_are_served_all_the_same(client, in_order, settings):
    from lms.settings.caches import redis_caches

    settings.CACHES = {**settings.CACHES, "shared": redis_caches("redis://127.0.0.1:1/0")["shared"]}
    answer = ask(client)
    assert answer.status_code == 200
    assert answer.json()["parts"]["cache"] == {"state": "down"}
    assert answer.json()["state"] == "late"
