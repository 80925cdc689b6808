"""Hands attempts over to whoever made them, when two people who were taken for one are parted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Max

from assessments.models import Attempt

if TYPE_CHECKING:
    from accounts.models import Person


def hand_over(
    *, attempts: Iterable[Attempt], person: Person, context: UUID, signed_in_as: Person | None
) -> int:
    """Put attempts under a person and a context of hers, counted on after her own; returns how many.

    Where she has an attempt open herself, another open one of the same quiz waits where it is: two cannot be open.
    """
    moved = 0
    for row in attempts:
        hers = Attempt.objects.within(context, row.quiz_key, before=row.before)
        if row.submitted_at is None and hers.filter(submitted_at__isnull=True).exists():
            continue
        # She knew before the course what she knew then: nobody has two of these.
        if row.before and Attempt.objects.filter(context=context, before=True).exists():
            continue
        row.number = (hers.aggregate(last=Max("number"))["last"] or 0) + 1
        row.person, row.context, row.signed_in_as = person, context, signed_in_as
        row.save(update_fields=["person", "context", "number", "signed_in_as"])
        moved += 1
    return moved
