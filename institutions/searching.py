"""Searches for duplicates in the background: by the worker when staff ask, and every night."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from institutions.duplicates import suggest
from programme import nightly


@task()
def search_duplicates() -> int:
    """Compute the suggestions anew; returns how many are open."""
    return suggest().suggested


def register() -> None:
    """Add the step of the night."""
    nightly.register("institutions.duplicates", _search, order=70)


def _search(at: dt.datetime) -> str:
    found = suggest(at=at)
    return f"{found.suggested} possible duplicates, {found.compared} pairs compared"
