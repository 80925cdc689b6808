"""Columns of staff lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from wagtail.admin.ui.tables import Column


def day_column(name: str, *, label: Any) -> Column:
    """Return a column of dates as such: Wagtail's own counts time gone by and calls every day to come «just now»."""
    return Column(name, label=label, accessor=_day(name), sort_key=name)


def _day(name: str) -> Callable[[Any], str]:
    def say(row: Any) -> str:
        value = getattr(row, name)
        return date_format(value, "SHORT_DATE_FORMAT") if value else ""

    return say
