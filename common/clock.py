"""The one place that is asked for the time and for a person's local date."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> dt.datetime:
    """Return the current moment, aware, in UTC."""
    return timezone.now()


def local_date(moment: dt.datetime, time_zone: str) -> dt.date:
    """Return the calendar date of `moment` (aware) where `time_zone` (an IANA name) is in force."""
    return moment.astimezone(ZoneInfo(time_zone)).date()
