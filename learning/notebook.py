"""The private notebook: what a person writes for herself, and its end after twelve months."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from accounts import retention
from common import clock
from learning.models import Reflection

if TYPE_CHECKING:
    from accounts.models import Person


def keep_note(
    *, person: Person, activity: UUID, block: str, text: str, at: dt.datetime | None = None
) -> None:
    """Keep one note, in place of the one that stood there; an empty text deletes it."""
    place: dict[str, Any] = {"person": person, "activity": activity, "block": block}
    if not text.strip():
        Reflection.objects.filter(**place).delete()
        return
    Reflection.objects.update_or_create(**place, defaults={"text": text, "written_at": at or clock.now()})


def forget_old_notes(*, at: dt.datetime | None = None) -> int:
    """Delete notes past their term, twelve months at most, as the page promises. Returns how many."""
    term = retention.months_before(at or clock.now(), settings.SENDA_RETAIN_NOTES_MONTHS)
    deleted, _kinds = old_notes(term).delete()
    return deleted


def old_notes(cutoff: dt.datetime) -> QuerySet[Reflection]:
    """Return the notes written before `cutoff`."""
    return Reflection.objects.filter(written_at__lt=cutoff)
