"""The words for what becomes of a line: why it is refused or asks something, and what to do about it."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Why(StrEnum):
    """Why a line is not taken as it stands. What a cell alone says has its own reasons (imports.values)."""

    NO_NAME = "no_name"
    NO_COUNTRY = "no_country"
    UNKNOWN_COUNTRY = "unknown_country"
    UNKNOWN_CODE = "unknown_code"
    BAD_PHONE = "bad_phone"
    TOO_LONG = "too_long"
    SEVERAL_KEYS = "several_keys"
    OTHER_NAME = "other_name"
    MAYBE_ONE = "maybe_one"
    TWICE = "twice"
    PLACE = "place"
    DIFFERS = "differs"
    WORKS_ELSEWHERE = "works_elsewhere"
    NOT_ENROLLED = "not_enrolled"
    ELSEWHERE = "elsewhere"
    LEFT_GROUP = "left_group"
    COMPLETED_BEFORE = "completed_before"
    OTHER_MARK = "other_mark"
    TWO_MARKS = "two_marks"
    NO_SESSION = "no_session"
    WHICH_SESSION = "which_session"
    SESSION_CLOSED = "session_closed"
    ONESELF = "oneself"
    WRONG_MARK = "wrong_mark"
    NOTHING_MARKED = "nothing_marked"
    NO_MARKS = "no_marks"
    NO_TITLE = "no_title"
    NO_DATE = "no_date"
    DATES_TURNED = "dates_turned"
    FUTURE = "future"
    OTHER_RESULT = "other_result"
    HIDDEN = "hidden"
    STRUCK = "struck"
    NEEDS_MINUTES = "needs_minutes"
    SAYS_MORE = "says_more"
    ALONE = "alone"
    ONE_WORD = "one_word"


REASONS = {
    Why.NO_NAME: _("No name stands in this line."),
    Why.NO_COUNTRY: _("Nothing says in which country she works."),
    Why.UNKNOWN_COUNTRY: _("This country is not known here."),
    Why.UNKNOWN_CODE: _("Nobody has this personal code."),
    Why.BAD_PHONE: _("This is no telephone number of the country."),
    Why.TOO_LONG: _("This is too long for a name or an e-mail."),
    Why.SEVERAL_KEYS: _("Code, e-mail and telephone belong to different people."),
    Why.OTHER_NAME: _("Somebody of another name has this code, e-mail or telephone."),
    Why.MAYBE_ONE: _("She may be somebody who is here already."),
    Why.TWICE: _("The same name stands in an earlier line, and nothing tells the two apart."),
    Why.PLACE: _("No institution of this name is known."),
    Why.DIFFERS: _("Something else is kept of her."),
    Why.WORKS_ELSEWHERE: _("She is known to work somewhere else."),
    Why.NOT_ENROLLED: _("She cannot be enrolled in the group."),
    Why.ELSEWHERE: _("She cannot be enrolled in the group."),
    Why.LEFT_GROUP: _("She left this course before."),
    Why.COMPLETED_BEFORE: _("She has completed this course before."),
    Why.OTHER_MARK: _("Another mark stands for her in this session."),
    Why.TWO_MARKS: _("The sheet says two things of her for the same session."),
    Why.NO_SESSION: _("The group has no session on this day."),
    Why.WHICH_SESSION: _("Nothing says of which session the marks of this column are."),
    Why.SESSION_CLOSED: _("No attendance can be taken of this session."),
    Why.ONESELF: _("Nobody marks her own attendance."),
    Why.WRONG_MARK: _("This mark cannot be noted for this session."),
    Why.NOTHING_MARKED: _("No session of this line has a mark."),
    Why.NO_MARKS: _("No column of the sheet is one of marks of attendance."),
    Why.NO_TITLE: _("Nothing says which training it was."),
    Why.NO_DATE: _("Nothing says on which day it was."),
    Why.DATES_TURNED: _("It ends before it begins."),
    Why.FUTURE: _("It lies in the future."),
    Why.OTHER_RESULT: _("Another result is kept of her for this training."),
    Why.HIDDEN: _("This line is hidden in the sheet."),
    Why.STRUCK: _("This line is crossed out in the sheet."),
    Why.NEEDS_MINUTES: _("«Part of it» needs the minutes."),
    Why.SAYS_MORE: _("Something stands beside the name: she may have left, or not be meant."),
    Why.ONE_WORD: _("One word stands as the name, where other lines have more: it may be no person."),
    Why.ALONE: _("Little but this name stands in the line: it may be a heading, or somebody who signed."),
}

REMEDIES = {
    Why.NO_NAME: _("Write the name, or take the line out."),
    Why.NO_COUNTRY: _("Add a column with the country, or choose the country for the whole sheet."),
    Why.UNKNOWN_COUNTRY: _("Write the country's name, or its two letters."),
    Why.UNKNOWN_CODE: _("Correct the code, or leave it empty."),
    Why.BAD_PHONE: _("Correct the number, or write it with + and the prefix of the country."),
    Why.TOO_LONG: _("Shorten it."),
    Why.SEVERAL_KEYS: _("Say who is meant, or correct the line. If both are one person, have them merged."),
    Why.OTHER_NAME: _("Say whether it is she, or somebody else who shares the address or telephone."),
    Why.MAYBE_ONE: _("Say whether it is the same person. Nobody is merged without a word."),
    Why.TWICE: _("Say whether it is the same person twice, or two people."),
    Why.PLACE: _(
        "Choose the institution, or leave it out. A new one is made in the list of institutions first."
    ),
    Why.DIFFERS: _("Keep what is there, or take what the sheet says."),
    Why.WORKS_ELSEWHERE: _("Keep that, or add this institution as another place of work."),
    Why.NOT_ENROLLED: _("Read the reason; ask who coordinates the group."),
    Why.ELSEWHERE: _(
        "If she is in another group, whoever facilitates it presses «Let her go on in another group» beside her name;"
        " then bring the sheet again."
    ),
    Why.LEFT_GROUP: _("Say whether she comes back or is left out."),
    Why.COMPLETED_BEFORE: _("Say whether she takes it again or is left out."),
    Why.OTHER_MARK: _("Keep the mark that stands, or take that of the sheet."),
    Why.TWO_MARKS: _("Say which of them holds."),
    Why.NO_SESSION: _("Plan the session in the group, choose another one, or leave the column out."),
    Why.WHICH_SESSION: _("Choose the session, or leave the column out."),
    Why.SESSION_CLOSED: _("Wait until it has begun, or leave the column out."),
    Why.ONESELF: _("Another facilitator brings this line."),
    Why.WRONG_MARK: _("Use A, A/E, T, PP, R, DE or P, and minutes that the session lasts."),
    Why.NOTHING_MARKED: _("Write a mark, or take the line out."),
    Why.NO_MARKS: _(
        "Say under «Change the columns» which one it is; or write P, A, T… in a column with the day above it."
    ),
    Why.NO_TITLE: _("Write the title of the training."),
    Why.NO_DATE: _("Write the day, or the first and the last."),
    Why.DATES_TURNED: _("Correct the two days."),
    Why.FUTURE: _("Only trainings that have taken place are kept."),
    Why.OTHER_RESULT: _("Keep the result that stands, or take that of the sheet."),
    Why.HIDDEN: _("Say whether hidden lines are taken or left out."),
    Why.STRUCK: _("Say whether lines that are crossed out are taken or left out."),
    Why.NEEDS_MINUTES: _("Write them beside the mark, such as «PP 90»."),
    Why.SAYS_MORE: _(
        "Say whether she is a person of the list. What is no part of her name is taken off in the sheet."
    ),
    Why.ONE_WORD: _("Say whether it is a person of the list."),
    Why.ALONE: _("Say whether it is a person of the list."),
}

KEEP, TAKE, NEW, SKIP, SAME, PERSON = "keep", "take", "new", "skip", "same", "person"

CHOICES = {
    KEEP: _("Keep what is there"),
    TAKE: _("Take what the sheet says"),
    NEW: _("Somebody else: a new person"),
    SKIP: _("Leave it out"),
    SAME: _("The same person"),
    PERSON: _("A person: take the line"),
}


def choice(word: str) -> tuple[str, str]:
    """Return a choice with its words."""
    return word, str(CHOICES[word])
