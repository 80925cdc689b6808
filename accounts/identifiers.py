"""Answers whom somebody means who types an e-mail, a telephone number or a personal code in one field."""

import re
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q

from accounts import phones
from accounts.models import User

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
