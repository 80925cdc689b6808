"""Words how a group gets on: what stands in a cell, and why somebody does not get on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.stuck import Stuck, Why

if TYPE_CHECKING:
    import datetime as dt


def say_stuck(stuck: Stuck, title: str) -> str:
    """Return why somebody does not get on, for who facilitates; `title`: of the activity that it is about."""
    return _SAID[stuck.why](stuck, title)


def _day(day: dt.date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def _not_started(stuck: Stuck, _title: str) -> str:
    words = ngettext("Has not started: %(n)s day by now", "Has not started: %(n)s days by now", stuck.number)
    return words % {"n": stuck.number}


def _missed(stuck: Stuck, _title: str) -> str:
    words = ngettext("Missed the last session", "Missed the last %(n)s sessions", stuck.number)
    return words % {"n": stuck.number}


_SAID: dict[Why, Callable[[Stuck, str], str]] = {
    Why.NO_ATTEMPT_LEFT: lambda stuck, title: _("No attempt is left at «%(title)s»") % {"title": title},
    Why.FAILED_TWICE: lambda stuck, title: (
        _("Tried «%(title)s» twice or more and has not passed") % {"title": title}
    ),
    Why.MISSED_SESSIONS: _missed,
    Why.NOT_STARTED: _not_started,
    Why.STOPPED: lambda stuck, title: (
        _("Stopped before «%(title)s» since %(day)s") % {"title": title, "day": _day(stuck.since)}
    ),
    Why.UNDECIDED_SESSION: lambda stuck, title: _("Waits until you say whether a session took place"),
    Why.WAITS_FOR_SESSION: lambda stuck, title: (
        _("Waits for the session of %(day)s") % {"day": _day(stuck.since)}
    ),
}


def done_word() -> str:
    """Return the word for what was done."""
    return _("done")


def ahead_word() -> str:
    """Return the word for what is not done yet."""
    return _("not yet")


def not_hers_word() -> str:
    """Return the word for what is not asked of her."""
    return _("not for her")


def tried_words(number: int) -> str:
    """Return the words for a quiz that was tried and not passed."""
    return ngettext("tried once, not passed", "tried %(n)s times, not passed", number) % {"n": number}
