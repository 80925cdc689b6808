"""What the pages about consent, the notice, requests and erasure show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import consents, erasing, notice, privacy
from accounts.models import Consent, DataRequest, Person
from accounts.watching import watchers_of

AGAINST_WORDS = {
    erasing.Reason.STAFF: gettext_lazy(
        "Your account belongs to the programme's staff. Somebody looks at what you wrote before it is erased."
    ),
    erasing.Reason.FACILITATES: gettext_lazy(
        "You facilitate a group or hand out codes. Somebody takes that over before your account is erased."
    ),
}


@dataclass(frozen=True)
class Choice:
    """A consent that a person may give and take back; `ask_again` while a later notice waits for her answer."""

    purpose: str
    title: str
    meaning: str
    withdrawal: str
    given_at: dt.datetime | None
    ask_again: bool


@dataclass(frozen=True)
class Past:
    """A line of the history of consents."""

    title: str
    version: str
    given_at: dt.datetime
    ended_at: dt.datetime | None
    taken_back: bool


@dataclass(frozen=True)
class AskedFor:
    """A request of hers, and how it stands."""

    key: Any
    title: str
    about: str
    state: str
    open: bool
    asked_at: dt.datetime
    due_on: dt.date
    overdue: bool
    answer: str


@dataclass(frozen=True)
class NewNotice:
    """The notice changed since she read it."""

    version: str
    since: dt.date
    changes: str


@dataclass(frozen=True)
class PrivacyScreen:
    """Who sees what, and what the reader decided and asked for (None for a reader without account)."""

    audience: list[tuple[str, str]]
    read_at: dt.datetime | None
    new_notice: NewNotice | None
    choices: list[Choice] | None
    history: list[Past]
    requests: list[AskedFor]
    notice_path: str = settings.SENDA_NOTICE_PATH


def privacy_screen(person: Person | None) -> PrivacyScreen:
    """Return the privacy page."""
    rows = [] if person is None else list(Consent.objects.of(person).order_by("-given_at", "-pk"))
    held = {row.purpose: row for row in rows if row.withdrawn_at is None and row.renewed_at is None}
    read = held.get(Consent.Purpose.COURSES)
    return PrivacyScreen(
        audience=_audience(person),
        read_at=read.given_at if read else None,
        new_notice=None if person is None else _new_notice(read),
        choices=None if person is None else [_choice(purpose, held) for purpose in consents.VOLUNTARY],
        history=[_past(row) for row in rows],
        requests=[] if person is None else _requests(person),
    )


def _new_notice(read: Consent | None) -> NewNotice | None:
    current = notice.current()
    if read and read.notice_version == current.version:
        return None
    return NewNotice(current.version, current.since, notice.said(current.changes))


def _choice(purpose: str, held: dict[str, Consent]) -> Choice:
    words = next(each for each in notice.current().purposes if each.key == purpose)
    row = held.get(purpose)
    counts = row is not None and row.notice_version in notice.versions_that_count(purpose)
    return Choice(
        purpose=str(purpose),
        title=str(Consent.Purpose(purpose).label),
        meaning=notice.said(words.what),
        withdrawal=notice.said(words.withdrawal),
        given_at=row.given_at if row and counts else None,
        ask_again=row is not None and not counts,
    )


def _past(row: Consent) -> Past:
    return Past(
        title=str(Consent.Purpose(row.purpose).label),
        version=row.notice_version,
        given_at=row.given_at,
        ended_at=row.withdrawn_at or row.renewed_at,
        taken_back=row.withdrawn_at is not None,
    )


def _requests(person: Person) -> list[AskedFor]:
    """Return what she asked for; downloads, which she makes herself, stand in «my data» alone."""
    asked = DataRequest.objects.of(person).exclude(kind=DataRequest.Kind.ACCESS)
    return [_asked(row) for row in asked.order_by("-asked_at", "-pk")[:50]]


def _asked(row: DataRequest) -> AskedFor:
    waits = row.state == DataRequest.State.OPEN
    return AskedFor(
        key=row.key,
        title=row.get_kind_display(),
        about=row.get_about_display(),
        state=row.get_state_display(),
        open=waits,
        asked_at=row.asked_at,
        due_on=row.due_on,
        overdue=waits and row.due_on < timezone.localdate(),
        answer=row.answer,
    )


def _audience(person: Person | None) -> list[tuple[str, str]]:
    """Return who sees what: of a person, what holds for her today; of anybody else, what may come."""
    watchers = _in_general() if person is None else [(row.who, row.sees) for row in watchers_of(person)]
    return [
        (_("Only you"), _("Your notebook, your self-checks, your PIN or password. Nobody can look them up.")),
        *watchers,
        (
            _("Who verifies a certificate"),
            _("With its code: the name printed on it, the course, the date, and whether it is valid."),
        ),
    ]


def _in_general() -> list[tuple[str, str]]:
    return [
        (
            _("Who facilitates your group"),
            _("Your name on screen, how far you are, and whether a quiz was passed. Never your notes."),
        ),
        (
            _("Your institution"),
            _(
                "Your name on screen, what you do and since when you work there, to confirm it. Whether you "
                "completed a course, and the certificate, if you allow it. Never scores, attempts or answers."
            ),
        ),
        (
            _("The programme's team in your country"),
            _("Your profile, enrolments and certificates, to run the courses and put errors right."),
        ),
        (
            _("The programme's team"),
            _(
                "The list of people: your name, where you work, your courses and certificates."
                " No points, no answers, no notes."
            ),
        ),
        (
            _("Who follows the programme's figures, of all countries"),
            _(
                "Counts without names, small groups hidden; and lists in which a sign stands in place of your name."
                " No contact, no points."
            ),
        ),
        (
            _("An audit, while it lasts"),
            _("The registers of people and certificates, to read only. No points, no answers, no notes."),
        ),
        (
            _("Who keeps the site running"),
            _("Your account: name, ways to sign in, last sign-in. No points, no answers, no notes."),
        ),
    ]


@dataclass(frozen=True)
class PurposeLine:
    """One purpose of the notice."""

    title: str
    what: str
    ground: str
    kept: str
    withdrawal: str
    consent: bool


@dataclass(frozen=True)
class NoticeScreen:
    """One version of the notice, and the others."""

    version: str
    since: dt.date
    in_force: bool
    changes: str
    points: list[str]
    purposes: list[PurposeLine]
    versions: list[tuple[str, dt.date]]
    notice_path: str = settings.SENDA_NOTICE_PATH


def notice_screen(version: str = "") -> NoticeScreen:
    """Return one version, or the one in force. Raises NoSuchNotice."""
    shown = notice.find(version) if version else notice.current()
    return NoticeScreen(
        version=shown.version,
        since=shown.since,
        in_force=shown.version == settings.SENDA_NOTICE_VERSION,
        changes=notice.said(shown.changes),
        points=[notice.said(point) for point in shown.points],
        purposes=[_purpose(purpose) for purpose in shown.purposes],
        versions=[(each.version, each.since) for each in notice.history()],
    )


def _purpose(purpose: notice.Purpose) -> PurposeLine:
    return PurposeLine(
        title=notice.said(purpose.title),
        what=notice.said(purpose.what),
        ground=notice.said(purpose.ground),
        kept=notice.said(purpose.kept),
        withdrawal=notice.said(purpose.withdrawal),
        consent=purpose.consent,
    )


@dataclass(frozen=True)
class EraseScreen:
    """What is erased and what stays; `against` says why somebody has to look at it first."""

    kept: list[str]
    against: str
    waits_until: dt.date | None
    accounts: int


def erase_screen(person: Person) -> EraseScreen:
    """Return the page on which a person erases herself or asks for it."""
    against = erasing.against_at_once(person)
    waiting = DataRequest.objects.of(person).open().filter(kind=DataRequest.Kind.ERASURE).first()
    return EraseScreen(
        kept=privacy.kept_words(),
        against=str(AGAINST_WORDS[against]) if against else "",
        waits_until=waiting.due_on if waiting else None,
        accounts=len(erasing.chain_of(person)),
    )
