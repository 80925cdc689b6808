"""Answers what a person consents to now, and keeps each yes and no with its date and its notice."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts import notice
from accounts.models import Consent, Person
from common.clock import now

# What a person decides; to have read the notice is no decision.
VOLUNTARY = (Consent.Purpose.SHARE_EMPLOYER, Consent.Purpose.FOLLOW_UP)


def give(
    *, person: Person, purpose: str, notice_version: str | None = None, at: dt.datetime | None = None
) -> None:
    """Keep that a person agreed. Agreeing twice is agreeing once; agreeing under a later notice begins a new row."""
    version, moment = notice_version or settings.SENDA_NOTICE_VERSION, at or now()
    try:
        with transaction.atomic():
            held = Consent.objects.filter(person=person, purpose=purpose).in_force()
            held.exclude(notice_version=version).update(renewed_at=moment)
            if not held.exists():
                Consent.objects.create(
                    person=person, purpose=purpose, notice_version=version, given_at=moment
                )
    except IntegrityError:
        return  # the other click of a double one was first (consent_in_force_once)


def withdraw(*, person: Person, purpose: str, at: dt.datetime | None = None) -> bool:
    """Keep that a person took a consent back, for every account merged with hers; return whether one was in force."""
    return bool(
        Consent.objects.of(person).in_force().filter(purpose=purpose).update(withdrawn_at=at or now())
    )


def allows(person: Person, purpose: str) -> bool:
    """Say whether a person consents to a purpose at this moment, under a notice that still says the same of it."""
    return standing(purpose).filter(person__canonical_id=person.canonical_id).exists()


def standing(purpose: str) -> QuerySet[Consent]:
    """Return the consents to `purpose` that count now, for questions about many people.

    One given under a notice whose words on this purpose have changed since does not count until it is given anew.
    For an employer's list: `.filter(person_id__in=standing("share_employer").values("person__canonical_id"))`.
    """
    return Consent.objects.in_force().filter(
        purpose=purpose, notice_version__in=notice.versions_that_count(purpose)
    )


def to_ask(person: Person) -> list[str]:
    """Return what the notice in force asks of her again: the notice itself, or a purpose whose words changed."""
    held = dict(Consent.objects.of(person).in_force().values_list("purpose", "notice_version"))
    asked = [
        purpose
        for purpose in VOLUNTARY
        if purpose in held and held[purpose] not in notice.versions_that_count(purpose)
    ]
    if held.get(Consent.Purpose.COURSES) != settings.SENDA_NOTICE_VERSION:
        asked.insert(0, Consent.Purpose.COURSES)
    return [str(purpose) for purpose in asked]


def acknowledge(*, person: Person, at: dt.datetime | None = None) -> None:
    """Keep that a person read the notice in force."""
    give(person=person, purpose=Consent.Purpose.COURSES, at=at)
