"""Gives an open question that came without criteria one for all of it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from assessments.content import Kind
from assessments.exchange.items import Item, ItemChoice, Why


def with_a_criterion(item: Item) -> Item:
    """Return an open question that can be read by a rubric."""
    item.kind = Kind.FREE
    if not item.choices:
        item.choices = [ItemChoice(_("Does what was asked"))]
        item.note(Why.NO_RUBRIC)
    return item
