"""This room's steps of the night: reach from state what events should have reached, and keep its promises."""

from __future__ import annotations

import datetime as dt

from learning.following import catch_up
from learning.notebook import forget_old_notes
from learning.snapshot import fill_all_blanks
from programme import nightly


def register() -> None:
    """Add the steps."""
    nightly.register("learning.follow", _follow, order=30)
    nightly.register("learning.blanks", _fill, order=35)
    nightly.register("learning.notebook", _forget, order=80)


def _follow(at: dt.datetime) -> str:
    return f"{catch_up()} enrolments looked at"


def _fill(at: dt.datetime) -> str:
    return f"{fill_all_blanks()} blanks of enrolments filled"


def _forget(at: dt.datetime) -> str:
    return f"{forget_old_notes(at=at)} notes older than twelve months deleted"
