"""Answers for whom a lesson is being rendered, and which country's text is her own."""

from typing import Any

from programme.countries import names
from programme.scope import Reader

__all__ = ["names", "own_country", "part_variants", "reader_in"]


def own_country(study: Any) -> str:
    """Return the code of the reader's country of work; empty when nobody knows it."""
    country = getattr(study, "country", None)
    return str(getattr(country, "code", country) or "")


def reader_in(context: Any) -> Reader:
    """Return for whom a block is rendered. A page without a learner's own part (anonymous, an editor on the live
    site) knows neither country nor stages; an address or a cookie is never asked.
    """
    study = (context or {}).get("study")
    return Reader(own_country(study), frozenset(getattr(study, "routes", ())))


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
