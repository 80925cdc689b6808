"""Answers which country's text is the reader's own, and what the countries are called."""

from typing import Any

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


def own_country(study: Any) -> str:
    """Return the code of the reader's country of work; empty when nobody knows it."""
    country = getattr(study, "country", None)
    return str(getattr(country, "code", country) or "")


def part_variants(variants: list[Any], *, study: Any, with_others: bool) -> dict[str, Any]:
    """Part country texts into the reader's own and the others, each with the country's name."""
    known, mine = names(), own_country(study)
    named = [
        {"name": known.get(v["country"], v["country"]), "code": v["country"], "text": v["text"]}
        for v in variants
    ]
    own = next((variant for variant in named if variant["code"] == mine), None)
    others = [variant for variant in named if variant["code"] != mine] if with_others else []
    return {"own": own, "others": others}
