"""This room's step of the night."""

from __future__ import annotations

import datetime as dt

from institutions.renewals import remind
from programme import nightly


def register() -> None:
    """Add the step: remind of agreements that end."""
    nightly.register("institutions.remind", _remind, order=60)


def _remind(at: dt.datetime) -> str:
    return f"{remind(at=at)} reminders of agreements that end"
