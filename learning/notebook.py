"""The private notebook: what a person writes for herself, and its end after twelve months."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from common import clock
from learning.models import Reflection

if TYPE_CHECKING:
    from accounts.models import Person

KEPT_FOR = dt.timedelta(days=365)


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
    """Delete notes older than twelve months, as the page promises. Returns how many."""
    deleted, _kinds = Reflection.objects.filter(written_at__lt=(at or clock.now()) - KEPT_FOR).delete()
    return deleted
