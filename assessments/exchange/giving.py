"""Gives questions of the bank out, in the order in which they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.models import Locale

from assessments.exchange.taking import item_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from assessments.exchange.items import Item
    from assessments.models import Question


def given(questions: QuerySet[Question]) -> list[Item]:
    """Return the originals among questions as items; a translation goes with its original and is not written."""
    rows = questions.filter(locale=Locale.get_default()).select_related("picture")
    rows = rows.prefetch_related("tags")  # type: ignore[misc]  # taggit's manager can be
    return [item_of(row) for row in rows.order_by("pk")]
