"""The forms by which staff merge two people, say that they are two, and undo a merge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from institutions.staff.alike import Pair


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("How you know"),
        min_length=10,
        max_length=200,
        help_text=_("Kept with your name. Write no names here: «She told me so by telephone»."),
    )


class MergeForm(forms.Form):
    """Whose record stands for her from now on, and how one knows."""

    into = forms.ChoiceField(label=_("The record that stands for her"), widget=forms.RadioSelect)
    reason = _reason()

    def __init__(self, *args: Any, pair: Pair, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (str(side.pk), f"{letter}: {side.name}") for letter, side in zip("AB", pair.sides, strict=True)
        ]
        self.fields["into"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class UndoForm(forms.Form):
    """Why a merge was a mistake."""

    reason = _reason()
