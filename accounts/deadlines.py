"""Answers until when a request under the privacy laws must be answered. Pure.

One month (GDPR art. 12.3), or 20 working days where that is sooner and the law counts so: El Salvador (Decreto 144)
and Mexico (LFPDPPP). Working days are Monday to Friday: holidays differ by country and year, and leaving them in
only makes the date earlier than the law's. An example: asked on Monday 2 November 2026, 20 working days end on
Monday 30 November, a month on 2 December; a person in Mexico is answered by 30 November.
"""

import calendar
import datetime as dt

WORKING_DAYS = {"MX": 20, "SV": 20}
SATURDAY = 5


def due(*, asked_on: dt.date, country: str) -> dt.date:
    """Return the last day for the answer."""
    month = month_after(asked_on)
    days = WORKING_DAYS.get(country)
    return min(month, working_days_after(asked_on, days)) if days else month


def month_after(day: dt.date) -> dt.date:
    """Return the same day of the next month, or that month's last."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def working_days_after(day: dt.date, count: int) -> dt.date:
    """Return the day that is so many working days later."""
    while count:
        day += dt.timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day
