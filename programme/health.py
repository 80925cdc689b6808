"""Keeps how each part of the site is: a word and a figure each, no person's data and no secret."""

import datetime as dt
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.files.storage import FileSystemStorage, storages
from django.db import connection
from django.db.models import Case, Count, F, Min, When
from django.utils import timezone

from programme.models import Pulse

TASK_LATE = dt.timedelta(minutes=5)
TIMER_LATE = dt.timedelta(minutes=15)
DISK_LATE_MB, DISK_FULL_MB = 100, 5


class State(StrEnum):
    """How a part is."""

    OK = "ok"
    LATE = "late"
    DOWN = "down"


@dataclass(frozen=True)
class Part:
    """One part: its state, and figures that say why."""

    state: State
    figures: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the part as the health page prints it."""
        return {"state": str(self.state), **self.figures}


@dataclass(frozen=True)
class Health:
    """All parts. Pages are served as long as the database answers; the rest can be late."""

    parts: dict[str, Part]
    version: str

    @property
    def serves(self) -> bool:
        """Say whether the site can serve pages."""
        return self.parts["database"].state == State.OK

    @property
    def state(self) -> State:
        """Return `down` when no page can be served, `late` when any part is not in order."""
        if not self.serves:
            return State.DOWN
        return State.OK if all(part.state == State.OK for part in self.parts.values()) else State.LATE

    def as_json(self) -> dict[str, Any]:
        """Return everything as the health page prints it."""
        return {
            "state": str(self.state),
            "version": self.version,
            "parts": {name: part.as_json() for name, part in self.parts.items()},
        }


Probe = Callable[[], Part]
_probes: dict[str, Probe] = {}


def register(name: str, probe: Probe) -> None:
    """Add a part that an upper room keeps, such as the search; called once, when that room is ready."""
    _probes[name] = probe


def health() -> Health:
    """Ask every part. One that fails is down; the others still answer."""
    probes = {
        "database": database,
        "cache": cache,
        "tasks": tasks,
        "timer": timer,
        "storage": storage,
        "disk": disk,
        **_probes,
    }
    return Health(
        parts={name: _ask(probe) for name, probe in probes.items()},
        version=getattr(settings, "SENDA_VERSION", "0"),
    )


def _ask(probe: Probe) -> Part:
    try:
        return probe()
    except Exception:
        # The words of an error can hold a password or a path: this page says only that the part failed.
        return Part(State.DOWN)


def database() -> Part:
    """Ask the database for one row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return Part(State.OK, {"engine": connection.vendor})


def tasks() -> Part:
    """Ask how long the oldest task that may run has been waiting for a worker."""
    if "django_tasks_db" not in settings.TASKS["default"]["BACKEND"]:
        return Part(State.OK, {"waiting": 0})
    from django_tasks_db.models import DBTaskResult, get_date_max

    since = Case(When(run_after=get_date_max(), then=F("enqueued_at")), default=F("run_after"))
    waiting = DBTaskResult.objects.ready().order_by().annotate(since=since)
    figures = waiting.aggregate(waiting=Count("pk"), oldest=Min("since"))
    age = timezone.now() - figures["oldest"] if figures["oldest"] else dt.timedelta()
    return Part(
        State.LATE if age > TASK_LATE else State.OK,
        {"waiting": figures["waiting"], "oldest_seconds": int(age.total_seconds())},
    )


def timer() -> Part:
    """Ask when the timer was last alive; a site that has just been set up has not had one yet."""
    beat = Pulse.objects.filter(name=Pulse.TIMER).values_list("beat_at", flat=True).first()
    if beat is None:
        return Part(State.LATE, {"seconds_ago": None})
    age = timezone.now() - beat
    return Part(State.LATE if age > TIMER_LATE else State.OK, {"seconds_ago": int(age.total_seconds())})


def cache() -> Part:
    """Ask whether guesses can be counted; while they cannot, nobody signs in."""
    caches["shared"].get("senda.health")
    return Part(State.OK)


def disk() -> Part:
    """Ask how much room there is for the site's files: late below a tenth of a gigabyte, down when there is none."""
    free = shutil.disk_usage(_there(Path(settings.VAR_DIR))).free // 2**20
    state = State.DOWN if free < DISK_FULL_MB else State.LATE if free < DISK_LATE_MB else State.OK
    return Part(state, {"free_mb": free})


def storage() -> Part:
    """Ask whether the places of people's files are there and, on this machine, can be written."""
    for alias in ("default", "private"):
        place = storages[alias]
        if isinstance(place, FileSystemStorage):
            if not _writable(Path(place.location)):
                return Part(State.DOWN)
        else:
            place.exists("health")
    return Part(State.OK)


def _writable(folder: Path) -> bool:
    return os.access(_there(folder), os.W_OK)


def _there(folder: Path) -> Path:
    # A folder is made with the first file in it: until then the nearest one above must let us make it.
    while not folder.exists():
        folder = folder.parent
    return folder
