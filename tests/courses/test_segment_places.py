"""Bruno translates a lesson in which four countries say the same: beside each text stands whose it is."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from django.urls import reverse

from tests.factories.accounts import country
from tests.factories.courses import publish
from tests.factories.translations import translate

OFFICE = "Presenta tu documento en la oficina."


def variant(code: str) -> dict[str, Any]:
    return {"country": code, "text": f"<p>{OFFICE}</p>"}


def places(page: str) -> dict[str, list[str]]:
    """Return what stands above each text in the editor."""
    props = json.loads(html.unescape(re.search(r'data-props="([^"]*)"', page)[1]))
    found: dict[str, list[str]] = {}
    for segment in props["segments"]:
        found.setdefault(segment.get("source", ""), []).append(segment["location"]["subField"])
    return found


def test_each_text_of_a_country_names_the_country(small, office):
    for code in ("MX", "GT"):
        country(code)
    guatemala = {"countries": ["GT"], "routes": []}
    body = [
        ("country", {"title": "Trámite", "mode": "others", "variants": [variant("MX"), variant("GT")]}),
        ("text", {"text": "<p>Solo allí.</p>", "scope": guatemala}),
        ("text", {"text": "<p>En todas partes.</p>"}),
    ]
    lesson = publish(small.lessons[0], body=body)
    for part in [small.index.get_parent().specific, small.index, small.page, small.module]:
        translate(part, "fr")
    french = translate(lesson, "fr")
    page = office.get(reverse("wagtailadmin_pages:edit", args=[french.pk])).text
    found = places(page)
    assert found[OFFICE] == ["Países · México", "Países · Guatemala"]
    assert found["Solo allí."] == ["Texto · Solo: Guatemala"]
    assert found["En todas partes."] == ["Texto"]
    assert found["Lección 1"] == [None]


def test_the_button_that_publishes_has_a_blank_before_the_language(office):
    words = office.get(reverse("wagtail_localize:javascript_catalog")).text
    assert '"Publish in ": "Publicar en "' in words
