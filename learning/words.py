"""The one table that words the reasons of this room's rules, for pages, messages and reports alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from institutions import confirming
from learning import nominating
from learning.access import Refusal
from learning.completion import Left, Reason
from learning.retrying import Again, UsedUp

if TYPE_CHECKING:
    from accounts.models import Person

REFUSALS: dict[Refusal, Promise] = {
    Refusal.SIGNED_OUT: _("Sign in or create your account to open the lessons. It is free."),
    Refusal.NOT_ENROLLED: _("Enrol first: one click, and the lessons open."),
    Refusal.LEFT_COURSE: _("You left this course. Enrol again to go on; what you did is kept."),
    Refusal.COURSE_WITHDRAWN: _("This course is withdrawn for now. What you did is kept."),
    Refusal.NOT_RELEASED: _("This course is not open yet."),
    Refusal.NOT_HERS: _("There is nothing for you here."),
    Refusal.ALREADY_ENROLLED: _("You are enrolled in this course already."),
    Refusal.COUNTRY_UNKNOWN: _("Tell us first in which country you work."),
    Refusal.NOT_FOR_COUNTRY: _("This course is not offered in your country of work."),
    Refusal.CODE_UNKNOWN: _(
        "We do not know that code. Check it with whoever gave it to you: there is no 0, 1 or 5."
    ),
    Refusal.CODE_EXPIRED: _("That code is no longer valid. Ask whoever gave it to you for a new one."),
    Refusal.COHORT_CANCELLED: _("This group was cancelled. Ask whoever invited you for another one."),
    Refusal.COHORT_OVER: _("This group is over. Ask whoever invited you for another one."),
    Refusal.COHORT_FULL: _("No seat is left in this group."),
    Refusal.NOT_PART_YET: _("This is not part of your course yet. What you have done is kept."),
    Refusal.TOO_LATE_FOR_BEFORE: _(
        "You have begun the test after the course: what you knew before it can no longer be found out."
    ),
    Refusal.QUIZ_CLOSED: _("Whoever facilitates your group has closed this quiz."),
    Refusal.OPENS_IN_ROOM: _("This activity opens in the workshop, with the code that is given there."),
}

# Why a focal point may not end what a colleague has at her institution.
ENDING: dict[confirming.Reason, Promise] = {
    confirming.Reason.ENDS_BEFORE: _("The last day would lie before the first."),
    confirming.Reason.NOT_YET: _("This day has not come yet. Write it down when it has."),
    **dict.fromkeys(
        (
            confirming.Reason.NOT_YOURS,
            confirming.Reason.HER_OWN,
            confirming.Reason.STAFF_ONLY,
            confirming.Reason.ERASED,
            confirming.Reason.OVER,
        ),
        _("Nothing was changed: this is not for you to answer, or it is over."),
    ),
}

LEFT: dict[Reason, Promise] = {
    Reason.LESSON_LEFT: _("Lesson to do"),
    Reason.QUIZ_LEFT: _("Quiz to pass"),
    Reason.ROOM_NOT_HELD: _("The workshop has not taken place yet"),
    Reason.SESSIONS_LEFT: _(
        "Sessions of the workshop to come: you attended %(have)s %% so far; it takes %(need)s %%"
    ),
    Reason.ATTENDANCE_SHORT: _("You attended %(have)s %% of the workshop; it takes %(need)s %%"),
}

# Asked by her version, and by now for people of other countries or stages only: not even its name is told.
SHUT = _(
    "One activity is not shown where you work any more. You need do nothing: those who write the course decide whether "
    "it is still asked of you, and what you did is kept"
)

USED_UP: dict[UsedUp, Promise] = {
    UsedUp.ASK_FACILITATOR: _(
        "You have used your attempts. Talk to who facilitates your group: you can go over the lessons together, "
        "and one more attempt can be given to you. What you did is kept."
    ),
    UsedUp.OPENS_LATER: _(
        "You have used your attempts. You can try again from %(moment)s; until then, look over the lessons at your "
        "own pace. What you did is kept."
    ),
}


def say_used_up(again: Again) -> str:
    """Return why no attempt is left and how one comes back, in the reader's language; nothing while one is left."""
    if again.reason is None:
        return ""
    moment = date_format(localtime(again.opens_at), "DATETIME_FORMAT") if again.opens_at else ""
    return str(USED_UP[again.reason]) % {"moment": moment}


def say_left(left: Left) -> str:
    """Return what is left, in the reader's language."""
    return str(LEFT[left.reason]) % {"have": left.have, "need": left.need}


NOMINATIONS: dict[nominating.Reason, Promise] = {
    nominating.Reason.NOT_YOURS: _("Not proposed, because they do not work at this institution now"),
    nominating.Reason.NOT_OPEN: _("Not proposed, because the course is not open"),
    nominating.Reason.IN_PROGRESS: _("Taking it already"),
    nominating.Reason.COMPLETED: _("Completed it already"),
    nominating.Reason.ALREADY: _("Proposed already, not answered yet"),
    nominating.Reason.NO_LOGIN: _("Not proposed, because they have no account yet"),
    nominating.Reason.NOT_INVITED: _(
        "Not proposed, because this group does not take your institution's people"
    ),
}


NAMELESS = (nominating.Reason.NOT_YOURS, nominating.Reason.NOT_INVITED)


@dataclass(frozen=True)
class Said:
    """One line about what came of a nomination of several."""

    words: str
    done: bool


def say_nominated(answers: Mapping[Person, nominating.Reason | None]) -> list[Said]:
    """Return what to tell who nominated: the number proposed, and by reason whom not. Strangers are not named."""
    done = sum(1 for reason in answers.values() if reason is None)
    said = (
        [Said(ngettext("Proposed to %(n)s person.", "Proposed to %(n)s people.", done) % {"n": done}, True)]
        if done
        else []
    )
    for reason, words in NOMINATIONS.items():
        names = [str(person) for person, why in answers.items() if why == reason]
        if names:
            tail = "" if reason in NAMELESS else f": {', '.join(names)}"
            said.append(Said(f"{words}{tail}.", False))
    return said
