"""A model field for a short list of codes out of a closed list, ticked in a form and kept as JSON."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst


class CodesField(models.JSONField):
    """Codes such as `["MX", "GT"]`, in the order of the choices. Of a snippet they belong to its revisions, which a
    many-to-many relation of a plain model would not.
    """

    def __init__(self, *args: Any, codes: Any = (), **kwargs: Any) -> None:
        self.codes = codes
        super().__init__(*args, **{"default": list, "blank": True, **kwargs})

    def formfield(self, **kwargs: Any) -> forms.Field:  # type: ignore[override]  # no JSON is typed here
        """Return boxes to tick."""
        return forms.MultipleChoiceField(
            choices=self.codes,
            required=False,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Refuse what is no list of codes; an empty one is as good as none."""
        return super().clean(list(value or ()), model_instance)
