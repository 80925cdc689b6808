"""What is for one country alone is told in no other: not by a page, a cache, a search, a file, a cookie or a form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from courses.models import LessonPage
from courses.remembered import remember
from learning.models import Enrolment
from programme.scope import Reader
from tests.conftest import Role
from tests.countries.conftest import COMMON, GUATEMALA, MEXICO, SECRET_GT, SECRET_MX, TRANSIT, Health
from tests.factories.accounts import UserFactory, country
from tests.factories.learning import enrol, institution


@pytest.fixture
def shelter_of_transit(db: Any) -> Any:
    return institution("Casa del Migrante", code="GT", route_stages=["transit"])


def read(role: Role, page: LessonPage, **options: Any) -> str:
    answer = role.client.get(page.url, **options)
    assert answer.status_code == 200
    return answer.content.decode()


def says(html: str, *texts: str) -> list[bool]:
    return [text in html for text in texts]


def test_each_reads_her_own_country(health: Health, amina: Role, farid: Role) -> None:
    enrol(amina.person, health.course), enrol(farid.person, health.course)
    assert says(read(amina, health.common), COMMON, MEXICO, SECRET_MX) == [True] * 3
    assert says(read(amina, health.common), GUATEMALA, TRANSIT, SECRET_GT) == [False] * 3
    assert says(read(farid, health.common), COMMON, GUATEMALA, TRANSIT, SECRET_GT) == [True] * 4
    assert says(read(farid, health.common), MEXICO, SECRET_MX) == [False] * 2


def test_the_stage_of_the_route_narrows_only_whose_stage_is_known(
    health: Health, dalia: Role, shelter_of_transit: Any
) -> None:
    hers = enrol(dalia.person, health.course, institution=shelter_of_transit)
    assert TRANSIT in read(dalia, health.common)
    Enrolment.objects.filter(pk=hers.pk).update(at_route_stages=["return"])
    assert says(read(dalia, health.common), GUATEMALA, TRANSIT) == [True, False]


def test_a_page_that_mexico_filled_tells_guatemala_nothing(health: Health, amina: Role, farid: Role) -> None:
    enrol(amina.person, health.course), enrol(farid.person, health.course)
    cache.clear()
    assert says(read(amina, health.small.page), "Módulo de México", "Solo Guatemala") == [True, False]
    assert SECRET_MX in read(amina, health.common)
    assert says(read(farid, health.common), SECRET_MX, SECRET_GT) == [False, True]
    assert "Solo Guatemala" in read(farid, health.small.page)
    # Now the cache is full of Guatemala's: Amina and a visitor read again.
    assert says(read(amina, health.small.page), "Solo Guatemala") == [False]
    assert "Solo Guatemala" not in Client().get(health.small.page.url).content.decode()


@pytest.mark.parametrize("other", [{"language": "en"}, {"reader": Reader("GT")}, {"sight": "visitor"}])
def test_what_is_remembered_parts_languages_countries_and_sights(other: dict[str, Any]) -> None:
    first = {"language": "es", "reader": Reader("MX"), "sight": "learner"}
    assert remember("una vista", lambda: "de Amina", **first) == "de Amina"
    assert remember("una vista", lambda: "de otra", **first) == "de Amina"
    assert remember("una vista", lambda: "de otra", **{**first, **other}) == "de otra"


def test_a_lesson_of_one_country_alone_is_404_to_all_others(
    health: Health, amina: Role, farid: Role, chipo: Role
) -> None:
    enrol(amina.person, health.course), enrol(farid.person, health.course)
    assert farid.client.get(health.hidden.url).status_code == 200
    for client in (amina.client, chipo.client, Client()):
        assert client.get(health.hidden.url).status_code == 404


def test_a_translation_not_yet_synchronised_does_not_tell_it_either(health: Health) -> None:
    from wagtail.models import Locale

    english = Locale.objects.get_or_create(language_code="en")[0]
    page = LessonPage.objects.get(pk=health.mexico.pk)
    page.copy_for_translation(english, copy_parents=True).get_latest_revision().publish()
    translated = LessonPage.objects.get(translation_key=page.translation_key, locale=english)
    assert not translated.is_own_only
    LessonPage.objects.filter(pk=page.pk).update(others="none")
    assert translated.is_own_only


@pytest.mark.parametrize("typed", ["Refugio ámbar", "zafiro", "jade", "Solo Guatemala", "Decreto"])
@pytest.mark.parametrize("address", ["/buscar/?q=", "/cursos/?q="])
def test_the_search_finds_it_for_nobody(health: Health, farid: Role, typed: str, address: str) -> None:
    call_command("rebuild_references_index", verbosity=0)
    enrol(farid.person, health.course)
    for client in (Client(), farid.client):
        html = client.get(address + typed).content.decode().replace(typed, "", 99)
        assert not any(says(html, "ámbar", "zafiro", "jade", "Solo Guatemala", "44-2016"))
    assert not any(says(health.common.seen_text(), SECRET_MX, SECRET_GT, MEXICO, GUATEMALA))


def test_a_forged_cookie_address_or_header_changes_nothing(health: Health, amina: Role) -> None:
    enrol(amina.person, health.course)
    amina.client.cookies["country"] = amina.client.cookies["pais"] = "GT"
    amina.client.cookies["django_language"] = "../GT"
    honest = [False, False, True]
    for query in ("", "?country=GT", "?pais=GT&routes=transit", "?editing=1&is_preview=1", "?study=GT"):
        html = read(amina, health.common, **({} if not query else {"QUERY_STRING": query[1:]}))
        assert says(html, GUATEMALA, SECRET_GT, SECRET_MX) == honest
    html = read(amina, health.common, HTTP_ACCEPT_LANGUAGE="es-GT", HTTP_CF_IPCOUNTRY="GT")
    assert says(html, GUATEMALA, SECRET_GT, SECRET_MX) == honest
    assert amina.client.get(f"{health.hidden.url}?country=GT").status_code == 404


def test_only_an_editor_s_preview_shows_all_and_says_for_whom(health: Health, amina: Role) -> None:
    boss = UserFactory(email="jefa@senda.example", is_staff=True, is_superuser=True)
    html = health.common.make_preview_request(extra_request_attrs={"user": boss}).content.decode()
    assert all(says(html, MEXICO, GUATEMALA, TRANSIT, SECRET_MX, SECRET_GT))
    assert "Guatemala · tránsito" in html
    editor = Client()
    editor.force_login(boss)
    live = editor.get(health.common.url).content.decode()
    assert says(live, COMMON, MEXICO, GUATEMALA, SECRET_MX, SECRET_GT) == [True, False, False, False, False]


def test_her_download_holds_nothing_of_another_country(health: Health, amina: Role) -> None:
    from accounts import privacy

    enrol(amina.person, health.course)
    told = str(privacy.export_person(amina.person))
    assert not any(says(told, "Solo Guatemala", SECRET_GT, GUATEMALA))


def test_a_note_cannot_be_pinned_to_a_question_of_another_country(health: Health, amina: Role) -> None:
    from courses.gate import notebook_questions
    from tests.blocks.lessons import raw
    from tests.factories.courses import publish

    asked = {"prompt": "¿Y en Guatemala?", "help": "", "scope": {"countries": ["GT"], "routes": []}}
    page = publish(health.common, body=[raw("reflection", asked)])
    key: UUID = page.translation_key
    assert notebook_questions(key, Reader("MX")) == frozenset()
    assert notebook_questions(key, Reader("GT")) == {str(page.body[0].id)}
    assert country("MX").pk == "MX"
