"""What the pages of messages show: one frozen dataclass a screen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import Count, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language_info

from common.languages import interface_language
from learning.meeting import time_zone_of
from learning.models import Cohort, Session, SessionState
from messaging import calendars, pasting
from messaging.frames import Text, context_of, texts_of
from messaging.models import AGAIN, WAITING, Delivery, Kind, Message, Refusal, State, To
from messaging.naming import names_for
from messaging.patterns import PATTERNS
from messaging.reaching import reach_many
from messaging.words import TONES, say_remedy, say_why
from messaging.writing import readers

if TYPE_CHECKING:
    from accounts.models import Person

LATEST = 100


@dataclass(frozen=True)
class SentLine:
    """A message in the list: to whom it went, and how many it reached, waits for, or did not reach."""

    message: Message
    to: str
    sent: int
    waiting: int
    missed: int


@dataclass(frozen=True)
class MessagesScreen:
    """The messages of a group, the last first, and who of it is reached by none. `home`: the reader's own page."""

    cohort: Cohort
    home: str
    lines: tuple[SentLine, ...]
    people: int
    without: tuple[Person, ...]
    refusing: tuple[Person, ...]


@dataclass(frozen=True)
class DeliveryLine:
    """How a message to one person stands."""

    person: Person
    state: str
    tone: str
    at: dt.datetime | None
    next_try: dt.datetime | None
    why: str
    remedy: str


@dataclass(frozen=True)
class MessageScreen:
    """One message and its deliveries: first those whom it did not reach."""

    message: Message
    to: str
    texts: tuple[Text, ...]
    lines: tuple[DeliveryLine, ...]
    counts: tuple[tuple[str, str, int], ...]
    can_write_again: int
    unsure: int


@dataclass(frozen=True)
class Preview:
    """A mail as it will be read in one language. `readers`: how many read that language."""

    language: str
    name: str
    subject: str
    body: str
    readers: int


@dataclass(frozen=True)
class Pasted:
    """The text for a group chat in one language."""

    language: str
    name: str
    text: str
    rows: int


@dataclass(frozen=True)
class PasteScreen:
    """The texts in the languages of a group, about the course or one of its sessions."""

    cohort: Cohort
    sessions: tuple[tuple[UUID, str], ...]
    chosen: UUID | None
    texts: tuple[Pasted, ...]
    sensitive: bool


@dataclass(frozen=True)
class WriteScreen:
    """What stands around the form: to whom, with which texts to begin, which languages are read in the group."""

    cohort: Cohort
    one: Person | None
    languages: tuple[str, ...]
    patterns: tuple[tuple[str, str], ...]
    sensitive: bool
    fresh: UUID


def named(language: str) -> str:
    """Return how a language calls itself."""
    return str(get_language_info(language)["name_local"]).capitalize()


def languages_of(people: list[Person]) -> list[str]:
    """Return the languages that people read, that of the page first if somebody reads it; of nobody the page's."""
    own = interface_language()
    read = {found.language for found in reach_many(people).values()} or {own}
    found = [code for code, _name in settings.LANGUAGES if code in read]
    return sorted(found, key=lambda code: code != own)


def messages_screen(cohort: Cohort, *, facilitates: bool) -> MessagesScreen:
    """Return the page of a group's messages. Who only coordinates has no page of the group on the site."""
    people = readers(cohort, To.COHORT)
    reach = reach_many(people)
    no = Refusal.objects.filter(kind=Kind.MESSAGE, person__canonical_id__in=reach)
    refusing = set(no.values_list("person__canonical_id", flat=True))
    rows = cohort.messages.select_related("by", "person").annotate(
        sent=Count("deliveries", filter=Q(deliveries__state=State.SENT)),
        waiting=Count("deliveries", filter=Q(deliveries__state__in=[*WAITING, State.SENDING])),
        missed=Count("deliveries", filter=Q(deliveries__state__in=AGAIN)),
    )
    return MessagesScreen(
        cohort=cohort,
        home=reverse("learning:cohort", kwargs={"cohort": cohort.key}) if facilitates else "",
        lines=tuple(SentLine(row, _to(row), row.sent, row.waiting, row.missed) for row in rows[:LATEST]),
        people=len(people),
        without=tuple(person for person in people if not reach[person.pk].address),
        refusing=tuple(person for person in people if person.pk in refusing and reach[person.pk].address),
    )


