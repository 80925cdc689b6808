"""This room's step of the night."""

from __future__ import annotations

import datetime as dt

from certificates.services import issue_all_missing
from programme import nightly


def register() -> None:
    """Add the step: issue what an event should have issued."""
    nightly.register("certificates.issue", _issue, order=40)


def _issue(at: dt.datetime) -> str:
    return f"{issue_all_missing()} certificates issued"
