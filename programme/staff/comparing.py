"""Compares days, numbers and other plain fields of two revisions: what there was not is nothing, and no «None»."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.html import escape
from wagtail.admin.compare import FieldComparison, TextDiff, register_comparison_class


def shown(value: Any) -> str:
    """Return a value as its reader writes it; nothing for none."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    return date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, dt.date) else localize(value)


class PlainComparison(FieldComparison):
    """Shows both values in words."""

    val_a: str
    val_b: str

    def __init__(self, field: models.Field, obj_a: models.Model, obj_b: models.Model) -> None:
        super().__init__(field, obj_a, obj_b)
        self.val_a, self.val_b = shown(self.val_a), shown(self.val_b)

    def htmldiff(self) -> str:
        """Return what was and what is, with room between them."""
        if not self.has_changed():
            return escape(self.val_a)
        said = [
            (kind, value) for kind, value in (("deletion", self.val_a), ("addition", self.val_b)) if value
        ]
        return str(TextDiff(said, separator=" ").to_html())


for kind in (models.DateField, models.IntegerField, models.DecimalField):
    register_comparison_class(kind, comparison_class=PlainComparison)
