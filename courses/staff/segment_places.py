"""Tells a translator for whom the text in front of her is: of four texts that are alike each is another country's."""

from __future__ import annotations

from typing import Any

from wagtail.blocks import StreamValue
from wagtail_localize.views import edit_translation

from courses.blocks.scoping import scope_of, scope_words
from programme.countries import names

_their_place = edit_translation.get_segment_location_info


def install() -> None:
    """Put our answer in the place of wagtail-localize's."""
    edit_translation.get_segment_location_info = place_of


def place_of(
    source: Any, tabs: Any, content_path: str, field_path: str, widget: bool = False
) -> dict[str, Any]:
    """Return where a text stands, with the words for whom it is."""
    place = _their_place(source, tabs, content_path, field_path, widget)
    whom = whose(source, content_path.split("."))
    return {**place, "subField": " · ".join(filter(None, (str(place["subField"] or ""), whom))) or None}


def whose(source: Any, path: list[str]) -> str:
    """Return whom the text at `path` is for: the country of a variant, the countries and stages of its block."""
    stream = getattr(source, path[0], None)
    if not isinstance(stream, StreamValue) or len(path) < 2:
        return ""
    value = _found(stream.raw_data, path[1])
    words = [scope_words(scope_of(value))]
    if "variants" in path and isinstance(value, dict):
        variant = _found(value.get("variants", ()), path[path.index("variants") + 1])
        code = variant.get("country", "") if isinstance(variant, dict) else ""
        words.insert(0, names().get(code, code))
    return " · ".join(filter(None, words))


def _found(entries: Any, key: str) -> Any:
    """Return the value of the entry with this id: the source may have been written anew since."""
    return next((entry["value"] for entry in entries if entry.get("id") == key), None)
