"""Whom a block is for does not wait for a translator: it holds in every language as soon as the source is published."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from django.test import Client

from courses.carrying import carried, carry_all, carry_scopes
from courses.models import LessonPage
from tests.conftest import Role
from tests.countries.conftest import GUATEMALA, SECRET_GT, SECRET_MX, Health
from tests.factories.courses import publish
from tests.factories.learning import enrol
from tests.factories.translations import locale_of, translate_course


def opened(body: Any) -> list[dict[str, Any]]:
    """Return the same blocks, for everybody, with the variants of the others folded."""
    blocks: list[dict[str, Any]] = json.loads(json.dumps(list(body.raw_data), default=str))
    for each in blocks:
        each["value"]["scope"] = {"countries": [], "routes": []}
        if each["type"] == "country":
            each["value"]["mode"] = "others"
    return blocks


@pytest.fixture
def french(health: Health) -> LessonPage:
    """The lesson in French, translated while it was for everybody."""
    narrow = list(health.common.body.raw_data)
    health.common = publish(health.common, body=opened(health.common.body))
    translate_course(health.small, "fr")
    page = LessonPage.objects.get(translation_key=health.common.translation_key, locale=locale_of("fr"))
    page.narrow = copy.deepcopy(narrow)
    return page


def in_french(role: Role, health: Health) -> str:
    answer = role.client.get(f"{health.common.url}?contenido=fr")
    assert answer.status_code == 200
    return answer.content.decode()


def test_amina_reads_only_her_countrys_text_in_french_as_soon_as_the_source_says_so(
    health: Health, french: LessonPage, amina: Role
) -> None:
    enrol(amina.person, health.course)
    before = in_french(amina, health)
    assert all(text in before for text in (GUATEMALA, SECRET_GT, SECRET_MX))
    publish(health.common, body=french.narrow)
    after = in_french(amina, health)
    assert SECRET_MX in after
    assert [text in after for text in (GUATEMALA, SECRET_GT)] == [False, False]


def test_no_search_finds_it_and_the_next_publication_of_the_french_brings_nothing_back(
    health: Health, french: LessonPage, amina: Role
) -> None:
    enrol(amina.person, health.course)
    publish(health.common, body=french.narrow)
    for language in ("fr", "es"):
        found = Client(headers={"accept-language": language}).get("/buscar/?q=jade").content.decode()
        assert SECRET_GT not in found
    page = LessonPage.objects.get(pk=french.pk)
    assert SECRET_GT not in page.seen_text()
    page.get_latest_revision().publish()
    assert SECRET_GT not in in_french(amina, health)


def test_the_words_stay_and_nothing_is_written_where_nothing_changed(
    health: Health, french: LessonPage
) -> None:
    words = LessonPage.objects.get(pk=french.pk).seen_text()
    assert carry_scopes(health.common) == 0
    publish(health.common, body=french.narrow)
    page = LessonPage.objects.get(pk=french.pk)
    assert "[fr] " in page.seen_text()
    assert page.title in words or page.title.startswith("[fr]")
    assert carry_all() == 0


def test_the_night_reaches_what_was_translated_before_there_was_this_rule(
    health: Health, french: LessonPage
) -> None:
    body = health.common._meta.get_field("body").to_python(json.dumps(french.narrow, default=str))
    LessonPage.objects.filter(pk=health.common.pk).update(body=body)
    assert carry_all() == 1
    assert SECRET_GT not in LessonPage.objects.get(pk=french.pk).seen_text()


def test_what_the_source_has_no_more_stays_as_it_was() -> None:
    source = [{"id": "a", "type": "text", "value": {"text": "uno", "scope": {"countries": ["MX"]}}}]
    target = [
        {"id": "a", "type": "text", "value": {"text": "un", "scope": {"countries": []}}},
        {"id": "b", "type": "text", "value": {"text": "deux", "scope": {"countries": ["GT"]}}},
    ]
    found = carried(source, target)
    assert found[0]["value"] == {"text": "un", "scope": {"countries": ["MX"]}}
    assert found[1] == target[1]
