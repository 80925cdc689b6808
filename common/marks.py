"""Refuses, when an author saves, a mark «[[por verificar: …» that is not closed: she would not see what it hides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.text import has_open_mark

OPEN_MARK = _(
    "The mark «[[por verificar: …]]» must be closed with «]]» in the same paragraph, and hold no other brackets."
)
Judge = Callable[[models.Field[Any, Any], Any], bool]


def plain_judge(field: models.Field[Any, Any], value: Any) -> bool:
    """Say whether a field of plain text holds a mark that is not closed in good order."""
    return isinstance(value, str) and has_open_mark(value)


def refuse_open_marks(instance: models.Model, judge: Judge = plain_judge) -> None:
    """Raise ValidationError with every editable field of `instance` in which `judge` finds an open mark."""
    errors: dict[str, Promise] = {
        field.name: OPEN_MARK
        for field in instance._meta.concrete_fields
        if field.editable and judge(field, field.value_from_object(instance))
    }
    if errors:
        raise ValidationError(errors)
