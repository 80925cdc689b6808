"""Compares fields of two revisions in words: what there was not is nothing and no «None», and keys that an editor's
script puts into running text are no change.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.html import escape
from wagtail.admin.compare import (
    FieldComparison,
    RichTextFieldComparison,
    StreamFieldComparison,
    TextDiff,
    register_comparison_class,
)
from wagtail.fields import RichTextField, StreamField


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


# The editor names each paragraph anew; nobody reads that.
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


def without_keys(value: Any) -> Any:
    """Return a value as it is kept in JSON, its running texts without the editor's keys."""
    if isinstance(value, str):
        return BLOCK_KEY.sub("", value)
    if isinstance(value, dict):
        return {name: without_keys(each) for name, each in value.items()}
    return [without_keys(each) for each in value] if isinstance(value, list | tuple) else value


class TextComparison(RichTextFieldComparison):
    """Compares running text."""

    val_a: Any
    val_b: Any

    def __init__(self, field: models.Field, obj_a: models.Model, obj_b: models.Model) -> None:
        super().__init__(field, obj_a, obj_b)
        self.val_a, self.val_b = without_keys(self.val_a), without_keys(self.val_b)


class BlocksComparison(StreamFieldComparison):
    """Compares the blocks of a text."""

    val_a: Any
    val_b: Any

    def __init__(self, field: StreamField, obj_a: models.Model, obj_b: models.Model) -> None:
        super().__init__(field, obj_a, obj_b)
        block = field.stream_block
        self.val_a, self.val_b = (
            block.to_python(without_keys(block.get_prep_value(value))) for value in (self.val_a, self.val_b)
        )


register_comparison_class(RichTextField, comparison_class=TextComparison)
register_comparison_class(StreamField, comparison_class=BlocksComparison)
for kind in (models.DateField, models.IntegerField, models.DecimalField):
    register_comparison_class(kind, comparison_class=PlainComparison)