def _to(message: Message) -> str:
    return str(message.person) if message.person else str(message.get_to_display())


_ORDER = [*AGAIN, State.SENDING, *WAITING, State.REFUSED, State.PAST, State.SENT]


def message_screen(message: Message) -> MessageScreen:
    """Return one message with what came of it."""
    rows = list(message.deliveries.select_related("person"))
    rows.sort(key=lambda row: (_ORDER.index(State(row.state)), str(row.person)))
    counts = [
        (str(state.label), TONES.get(state, ""), sum(row.state == state for row in rows)) for state in _ORDER
    ]
    reach = reach_many(row.person for row in rows if row.state in AGAIN)
    ready = [
        row for row in rows if row.state in AGAIN and reach[row.person.canonical_id or row.person_id].address
    ]
    return MessageScreen(
        message=message,
        to=_to(message),
        texts=tuple(texts_of(message).values()),
        lines=tuple(_line(row) for row in rows),
        counts=tuple(entry for entry in counts if entry[2]),
        can_write_again=sum(row.state != State.UNSURE for row in ready),
        unsure=sum(row.state == State.UNSURE for row in ready),
    )


def _line(row: Delivery) -> DeliveryLine:
    return DeliveryLine(
        person=row.person,
        state=str(row.get_state_display()),
        tone=TONES.get(row.state, ""),
        at=row.sent_at,
        next_try=row.next_try_at if row.state == State.DEFERRED else None,
        why=say_why(row),
        remedy=say_remedy(row),
    )


def write_screen(cohort: Cohort, one: Person | None) -> WriteScreen:
    """Return what stands around the form."""
    people = [one] if one else readers(cohort, To.COHORT)
    return WriteScreen(
        cohort=cohort,
        one=one,
        languages=tuple(languages_of(people)),
        patterns=tuple((pattern.key, str(pattern.title)) for pattern in PATTERNS),
        sensitive=cohort.course.sensitive,
        fresh=uuid4(),
    )


def upcoming(cohort: Cohort) -> list[Session]:
    """Return the sessions of a group that something may be said about: planned, or cancelled, the next first."""
    rows = cohort.sessions.exclude(state=SessionState.HELD)
    return list(rows.order_by("starts_at", "pk"))


def say_session(session: Session) -> str:
    """Return a session as it stands in a list to choose from."""
    return f"{date_format(session.local_times[0], 'SHORT_DATE_FORMAT')} · {session.title}"


def previews(
    cohort: Cohort, people: list[Person], texts: list[Text], *, by: Person, session: Session | None
) -> tuple[Preview, ...]:
    """Return the mail as it is read in each language that its readers have."""
    reach = reach_many(people)
    read = [found.language for found in reach.values()]
    return tuple(
        _preview(cohort, code, texts, read.count(code), by, session)
        for code, _name in settings.LANGUAGES
        if code in read
    )


def _preview(
    cohort: Cohort, language: str, texts: list[Text], count: int, by: Person, session: Session | None
) -> Preview:
    text = next((text for text in texts if text.language == language), texts[0])
    names = names_for(cohort, cohort.course, language)
    with translation.override(language):
        about = calendars.told(session, names, time_zone=time_zone_of(cohort)) if session else None
        context = context_of(text, names, person=by, by=by, about=about) | {"name": "…", "refuse": "…"}
        subject = render_to_string("emails/messaging/message_subject.txt", context)
        body = render_to_string("emails/messaging/message_message.txt", context)
    return Preview(language, named(language), " ".join(subject.split()), body.strip(), count)


def paste_screen(cohort: Cohort, session: Session | None) -> PasteScreen:
    """Return the texts to paste."""
    zone, found = time_zone_of(cohort), []
    for language in languages_of(readers(cohort, To.COHORT)):
        text = pasting.text_for(cohort, session, language=language, time_zone=zone)
        found.append(Pasted(language, named(language), text, text.count("\n") + 2))
    return PasteScreen(
        cohort=cohort,
        sessions=tuple((row.key, say_session(row)) for row in upcoming(cohort)),
        chosen=session.key if session else None,
        texts=tuple(found),
        sensitive=cohort.course.sensitive,
    )
