"""Answers whom somebody means who types an e-mail, a telephone number or a personal code in one field."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q

from accounts import phones
from accounts.models import User

LINES_A_QUERY = 100
_CODE_ORNAMENT = re.compile(r"[\s\-–—.]+")


class Kind(StrEnum):
    """By what a person signs in."""

    EMAIL = "email"
    PHONE = "phone"


class NotAnIdentifier(ValueError):
    """What was typed is neither an e-mail nor a telephone number; says which of the two it resembles."""

    def __init__(self, kind: Kind | None, plan: phones.Plan | None = None) -> None:
        super().__init__("neither e-mail nor telephone")
        self.kind = kind
        self.plan = plan


@dataclass(frozen=True)
class Identifier:
    """An e-mail in lower case or a number as E.164."""

    kind: Kind
    value: str


def parse(text: str, country: str) -> Identifier:
    """Return what a newcomer typed as an identifier; `country` (ISO code) completes a national number."""
    text = text.strip()
    if "@" in text:
        return Identifier(Kind.EMAIL, _email(text))
    if not phones.looks_like_phone(text):
        raise NotAnIdentifier(None)
    try:
        return Identifier(Kind.PHONE, phones.to_e164(text, country))
    except phones.NotAPhone as refusal:
        raise NotAnIdentifier(Kind.PHONE, refusal.plan) from None


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise NotAnIdentifier(Kind.EMAIL) from None
    return text.lower()


def plain_code(text: str) -> str:
    """Return a personal code as it is kept: capitals, nothing between the characters."""
    return _CODE_ORNAMENT.sub("", text).upper()


def users_named(text: str) -> list[User]:
    """Return the logins that `text` may mean: mostly one; an eight-digit number may belong to three countries."""
    text = text.strip()
    if not text or "\x00" in text:
        return []
    if "@" in text:
        named = Q(email=text.lower()) | Q(username=text)
    else:
        named = Q(username__in={text, text.lower(), plain_code(text)}) | Q(phone__in=phones.readings(text))
    return list(User.objects.filter(named).order_by("pk")[:4])


def users_named_in(lines: Iterable[str]) -> dict[str, list[User]]:
    """Return by line the logins that it may mean: some queries for hundreds of lines."""
    wanted = list(dict.fromkeys(line for line in lines if line.strip() and "\x00" not in line))
    found: dict[str, list[User]] = {line: [] for line in wanted}
    for start in range(0, len(wanted), LINES_A_QUERY):
        chunk = wanted[start : start + LINES_A_QUERY]
        names = {line: _names(line.strip()) for line in chunk}
        every = set[str]().union(*names.values())
        asked = Q(username__in=every) | Q(email__in=every) | Q(phone__in=every)
        for user in User.objects.filter(asked).order_by("pk"):
            own = {user.username, user.email, user.phone} - {""}
            for line in chunk:
                if own & names[line]:
                    found[line].append(user)
    return found


def _names(text: str) -> set[str]:
    if "@" in text:
        return {text.lower(), text}
    return {text, text.lower(), plain_code(text), *phones.readings(text)}


def fingerprint(text: str) -> str:
    """Return one word for all spellings of an unknown identifier, under which wrong guesses are counted.

    Guesses at an account that exists are counted by account. If other spellings of one that does not exist were
    counted apart, the count itself would tell which exist: «+502 5555 1234» and «55551234» are therefore one.
    """
    text = text.strip().lower()
    if "@" in text:
        return text
    if phones.looks_like_phone(text):
        return re.sub(r"\D", "", text)[-8:]
    return plain_code(text)
