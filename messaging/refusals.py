"""What people do not want to be written to about, and the signed address by which they say so without signing in."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from accounts.models import Person
from common import clock
from messaging.models import Kind, Refusal

if TYPE_CHECKING:
    import datetime as dt

_SIGNER = signing.Signer(salt="messaging.refusals")


def refused(person: Person) -> set[str]:
    """Return the kinds that a person refuses, with whichever record she said so."""
    rows = Refusal.objects.filter(person__canonical_id=person.canonical_id)
    return set(rows.values_list("kind", flat=True))


def refuse(*, person: Person, kind: str, at: dt.datetime | None = None) -> None:
    """Note that a person wants no mails of a kind; said twice it changes nothing more."""
    Refusal.objects.get_or_create(person=person.kept, kind=kind, defaults={"at": at or clock.now()})


def choose(*, person: Person, wanted: Collection[str], at: dt.datetime | None = None) -> None:
    """Let a person have just the kinds that she wants."""
    with transaction.atomic():
        for kind in Kind.values:
            if kind in wanted:
                Refusal.objects.filter(person__canonical_id=person.canonical_id, kind=kind).delete()
            else:
                refuse(person=person, kind=kind, at=at)


def address_of(person: Person, kind: str) -> str:
    """Return the whole address at which she says no to a kind. It opens nothing else."""
    token = _SIGNER.sign_object([str(person.key), kind])
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("messaging:refuse", kwargs={"token": token})


def read(token: str) -> tuple[Person, Kind] | None:
    """Return whose address it is and for which kind; None for one that is forged or of nobody who is there."""
    try:
        key, kind = _SIGNER.unsign_object(token)
        person = Person.objects.filter(key=UUID(key), erased_at__isnull=True).first()
        return (person, Kind(kind)) if person else None
    except (signing.BadSignature, ValueError, TypeError):
        return None
