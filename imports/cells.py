"""Keeps the cells of a line as JSON and gives them back as they were read: a date stays a date."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

AT_MOST = 2_000


def packed(value: Any) -> Any:
    """Return a cell as JSON takes it; texts are cut, so that no cell of a megabyte is kept."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return value[:AT_MOST].replace("\x00", "")
    if isinstance(value, float | Decimal):
        return {"number": str(value)}
    if isinstance(value, dt.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    if isinstance(value, dt.time):
        return {"time": value.isoformat()}
    if isinstance(value, dt.timedelta):
        return str(value)
    return {
        "formula": str(getattr(value, "text", value))[:AT_MOST],
        "value": packed(getattr(value, "value", None)),
    }


def unpacked(kept: Any) -> Any:
    """Return the cell as it was read."""
    if not isinstance(kept, dict):
        return kept
    if "number" in kept:
        number = float(kept["number"])
        return int(number) if number.is_integer() and "." not in kept["number"] else number
    if "moment" in kept:
        return dt.datetime.fromisoformat(kept["moment"])
    if "date" in kept:
        return dt.date.fromisoformat(kept["date"])
    if "time" in kept:
        return dt.time.fromisoformat(kept["time"])
    from imports.reading import Formula

    return Formula(kept["formula"], unpacked(kept.get("value")))


def shown(kept: Any) -> str:
    """Return a cell as text, for a report or a file."""
    value = unpacked(kept)
    if isinstance(kept, dict) and "formula" in kept:
        # One that was never calculated is shown as it stands in the sheet: there it is looked for.
        value = kept["formula"] if kept.get("value") is None else unpacked(kept["value"])
    return "" if value is None else str(value)
