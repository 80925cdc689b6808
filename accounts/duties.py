"""Grants and ends duties, and says which of them a login has at this moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts import rights
from accounts.models import Duty, DutyKind, Person, User
from common.clock import now
from programme.models import Country

KEPT_ON = "_duties_in_force"
REASON_LENGTH = 10


class Reason(StrEnum):
    """Why a duty is not granted, or not ended."""

    NOT_ADMINISTRATOR = "not_administrator"
    SELF = "self"
    NO_LOGIN = "no_login"
    NO_EMAIL = "no_email"
    ADMINISTRATOR = "administrator"
    NO_COUNTRY = "no_country"
    NO_END = "no_end"
    ENDS_BEFORE = "ends_before"
    OVER = "over"
    OTHER_KIND = "other_kind"
    HAS_IT = "has_it"
    NO_REASON = "no_reason"
    ENDED = "ended"


class Refused(Exception):
    """Nothing was granted or ended; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def in_force(user: Any) -> list[Duty]:
    """Return the duties of a login today, asked once for each `User` in memory: once a request.

    They are asked of the person to whom they were granted, never of others merged into her: who takes two records
    for one must not hand on what one of them may see.
    """
    if not (user.is_authenticated and user.is_active):
        return []
    # Not `user.__dict__`: a request's user is a lazy object with a dictionary of its own, and would ask twice.
    if not hasattr(user, KEPT_ON):
        rows = Duty.objects.filter(person_id=user.person_id).in_force(timezone.localdate())  # type: ignore[attr-defined]
        setattr(user, KEPT_ON, list(rows.order_by("pk")))
    found: list[Duty] = getattr(user, KEPT_ON)
    return found


def kinds_of(user: Any) -> frozenset[str]:
    """Return the kinds of duty that a login has today. An administrator needs none, and none narrows her."""
    if user.is_superuser:
        return frozenset()
    return frozenset(duty.kind for duty in in_force(user))


def permissions_of(user: Any) -> frozenset[str]:
    """Return what a login may do by its duties."""
    kinds = kinds_of(user)
    return rights.permissions_of(kinds) if kinds else frozenset()


def logins_of(kind: str, countries: Collection[str] = (), *, on: dt.date | None = None) -> QuerySet[User]:
    """Return the logins that have a duty of this kind, for the whole programme or for one of `countries`."""
    rows = Duty.objects.in_force(on or timezone.localdate()).filter(kind=kind)
    reached = rows.filter(Q(country__isnull=True) | Q(country__in=list(countries)))
    users = User.objects.filter(is_active=True, person__in=reached.values("person"))
    return users.select_related("person").order_by("pk")


def reads_only(user: Any) -> bool:
    """Say whether a login may change nothing, whatever its groups allow: who audits or monitors looks on."""
    return bool(kinds_of(user) & {DutyKind.AUDITOR, DutyKind.MONITOR})


def why_not_grant(
    *,
    person: Person,
    kind: str,
    country: Country | None,
    starts_on: dt.date,
    ends_on: dt.date | None,
    reason: str,
    by: User,
) -> Reason | None:
    """Return why `by` may not grant this duty, or None."""
    return (
        _of_who_grants(person, by)
        or _of_dates(kind, starts_on, ends_on)
        or (Reason.NO_COUNTRY if kind == DutyKind.COORDINATOR and country is None else None)
        or (Reason.NO_REASON if len(reason.strip()) < REASON_LENGTH else None)
        or _of_login(person)
        or _of_others(person, kind, country, starts_on)
    )


def _of_who_grants(person: Person, by: User) -> Reason | None:
    if not (by.is_superuser and by.is_active):
        return Reason.NOT_ADMINISTRATOR
    return Reason.SELF if by.person_id == person.pk else None


def _of_dates(kind: str, starts_on: dt.date, ends_on: dt.date | None) -> Reason | None:
    if ends_on is None:
        return Reason.NO_END if kind == DutyKind.AUDITOR else None
    if ends_on < starts_on:
        return Reason.ENDS_BEFORE
    return Reason.OVER if ends_on < timezone.localdate() else None


def _of_login(person: Person) -> Reason | None:
    """A duty is exercised with a password that its owner can regain herself, and a second factor."""
    login = User.objects.filter(person=person, is_active=True).first()
    if login is None:
        return Reason.NO_LOGIN
    if login.is_superuser:
        return Reason.ADMINISTRATOR
    return None if login.email else Reason.NO_EMAIL


def _of_others(person: Person, kind: str, country: Country | None, starts_on: dt.date) -> Reason | None:
    """One kind at a time: who sees figures masked would otherwise look up in a second list who they are."""
    others = Duty.objects.filter(person=person).not_over(max(starts_on, timezone.localdate()))
    if others.exclude(kind=kind).exists():
        return Reason.OTHER_KIND
    return Reason.HAS_IT if others.filter(kind=kind, country=country).exists() else None


def grant(
    *,
    person: Person,
    kind: str,
    country: Country | None = None,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    reason: str,
    by: User,
    at: dt.datetime | None = None,
) -> Duty:
    """Give a person a duty. Raises Refused."""
    with transaction.atomic():
        Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        why = why_not_grant(
            person=person,
            kind=kind,
            country=country,
            starts_on=starts_on,
            ends_on=ends_on,
            reason=reason,
            by=by,
        )
        if why:
            raise Refused(why)
        return Duty.objects.create(
            person=person,
            kind=kind,
            country=country,
            starts_on=starts_on,
            ends_on=ends_on,
            reason=reason.strip(),
            granted_by=by.person,
            granted_at=at or now(),
        )


def end(*, duty: Duty, reason: str, by: User, at: dt.datetime | None = None) -> None:
    """End a duty at this moment: the next request of its owner finds it gone. Raises Refused."""
    if not (by.is_superuser and by.is_active):
        raise Refused(Reason.NOT_ADMINISTRATOR)
    if len(reason.strip()) < REASON_LENGTH:
        raise Refused(Reason.NO_REASON)
    with transaction.atomic():
        locked = Duty.objects.select_for_update(of=("self",)).get(pk=duty.pk)
        if locked.ended_at:
            raise Refused(Reason.ENDED)
        locked.ended_at, locked.ended_by, locked.end_reason = at or now(), by.person, reason.strip()
        locked.save(update_fields=["ended_at", "ended_by", "end_reason"])
