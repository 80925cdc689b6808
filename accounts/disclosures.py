"""Keeps that somebody saw or exported things of people, and tells people of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.db import transaction

from accounts import duties
from accounts.models import Act, DisclosedPerson, Disclosure, Person, Role, User
from common.clock import now

A_BATCH = 2_000
REASON_LENGTH = 10
REASON_AT_MOST = 300


_words: dict[str, Any] = {}


def call(what: str, words: Any) -> None:
    """Give words to the key of a list or screen, under which its disclosures are kept."""
    _words[what] = words


def words_of(what: str) -> str:
    """Return how a list or screen is called."""
    return str(_words.get(what, what))


def all_words() -> list[tuple[str, str]]:
    """Return the keys of all lists and screens with their words."""
    return [(what, str(words)) for what, words in _words.items()]


class NoReason(Exception):
    """Something with names was to be exported and nobody said what for."""


def keep(
    *,
    by: Person,
    act: Act,
    what: str,
    reason: str = "",
    rows: int = 1,
    of: Person | None = None,
    institution_id: int | None = None,
    people: Iterable[int] = (),
    role: str = "",
    narrowed: str = "",
    at: dt.datetime | None = None,
) -> Disclosure:
    """Keep one act. `people` are the keys of those who stand in an export; `role` is asked of the login if not said.

    Raises NoReason for an export without one.
    """
    said = reason.strip()[:REASON_AT_MOST]
    if act == Act.EXPORTED and len(said) < REASON_LENGTH:
        raise NoReason
    with transaction.atomic():
        kept = Disclosure.objects.create(
            at=at or now(),
            narrowed=narrowed,
            by=by,
            role=role or role_of(by),
            act=act,
            what=what,
            reason=said,
            rows=rows,
            of=of,
            institution_id=institution_id,
        )
        name(kept, people)
    return kept


def name(kept: Disclosure, people: Iterable[int]) -> None:
    """Link the people of an export, some at a time: there may be two hundred thousand."""
    rows = (DisclosedPerson(disclosure=kept, person_id=pk) for pk in people)
    while some := list(islice(rows, A_BATCH)):
        DisclosedPerson.objects.bulk_create(some, ignore_conflicts=True)


def seen(*, by: Person, what: str, of: Person, role: str = "", at: dt.datetime | None = None) -> None:
    """Keep that `by` looked at somebody else's things; once a day is enough to say so."""
    moment = at or now()
    if by.pk == of.pk:
        return
    same = Disclosure.objects.filter(by=by, what=what, of=of, act=Act.VIEWED)
    if not same.filter(at__gt=moment - dt.timedelta(days=1)).exists():
        keep(by=by, act=Act.VIEWED, what=what, of=of, role=role, at=moment)


def role_of(person: Person) -> str:
    """Return as what a person acts in the admin today."""
    login = User.objects.filter(person=person).first()
    return role_of_login(login) if login else Role.STAFF


def role_of_login(login: User) -> str:
    """Return as what a login acts in the admin today; of a request's own it costs no query more."""
    if login.is_superuser:
        return Role.ADMINISTRATOR
    return next(iter(sorted(duties.kinds_of(login))), Role.STAFF)
