"""What the nightly run does for this room: it reaches from state what the events should have reached."""

from __future__ import annotations

import datetime as dt

from courses import teams, versions
from courses.carrying import carry_all
from courses.models import Course
from programme import nightly


def register() -> None:
    """Take a place in the nightly run, before learners follow."""
    nightly.register("courses.teams", _teams, order=15)
    nightly.register("courses.scopes", _scopes, order=16)
    nightly.register("courses.propose", _propose, order=20)


def _teams(at: dt.datetime) -> str:
    return f"{teams.ensure_all()} courses have their team"


def _scopes(at: dt.datetime) -> str:
    return f"{carry_all()} translations are read by whom their source is for"


def _propose(at: dt.datetime) -> str:
    looked = 0
    for course in Course.objects.filter(retired_at__isnull=True).iterator():
        versions.propose(course=course, at=at)
        looked += 1
    return f"{looked} courses compared with their pages"
