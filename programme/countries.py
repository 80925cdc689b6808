"""Answers what the programme's countries are called, for lists of choices and for sentences."""

from __future__ import annotations

from django.utils.translation import get_language

from programme.models import Country
from programme.remembered import remember


def names() -> dict[str, str]:
    """Return the names of the programme's countries by code, in the reader's language and the programme's order.

    Remembered, since every lesson with a variant asks for it.
    """
    return remember(f"country-names.{get_language()}", _names)


def _names() -> dict[str, str]:
    return {country.code: str(country) for country in Country.objects.filter(in_programme=True)}


def all_choices() -> list[tuple[str, str]]:
    """Return every country that anything stands in, for filters, remembered as the others are."""
    return list(remember(f"country-names-all.{get_language()}", _all_names).items())


def _all_names() -> dict[str, str]:
    return {country.code: str(country) for country in Country.objects.all()}


def choices() -> list[tuple[str, str]]:
    """Return the programme's countries; asked when a form is shown, so that the list is never frozen in code."""
    return list(names().items())
