"""Answers when things happened in the demo: days before today, so that its states stay as they are called."""

from __future__ import annotations

import datetime as dt

# Late morning in all four countries, whatever the season: no fact falls on the day before or after.
HOUR_UTC = 16


def ago(days: int, *, minutes: int = 0) -> dt.datetime:
    """Return the moment `days` (one or more) before today, `minutes` after the demo's usual hour."""
    midnight = dt.datetime.combine(dt.datetime.now(dt.UTC).date(), dt.time(HOUR_UTC), tzinfo=dt.UTC)
    return midnight - dt.timedelta(days=days) + dt.timedelta(minutes=minutes)
