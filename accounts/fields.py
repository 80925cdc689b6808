"""Form fields that several account pages share: one secret with a button to show it, one identifier."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SECRET_MAX = 128


class SecretInput(forms.PasswordInput):
    """A password field that a small script can give a «show» button (`static/js/show-secret.js`)."""

    def __init__(self, autocomplete: str) -> None:
        super().__init__(
            attrs={"autocomplete": autocomplete, "autocapitalize": "none", "spellcheck": "false"}
        )

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        """Add the button's words, in the reader's language at the time of rendering."""
        attrs = {**(attrs or {}), "data-show": str(_("Show")), "data-hide": str(_("Hide"))}
        return super().get_context(name, value, attrs)


class SecretField(forms.CharField):
    """A password or PIN, never stripped: a blank may be part of it."""

    def __init__(self, *, autocomplete: str = "current-password", **kwargs: Any) -> None:
        kwargs.setdefault("max_length", SECRET_MAX)
        super().__init__(strip=False, widget=SecretInput(autocomplete), **kwargs)


class BirthYearField(forms.IntegerField):
    """The year of birth of an adult, or nothing."""

    ADULT, OLDEST = 18, 100

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Year of birth"))
        widget = forms.NumberInput(attrs={"autocomplete": "bday-year", "inputmode": "numeric"})
        super().__init__(required=False, widget=widget, **kwargs)

    def validate(self, value: int | None) -> None:
        """Refuse a year in which nobody who learns here was born; asked at the time, not at the start of the site."""
        super().validate(value)
        this_year = timezone.localdate().year
        if value is not None and not this_year - self.OLDEST <= value <= this_year - self.ADULT:
            raise forms.ValidationError(
                _("Write a year between %(first)d and %(last)d, or leave it empty."),
                params={"first": this_year - self.OLDEST, "last": this_year - self.ADULT},
                code="not_an_adults_year",
            )


def identifier_input(autocomplete: str) -> forms.TextInput:
    """Return the field for an e-mail, a number or a code: no capitals, no corrections by the keyboard."""
    return forms.TextInput(
        attrs={
            "autocomplete": autocomplete,
            "autocapitalize": "none",
            "autocorrect": "off",
            "spellcheck": "false",
        }
    )
