"""The words for a file: why it cannot be read, what is no line, what a column is, what a line makes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from imports.disputes import say_mark
from imports.headers import Field
from imports.layout import LeftOut, Why
from imports.reading import Unreadable

if TYPE_CHECKING:
    from learning.models import Session

FIELD_WORDS = {
    Field.NAME: gettext_lazy("Whole name"),
    Field.GIVEN: gettext_lazy("Given names"),
    Field.FAMILY: gettext_lazy("Family names"),
    Field.FAMILY2: gettext_lazy("Second family name"),
    Field.CODE: gettext_lazy("Personal code"),
    Field.EMAIL: gettext_lazy("E-mail"),
    Field.PHONE: gettext_lazy("Telephone"),
    Field.SEX: gettext_lazy("Sex or gender"),
    Field.TICKED_SEX: gettext_lazy("A tick says the sex: the header is what it says"),
    Field.BIRTH: gettext_lazy("Year or day of birth (the year is kept)"),
    Field.AGE: gettext_lazy("Age, or band of ages (the band is kept)"),
    Field.SEX_AGE: gettext_lazy("Sex and age in one cell, as «F/34»"),
    Field.OF_AGE: gettext_lazy("Whether she is 18 or older (not kept)"),
    Field.CONSENT: gettext_lazy("Whether she agreed to be registered (not kept)"),
    Field.UNDER_AGE: gettext_lazy("A tick says that she is younger than 18: not taken"),
    Field.COUNTRY: gettext_lazy("Country of work"),
    Field.INSTITUTION: gettext_lazy("Institution"),
    Field.UNIT: gettext_lazy("Unit of the institution, if it is in the list"),
    Field.POSITION: gettext_lazy("What she does"),
    Field.SESSION: gettext_lazy("Marks of a session"),
    Field.MARK: gettext_lazy("Mark of the only session"),
    Field.MINUTES: gettext_lazy("Minutes"),
    Field.TITLE: gettext_lazy("Title of the training"),
    Field.DAY: gettext_lazy("Day of the training, or of the mark in its line"),
    Field.FROM: gettext_lazy("First day"),
    Field.TO: gettext_lazy("Last day"),
    Field.HOURS: gettext_lazy("Hours"),
    Field.SCORE: gettext_lazy("Mark, 0 to 100"),
    Field.RESULT: gettext_lazy("Passed or not"),
}
NO_LINES = {
    Why.EMPTY: gettext_lazy("Empty, or a number alone"),
    Why.TOTAL: gettext_lazy("A total"),
    Why.SIGNATURE: gettext_lazy("A signature"),
    Why.NOTE: gettext_lazy("A note"),
    Why.REPEATED_HEADER: gettext_lazy("The header again"),
}
PARTS = {
    "new": gettext_lazy("a new person"),
    "fill": gettext_lazy("blanks of her profile are filled"),
    "join": gettext_lazy("her place of work is noted"),
    "enrol": gettext_lazy("enrolled in the group"),
    "past": gettext_lazy("a training of before is kept"),
}


# What may stay of a line when its import is undone (imports.undoing), with the reason.
STAYED = {
    "person": gettext_lazy(
        "The person stays: she came in, her slip was printed, or something is noted of her."
    ),
    "enrolment": gettext_lazy("The enrolment stays: it has work, or marks."),
    "marks": gettext_lazy("A mark stays: somebody put it right since, or the course is completed."),
    "membership": gettext_lazy("Her place of work stays: it was confirmed or changed since."),
    "filled": gettext_lazy("What was filled in of her stays: it was changed since."),
}


class BadMapping(Exception):
    """What was said of the columns names a column, field or day that is none."""


def say_field(name: str) -> str:
    """Return what a column says, in words."""
    return str(FIELD_WORDS[Field(name)]) if name else ""


def say_unreadable(refusal: Unreadable | BadMapping) -> dict[str, Any]:
    """Return why a file is refused, with the place and the remedy, as the report holds it."""
    if isinstance(refusal, Unreadable):
        place = {"sheet": refusal.sheet, "row": refusal.row, "column": refusal.column, "value": refusal.value}
        return {**place, "reason": refusal.reason, "remedy": refusal.remedy}
    return {
        "sheet": "",
        "row": None,
        "column": "",
        "value": str(refusal)[:100],
        "reason": _("The mapping names a column, field or day that is none."),
        "remedy": _("Look at the description of the mapping file."),
    }


def say_left_out(sheet: str, left: LeftOut) -> dict[str, Any]:
    """Return why a row was not taken as a line."""
    return {"sheet": sheet, "row": left.row, "reason": str(NO_LINES[left.why])}


def say_plan(plan: dict[str, Any], sessions: Mapping[str, str]) -> Iterator[str]:
    """Yield what a line would make, in words. `sessions`: the days of the group's sessions, by their keys."""
    for part, words in PARTS.items():
        if part == "new" and plan.get(part):
            # As it will stand on her certificate: the cells may say it in capitals, with a title, in two columns.
            yield _("a new person: %(name)s") % {"name": plan[part].get("name", "")}
        elif plan.get(part):
            yield str(words)
    by_mark: dict[str, list[str]] = {}
    for session, mark, minutes, _seen in plan.get("marks") or ():
        day = sessions.get(session) or _planned_day(session)
        by_mark.setdefault(say_mark(mark, minutes), []).append(day)
    for said, days in by_mark.items():
        yield f"{said}: {', '.join(days)}"


def say_undone(undone: Mapping[str, str]) -> Iterator[str]:
    """Yield what of a line stayed when its import was undone, and why; nothing where all of it is gone."""
    for part, words in STAYED.items():
        if undone.get(part, "gone") != "gone":
            yield str(words)


def _planned_day(said: str) -> str:
    return date_format(dt.date.fromisoformat(said.partition(":")[2]), "j b")


def days_of(sessions: Iterable[Session]) -> dict[str, str]:
    """Return the day of each session by its key; with its title where two are on one day."""
    rows = list(sessions)
    many = Counter(row.local_date for row in rows)
    return {
        str(row.key): date_format(row.local_date, "j b")
        + (f" ({row.title})" if many[row.local_date] > 1 else "")
        for row in rows
    }
