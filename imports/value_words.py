"""The words for what is wrong with a cell: why, and what to do about it."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Trouble(StrEnum):
    """Why a cell is not taken as it stands."""

    FORMULA = "formula"
    FAILED = "failed"
    DIRECTION = "direction"
    TOO_LONG = "too_long"
    NO_NAME = "no_name"
    LETTERS = "letters"
    EMAIL = "email"
    SEVERAL_EMAILS = "several_emails"
    PHONE = "phone"
    SEX = "sex"
    TICK = "tick"
    TICKS = "ticks"
    BIRTH = "birth"
    AGE = "age"
    AGE_BAND = "age_band"
    UNDER_AGE = "under_age"
    NO_CONSENT = "no_consent"
    UNCLEAR_ANSWER = "unclear_answer"
    DAY = "day"
    WHICH_DAY = "which_day"
    NUMBER = "number"
    SCORE = "score"
    SHARE = "share"
    TEN = "ten"
    HOURS = "hours"
    MINUTES = "minutes"
    MARK = "mark"
    UNKNOWN_MARK = "unknown_mark"
    CROSS = "cross"
    LETTER_A = "letter_a"
    RESULT = "result"
    POSITION = "position"
    TOO_MANY_CELLS = "too_many_cells"


REASONS = {
    Trouble.FORMULA: _("A formula stands here, and no value."),
    Trouble.FAILED: _("A calculation of the sheet failed here."),
    Trouble.DIRECTION: _("Hidden signs turn this text around."),
    Trouble.TOO_LONG: _("This is too long."),
    Trouble.NO_NAME: _("This is no name of a person."),
    Trouble.LETTERS: _("Letters of this name are broken."),
    Trouble.EMAIL: _("This is no e-mail address."),
    Trouble.SEVERAL_EMAILS: _("Two e-mail addresses stand in one cell."),
    Trouble.PHONE: _("This is no telephone number."),
    Trouble.SEX: _("This may mean two things, or none."),
    Trouble.TICK: _("This is no tick."),
    Trouble.TICKS: _("Both columns of the sex are ticked."),
    Trouble.BIRTH: _("Nobody who is trained was born in such a year."),
    Trouble.AGE: _("This is no age."),
    Trouble.AGE_BAND: _("Somebody younger than 18 may be marked so."),
    Trouble.UNDER_AGE: _("Whoever is younger than 18 is not registered here."),
    Trouble.NO_CONSENT: _("She did not agree to be registered."),
    Trouble.UNCLEAR_ANSWER: _("This says neither yes nor no."),
    Trouble.DAY: _("This is no day of the calendar."),
    Trouble.WHICH_DAY: _("This may be two days, by whether the day or the month comes first."),
    Trouble.NUMBER: _("This is no number."),
    Trouble.SCORE: _("A mark lies between 0 and 100."),
    Trouble.SHARE: _("This may be a share of 1 or a mark of 100."),
    Trouble.TEN: _("All marks of this sheet are 10 or less: they may be out of 10, or out of 100."),
    Trouble.HOURS: _("Hours lie between 0 and 2,000."),
    Trouble.MINUTES: _("Minutes of one day lie between 0 and 1,440."),
    Trouble.MARK: _("This is no mark of attendance."),
    Trouble.UNKNOWN_MARK: _("This sign is not known."),
    Trouble.CROSS: _("Beside other signs an X may say that somebody was there, or that she was not."),
    Trouble.LETTER_A: _(
        "In this sheet an A may say that somebody was there («asistió»), or that she was not."
    ),
    Trouble.RESULT: _("This says neither that she passed nor that she did not."),
    Trouble.POSITION: _("It is not clear which kind of work this is."),
    Trouble.TOO_MANY_CELLS: _("The line has more cells than the header."),
}

REMEDIES = {
    Trouble.FORMULA: _("Copy the column and paste it as values."),
    Trouble.FAILED: _("Write what should stand there."),
    Trouble.DIRECTION: _("Type it anew."),
    Trouble.TOO_LONG: _("Shorten it."),
    Trouble.LETTERS: _("Save the file anew as an Excel sheet or as CSV in UTF-8, and bring it again."),
    Trouble.NO_NAME: _("Write the name with letters alone, or take the line out."),
    Trouble.EMAIL: _("Correct it, or leave it empty."),
    Trouble.SEVERAL_EMAILS: _("Leave one of them."),
    Trouble.PHONE: _(
        "Write digits alone, with + and the prefix where it is another country's, or leave it empty."
    ),
    Trouble.SEX: _("Say what it means in this sheet."),
    Trouble.TICK: _("Write an X in one of the columns, or leave both empty."),
    Trouble.TICKS: _("Leave one of the ticks."),
    Trouble.BIRTH: _("Write the year with four digits, or leave it empty."),
    Trouble.AGE: _("Write the age in years, or leave it empty."),
    Trouble.AGE_BAND: _("Say whether everybody of this sheet who is marked so is 18 or older."),
    Trouble.UNDER_AGE: _("Correct the age or the year of birth, or take the line out."),
    Trouble.NO_CONSENT: _("Take the line out; correct it where she did agree."),
    Trouble.UNCLEAR_ANSWER: _("Say what it means in this sheet."),
    Trouble.DAY: _("Write it as 2026-03-12."),
    Trouble.WHICH_DAY: _("Say which comes first in this sheet."),
    Trouble.NUMBER: _("Write a number, or leave it empty."),
    Trouble.SCORE: _("Write it in per cent."),
    Trouble.SHARE: _("Say which it is in this sheet."),
    Trouble.TEN: _("Say which it is in this sheet."),
    Trouble.HOURS: _("Correct the hours."),
    Trouble.MINUTES: _("Correct the minutes."),
    Trouble.MARK: _("Use P, A, A/E, T, PP with minutes, R or DE."),
    Trouble.UNKNOWN_MARK: _("Say what it means in this sheet."),
    Trouble.CROSS: _("Say which it is in this sheet."),
    Trouble.LETTER_A: _("Say which it is in this sheet."),
    Trouble.RESULT: _("Write «aprobada» or «no aprobada», or leave it empty."),
    Trouble.POSITION: _("Choose the kind of work that it is."),
    Trouble.TOO_MANY_CELLS: _("Look whether a comma of a cell divides it, and save the file as .xlsx."),
}

CHOICES = {
    "sex": {"woman": _("Woman"), "man": _("Man"), "other": _("Another identity"), "unsaid": _("Not said")},
    "days": {"dmy": _("The day comes first"), "mdy": _("The month comes first")},
    "age": {"adult": _("All of them are 18 or older"), "minor": _("Some are younger: take none of them")},
    "of_age": {"yes": _("18 or older"), "no": _("Younger than 18")},
    "consent": {"yes": _("She agreed"), "no": _("She did not agree")},
    "scale": {"ten": _("Out of 10: 8.5 is 85"), "hundred": _("Out of 100: 8.5 stays 8.5")},
    "score": {"share": _("A share: 0.85 is 85"), "percent": _("A mark of 100")},
    # «Part of it» asks for minutes, which no answer for all can say.
    "mark": {
        "present": _("Present"),
        "absent": _("Absent"),
        "excused": _("Absent, excused"),
        "late": _("Late"),
        "withdrawn": _("Withdrew"),
        "dropped": _("Dropped out"),
        "none": _("Nothing: note no mark"),
    },
    "cross": {"present": _("Was there"), "absent": _("Was not there")},
    "a": {"present": _("A: she was there («asistió»)"), "absent": _("A: she was not there («ausente»)")},
    "position": {
        "health": _("Health care"),
        "psychosocial": _("Psychology or social work"),
        "migration": _("Migration service"),
        "child_protection": _("Child protection"),
        "legal": _("Legal assistance"),
        "shelter": _("Shelter or reception centre"),
        "community": _("Community or families' group"),
        "management": _("Coordination or management"),
        "other": _("Other"),
    },
}
