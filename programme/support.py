"""Keeps which support lines readers see, by country, and which of them nobody has confirmed for a year."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from programme.models import Country, SupportLine


@dataclass(frozen=True)
class Line:
    """One telephone line as readers see it. Its words are the programme's own, in Spanish."""

    number: str
    display: str
    name: str
    description: str
    hours: str
    free: bool
    verified_on: dt.date
    old: bool


@dataclass(frozen=True)
class CountryLines:
    """The lines of one country.

    `checked_on` is the oldest check among those in order. `old_since` is the oldest of all where none
    is in order any more, so that one warning stands for the country.
    """

    code: str
    name: str
    checked_on: dt.date | None
    old_since: dt.date | None
    lines: tuple[Line, ...]


def year_before(day: dt.date) -> dt.date:
    """Return the same day a year earlier; the 29th of February gives the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def is_old(verified_on: dt.date, *, today: dt.date) -> bool:
    """Say whether more than twelve months went by: such a line is shown with a warning, never hidden.

    Somebody in danger is served better by a number that may have changed than by no number.
    """
    return verified_on < year_before(today)


def support_by_country(*, today: dt.date) -> tuple[CountryLines, ...]:
    """Return every confirmed line, grouped by country, in the order that editors gave."""
    rows = SupportLine.objects.confirmed().select_related("country")
    return tuple(
        _country_lines(country, tuple(_line(row, today=today) for row in group))
        for country, group in groupby(rows, key=lambda row: row.country)
    )


def _line(row: SupportLine, *, today: dt.date) -> Line:
    return Line(
        number=row.number,
        display=row.display or row.number,
        name=row.name,
        description=row.description,
        hours=row.hours,
        free=row.free,
        verified_on=row.verified_on,
        old=is_old(row.verified_on, today=today),
    )


def _country_lines(country: Country, lines: tuple[Line, ...]) -> CountryLines:
    fresh = [line.verified_on for line in lines if not line.old]
    return CountryLines(
        code=country.code,
        name=str(country),
        checked_on=min(fresh) if fresh else None,
        old_since=None if fresh else min(line.verified_on for line in lines),
        lines=lines,
    )
