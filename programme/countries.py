"""Answers what the programme's countries are called, for lists of choices and for sentences."""

from __future__ import annotations

from django.core.cache import cache
from django.utils.translation import get_language

from programme.models import Country

KEPT_SECONDS = 300


def names() -> dict[str, str]:
    """Return the names of the programme's countries by code, in the reader's language and the programme's order.

    Kept for five minutes: a name changes once in a generation, and every lesson with a variant asks for it.
    """
    key = f"country-names:{get_language()}"
    found = cache.get(key)
    if not found:
        found = {country.code: str(country) for country in Country.objects.filter(in_programme=True)}
        cache.set(key, found, KEPT_SECONDS)
    return found


def choices() -> list[tuple[str, str]]:
    """Return the programme's countries; asked when a form is shown, so that the list is never frozen in code."""
    return list(names().items())
