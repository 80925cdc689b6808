"""Words the marks, reasons and states of the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning import annulling, attendance, checking_in, content, meeting, scans
from learning.models import AttendanceMark, AttendanceWay
from learning.presence import Wrong

if TYPE_CHECKING:
    from learning.models import Attendance

WRONG: dict[Wrong, Promise] = {
    Wrong.NO_SUCH_MARK: gettext_lazy("Choose one of the marks."),
    Wrong.MINUTES_NEEDED: gettext_lazy("Say for how many minutes."),
    Wrong.TOO_MANY_MINUTES: gettext_lazy("At least one minute, and no more than the session lasted."),
    Wrong.NO_MINUTES_HERE: gettext_lazy("Minutes go with «Part of it», «Late» and «Withdrew» only."),
    Wrong.NOT_OF_THIS_GROUP: gettext_lazy("Is not in this group any more."),
    Wrong.ONESELF: gettext_lazy("Nobody marks herself: another facilitator does."),
}

CLOSED: dict[attendance.Closed, Promise] = {
    attendance.Closed.NOT_YET: gettext_lazy("Attendance is taken from one hour before it begins."),
    attendance.Closed.CANCELLED: gettext_lazy("This session was cancelled: nobody is marked."),
}

NOT_DONE: dict[meeting.Reason, Promise] = {
    meeting.Reason.HAS_MARKS: gettext_lazy("Somebody is marked in it: it took place, and its hours stay."),
    meeting.Reason.ENDS_BEFORE: gettext_lazy("It ends before it begins."),
    meeting.Reason.ONLY_BREAKS: gettext_lazy("The breaks leave no time."),
    meeting.Reason.OTHER_YEAR: gettext_lazy("Look at the year of the day: it is far from this one."),
    meeting.Reason.OTHER_GROUP: gettext_lazy("That person is not in this group."),
    meeting.Reason.JOINED: gettext_lazy("This name counts for somebody else already."),
    meeting.Reason.COMPLETED: gettext_lazy(
        "She has completed the course, and it may stand on this: put the marks right first, with a reason."
    ),
}

NOT_ANSWERED: dict[annulling.Reason, Promise] = {
    annulling.Reason.NOT_YOURS: gettext_lazy("This is not your group."),
    annulling.Reason.SAME_PERSON: gettext_lazy(
        "It takes a second person: another facilitator, or who coordinates."
    ),
    annulling.Reason.ANSWERED: gettext_lazy("It was answered already: nothing was changed."),
}

NOT_ATTACHED: dict[scans.Reason, Promise] = {
    scans.Reason.EMPTY: gettext_lazy("This file is empty."),
    scans.Reason.TOO_HEAVY: gettext_lazy(
        "This file weighs more than 10 MB. Take the photograph again, smaller."
    ),
    scans.Reason.UNREADABLE: gettext_lazy(
        "This is no photograph or PDF that can be read. JPEG, PNG, WebP and PDF are taken; a telephone that "
        "saves HEIC can be set to «most compatible»."
    ),
    scans.Reason.ACTIVE: gettext_lazy(
        "This PDF holds more than pages: programs or other files. Scan the sheet again, or photograph it."
    ),
    scans.Reason.TOO_MANY: gettext_lazy(
        "This session has twenty files already. Delete one that is not needed."
    ),
}

NOT_CHECKED_IN: dict[checking_in.Reason, Promise] = {
    checking_in.Reason.NOT_YET: gettext_lazy("Checking in opens half an hour before the session begins."),
    checking_in.Reason.OVER: gettext_lazy(
        "The session is over. If you were there, tell who facilitates: your mark can be put right."
    ),
    checking_in.Reason.CANCELLED: gettext_lazy("This session was cancelled: nobody is marked."),
    checking_in.Reason.CODE_OVER: gettext_lazy(
        "This code is over: a new one is shown every half minute. Scan the one that is on the screen now."
    ),
    checking_in.Reason.CODE_WRONG: gettext_lazy(
        "None of your sessions has this code now. It changes every three minutes: ask for the one of this moment."
    ),
    checking_in.Reason.NO_SESSION: gettext_lazy("None of your groups meets at this moment."),
    checking_in.Reason.NOT_IN_GROUP: gettext_lazy("You are not in this group yet."),
    checking_in.Reason.FACILITATES: gettext_lazy(
        "You facilitate this group: another facilitator marks you, nobody marks herself."
    ),
}

NOT_OPENED: dict[content.Reason, Promise] = {
    content.Reason.CODE_WRONG: gettext_lazy(
        "That is not the code of the session in which this opens, or the session has not begun yet."
    ),
}

REASON_NEEDED = gettext_lazy("She has completed the course: say below why her mark changes, and save.")


def say_conflict(standing: Attendance, mine: str) -> str:
    """Return whose mark stands, since when, and what the reader chose: hers to decide."""
    at = date_format(localtime(standing.marked_at), "TIME_FORMAT")
    words = {
        "who": str(standing.marked_by or _("Somebody")),
        "mark": standing.get_mark_display(),
        "time": at,
        "mine": AttendanceMark(mine).label,
    }
    return _("%(who)s marked «%(mark)s» at %(time)s; you «%(mine)s». Which one holds? Choose.") % words


def say_marked(row: Attendance) -> str:
    """Return who noted a mark and when."""
    at = date_format(localtime(row.marked_at), "SHORT_DATETIME_FORMAT")
    if row.way == AttendanceWay.CHECK_IN:
        return f"{row.get_way_display()} · {at}"
    if row.marked_by is None:
        return at
    return f"{row.marked_by} · {at}"


def say_arrived(row: Attendance, *, new: bool) -> str:
    """Return what stands of her who has just checked in, by her name: a telephone may be shared."""
    words = {"who": str(row.enrolment.person) if row.enrolment else "", "mark": row.get_mark_display()}
    if new:
        return _("Noted: %(who)s, «%(mark)s».") % words
    if row.way == AttendanceWay.CHECK_IN:
        return _("It was noted already: %(who)s, «%(mark)s». Nothing was changed.") % words
    return (
        _("Who facilitates has noted «%(mark)s» for %(who)s, and that stands. If it is wrong, tell her.")
        % words
    )
