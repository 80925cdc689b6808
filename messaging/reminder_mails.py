"""Words the mail of a reminder, in the reader's language and by her clock; of a sensitive course without its topic."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certificates.models import Certificate
from learning.models import Enrolment, Session
from messaging import calendars, refusals
from messaging.frames import headers, site
from messaging.models import Kind
from messaging.naming import Names, names_for

if TYPE_CHECKING:
    from django.core.mail import EmailMessage

    from messaging.models import Reminder
    from messaging.reaching import Reach


@dataclass(frozen=True)
class Said:
    """What a reminder says, and where it leads."""

    subject: str
    lines: tuple[str, ...]
    url: str


def write(reminder: Reminder, reach: Reach, at: dt.datetime) -> EmailMessage:
    """Return the mail."""
    session = None
    with translation.override(reach.language):
        if reminder.kind == Kind.SESSION:
            session = Session.objects.select_related("cohort__course").get(key=reminder.about)
            names = names_for(session.cohort, session.cohort.course, reach.language)
            said = _of_session(calendars.told(session, names, time_zone=reach.time_zone))
        elif reminder.kind == Kind.CERTIFICATE:
            row = Certificate.objects.select_related("course").get(key=reminder.about)
            said = _of_certificate(row, names_for(None, row.course, reach.language))
        else:
            said = _of_enrolment(reminder, reach.language)
        context = {
            "said": said,
            "name": reminder.person.display_name,
            "refuse": refusals.address_of(reminder.person, reminder.kind),
        }
        own = headers(reminder.person, reminder.kind, reminder.key)
        mail = get_adapter().render_mail("emails/messaging/reminder", reach.address, context, headers=own)
        if session:
            calendars.attach(mail, session, names)
    return mail


def _of_enrolment(reminder: Reminder, language: str) -> Said:
    row = Enrolment.objects.select_related("course", "cohort").get(key=reminder.about)
    names = names_for(row.cohort, row.course, language)
    url = site(reverse("learning:resume", kwargs={"enrolment": row.key}))
    said = {"course": names.course}
    if reminder.kind == Kind.NOT_STARTED:
        return Said(
            _("You can begin «%(course)s» when you like") % said,
            (
                _("You are enrolled in «%(course)s» and have not begun yet.") % said,
                _("You can stop whenever you like: the course keeps your place. Begin here:"),
            ),
            url,
        )
    return Said(
        _("Your place in «%(course)s» is kept") % said,
        (
            _("You have not been in «%(course)s» for some time. What you did is kept.") % said,
            _("There is no hurry. Go on where you stopped:"),
        ),
        url,
    )


def _of_session(about: calendars.Told) -> Said:
    when = _("%(day)s, %(hours)s by your clock") % {"day": about.day, "hours": about.hours}
    lines = [_("Tomorrow your group meets: «%(title)s».") % {"title": about.title}, when]
    if about.there:
        lines.append(_("By the clock of the place: %(hours)s") % {"hours": about.there})
    if about.place:
        lines.append(_("Place: %(place)s") % {"place": about.place})
    lines.append(_("If you cannot come, tell who facilitates your group. No reasons needed. Your courses:"))
    return Said(
        _("Tomorrow: «%(title)s»") % {"title": about.title}, tuple(lines), site(reverse("learning:home"))
    )


def _of_certificate(row: Certificate, names: Names) -> Said:
    said = {"course": names.course, "day": date_format(row.valid_until or row.achieved_on)}
    return Said(
        _("Your certificate is valid until %(day)s") % said,
        (
            _("Your certificate of «%(course)s» is valid until %(day)s.") % said,
            _("If you take the course again before that day, you get a new one. Your record:"),
        ),
        site(reverse("learning:record")),
    )
