"""Words the mail of a message: greeting, subject and foot in the reader's language, the text as it was written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from learning.models import Enrolment, EnrolmentState
from messaging import calendars, refusals
from messaging.models import Delivery, Kind, Message, To
from messaging.naming import Names, names_for
from messaging.sending import Post

if TYPE_CHECKING:
    from django.core.mail import EmailMessage

    from accounts.models import Person
    from messaging.reaching import Reach


@dataclass(frozen=True)
class Text:
    """What was written, in one language."""

    language: str
    subject: str
    body: str


def texts_of(message: Message) -> dict[str, Text]:
    """Return a message in each language in which it was written, that of its author first."""
    first = Text(message.language, message.subject, message.body)
    further = {row.language: Text(row.language, row.subject, row.body) for row in message.texts.all()}
    return {first.language: first, **further}


def site(path: str = "") -> str:
    """Return an address of the site as mails say it; one that is whole stays as it is."""
    if path.startswith("http"):
        return path
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def message_id(key: Any) -> str:
    """Return what a letter is called on its way: the same at each try, so that who keeps mail knows it again."""
    host = site().split("//", 1)[1].split("/", 1)[0].split(":", 1)[0]
    return f"<{key}@{host}>"


def headers(person: Person, kind: str, key: Any) -> dict[str, str]:
    """Return what mail programs read: how to say no with one press, and that nobody waits for an answer."""
    return {
        "Message-ID": message_id(key),
        "List-Unsubscribe": f"<{refusals.address_of(person, kind)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }


def context_of(
    text: Text, names: Names, *, person: Person, by: Person, about: calendars.Told | None
) -> dict[str, Any]:
    """Return what the template of a message says in the active language, in the mail and in its preview alike."""
    return {
        "name": person.display_name,
        "by": str(by),
        "text": text,
        "foreign": text.language if text.language != translation.get_language() else "",
        "names": names,
        "about": about,
        "home": site(reverse("learning:home")),
        "refuse": refusals.address_of(person, Kind.MESSAGE),
    }


def _write(delivery: Delivery, reach: Reach, at: dt.datetime) -> EmailMessage:
    message = delivery.message
    texts = texts_of(message)
    text = texts.get(reach.language) or texts[message.language]
    names = names_for(message.cohort, message.cohort.course, reach.language)
    with translation.override(reach.language):
        session = message.session
        about = calendars.told(session, names, time_zone=reach.time_zone) if session else None
        context = context_of(text, names, person=delivery.person, by=message.by, about=about)
        said = headers(delivery.person, Kind.MESSAGE, delivery.key)
        mail = get_adapter().render_mail("emails/messaging/message", reach.address, context, headers=said)
        if session:
            calendars.attach(mail, session, names)
    return mail


def _concerns(delivery: Delivery, at: dt.datetime) -> bool:
    """Say whether she is still one of those to whom it was written: who left the group hears no more of it."""
    rows = Enrolment.objects.of(delivery.person).standing().filter(cohort=delivery.message.cohort_id)
    if delivery.message.to == To.UNFINISHED:
        rows = rows.exclude(state=EnrolmentState.COMPLETED)
    return delivery.person.erased_at is None and rows.exists()


DELIVERIES = Post(kind=lambda row: Kind.MESSAGE, concerns=_concerns, write=_write)
