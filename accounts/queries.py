"""What each account page shows, gathered in one answer a page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.paginator import Page, Paginator
from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import completeness, privacy, profile_parts, resets, second_factor
from accounts.completeness import Missing
from accounts.models import Person, User

CODES_A_PAGE = 50
MISSING_WORDS = {
    Missing.CERTIFICATE_NAME: gettext_lazy("the name on your certificate"),
    Missing.SEX: gettext_lazy("sex or gender (you may prefer not to say)"),
    Missing.AGE_BAND: gettext_lazy("your age"),
    Missing.POSITION: gettext_lazy("what you do"),
}
RESET_WORDS = {
    resets.Reason.EMPLOYER: gettext_lazy(
        "You speak for the institution where this person works. Only her facilitator can give her a new PIN."
    ),
    resets.Reason.SELF: gettext_lazy("Change your own PIN or password in your profile."),
    resets.Reason.PRIVILEGED: gettext_lazy(
        "This account belongs to the programme's staff. Ask an administrator."
    ),
    resets.Reason.HAS_EMAIL: gettext_lazy(
        "This person has an e-mail: she can regain her password with it by herself."
    ),
    resets.Reason.NOT_YOURS: gettext_lazy("You do not facilitate a group of this person."),
}


def missing_for_completion(person: Person) -> list[Missing]:
    """Return what the profile lacks before a course can be completed; empty when nothing does."""
    return completeness.missing(
        certificate_name=person.certificate_name,
        sex=person.sex,
        age_band=person.age_band,
        position=person.position,
    )


def details_of(person: Person) -> Person:
    """Return the record whose name and details speak for a person: the one that stands for her, if it lacks nothing.

    Somebody signed up twice and filled in one profile: neither her course nor her certificate waits for the other.
    No query for who was never merged.
    """
    kept = person.kept
    return person if missing_for_completion(kept) and not missing_for_completion(person) else kept


@dataclass(frozen=True)
class ProfileScreen:
    """The profile beside its form."""

    missing: list[str]
    code: str
    email: str
    phone: str
    has_pin: bool
    hands_out: bool
    notes: list[str]


def profile_screen(user: User) -> ProfileScreen:
    """Return what the profile says of a login."""
    from accounts.services import may_hand_out

    return ProfileScreen(
        missing=[str(MISSING_WORDS[reason]) for reason in missing_for_completion(user.person)],
        code=user.readable_code if user.handed_out_at else "",
        email=user.email,
        phone=user.phone,
        has_pin=user.has_pin,
        hands_out=may_hand_out(user.person),
        notes=[note for part in profile_parts.parts() for note in part.notes(user.person)],
    )


@dataclass(frozen=True)
class Line:
    """One line of «my data»: a label with a text, with further lines, or with `entries`, each a text or lines."""

    label: str
    text: str = ""
    lines: list[Line] = field(default_factory=list)
    entries: list[Line] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Say whether nothing is kept there."""
        return not (self.text or self.lines or self.entries)


def my_data(person: Person) -> list[Line]:
    """Return all that is kept of a person as readable lines, a section a room."""
    return [
        _line(part.title or part.name, part.export(person), part.labels or {}) for part in privacy.parts()
    ]


def _line(label: Any, value: Any, labels: dict[str, Any]) -> Line:
    """Return a line; what is empty is left out of it."""
    if isinstance(value, dict):
        lines = [_line(_label(key, labels), inner, labels) for key, inner in value.items()]
        return Line(str(label), lines=[line for line in lines if not line.empty])
    if isinstance(value, list | tuple):
        entries = [_line("", inner, labels) for inner in value]
        return Line(str(label), entries=[line for line in entries if not line.empty])
    return Line(str(label), _words(value))


def _label(key: str, labels: dict[str, Any]) -> str:
    return str(labels.get(key) or str(key).replace("_", " ").capitalize())


def _words(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return date_format(localtime(value) if is_aware(value) else value, "DATETIME_FORMAT")
    if isinstance(value, dt.date):
        return date_format(value, "DATE_FORMAT")
    return str(value)


@dataclass(frozen=True)
class HandedOut:
    """A code in the facilitator's list."""

    key: Any
    code: str
    name: str
    handed_out_at: dt.datetime | None
    used: bool
    resettable: bool


@dataclass(frozen=True)
class CodesScreen:
    """The codes that a facilitator handed out, the newest first."""

    page: Page
    rows: list[HandedOut]


def codes_screen(by: Person, number: str | None) -> CodesScreen:
    """Return one page of the codes that `by` handed out."""
    mine = User.objects.filter(handed_out_by=by).order_by("-handed_out_at", "-pk")
    page = Paginator(mine, CODES_A_PAGE).get_page(number)
    return CodesScreen(page=page, rows=[_handed_out(user) for user in page])


def _handed_out(user: User) -> HandedOut:
    return HandedOut(
        key=user.person.key,
        code=user.readable_code,
        name=user.person.display_name or user.person.certificate_name,
        handed_out_at=user.handed_out_at,
        used=user.last_login is not None,
        resettable=user.is_active and not user.email,
    )


@dataclass(frozen=True)
class Slip:
    """What is printed for one person. The PIN is shown this once and kept nowhere."""

    code: str
    pin: str
    name: str


def slip(user: User, pin: str) -> Slip:
    """Return the slip of a login."""
    return Slip(user.readable_code, pin, user.person.certificate_name or user.person.display_name)


@dataclass(frozen=True)
class SecondFactorScreen:
    """Whether there is a second factor, since when, and how many recovery codes are left."""

    active: bool
    since: dt.datetime | None
    needed: bool
    codes_left: int


def second_factor_screen(user: User) -> SecondFactorScreen:
    """Return what the page of the second factor shows."""
    factor, codes = second_factor.of(user), codes_left(user, shown=False)
    return SecondFactorScreen(
        active=factor is not None,
        since=factor.created_at if factor else None,
        needed=second_factor.is_asked_of(user),
        codes_left=codes.left if codes else 0,
    )


@dataclass(frozen=True)
class SetUpScreen:
    """The key that the telephone must know: as a picture, as an address that opens its application, in letters."""

    picture: str
    address: str
    key: str
    needed: bool


def set_up_screen(user: User, key: str, address: str) -> SetUpScreen:
    """Return what the page of setting up shows."""
    import segno

    picture = segno.make(address, error="m", micro=False).svg_data_uri(scale=5, border=3, light="#fff")
    groups = [key[start : start + 4] for start in range(0, len(key), 4)]
    return SetUpScreen(picture, address, " ".join(groups), second_factor.is_asked_of(user))


@dataclass(frozen=True)
class CodesLeft:
    """The recovery codes: the codes themselves while they may be seen, and how many are left of how many."""

    codes: list[str]
    left: int
    whole: int


def codes_left(user: User, *, shown: bool) -> CodesLeft | None:
    """Return the recovery codes of a login, or None if there are none."""
    kept = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    if kept is None:
        return None
    unused = kept.wrap().get_unused_codes()
    codes = [f"{code[:4]} {code[4:]}" for code in unused] if shown else []
    return CodesLeft(codes, len(unused), len(kept.wrap().generate_codes()))
