"""Keeping a page from people of other countries is a measure of safety: it holds from its publication, not from the
release of the version that follows.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from courses import versions
from courses.models import LessonPage, ModulePage, QuizPage, VersionProposal
from learning.models import ActivityCompletion, Completion, Enrolment
from learning.words import SHUT
from tests.conftest import Role
from tests.countries.conftest import Health
from tests.factories.accounts import country
from tests.factories.courses import committed, publish
from tests.factories.learning import do, enrol, tells_details, try_quiz
from tests.learning.pages import press

CLOSED = str(SHUT)


def keep_for(page: Any, *codes: str, others: str = "none") -> Any:
    """Publish `page` for these countries alone, as an editor does; what waits for a release goes on waiting."""
    page.countries = [country(code) for code in codes]
    page.others = others
    with committed():
        return publish(page)


@pytest.fixture
def guatemala(health: Health, farid: Role) -> Enrolment:
    return enrol(farid.person, health.course)


@pytest.fixture
def mexico(health: Health, amina: Role) -> Enrolment:
    return enrol(amina.person, health.course)


def test_a_published_lesson_narrowed_to_guatemala_is_gone_for_amina_at_once(
    health: Health, amina: Role, farid: Role, mexico: Enrolment, guatemala: Enrolment
) -> None:
    assert amina.client.get(health.common.url).status_code == 200
    keep_for(health.common, "GT")
    assert VersionProposal.objects.filter(state="open").exists()
    assert amina.client.get(health.common.url).status_code == 404
    assert Client().get(health.common.url).status_code == 404
    assert farid.client.get(health.common.url).status_code == 200


def test_its_name_stands_on_none_of_her_pages_and_in_no_search(
    health: Health, amina: Role, mexico: Enrolment
) -> None:
    keep_for(health.common, "GT")
    for address in (health.small.page.url, health.mexico.url, "/aprender/", "/buscar/?q=derecho"):
        assert f">{health.common.title}<" not in amina.client.get(address).content.decode(), address
    assert health.common.url not in Client().get(health.small.page.url).content.decode()


def test_no_form_of_it_is_answered_any_more(health: Health, amina: Role, mexico: Enrolment) -> None:
    key = health.common.translation_key
    keep_for(health.common, "GT")
    for act in ("terminar", "saltar", "cuaderno"):
        assert (
            press(amina, f"/aprender/actividad/{key}/{act}/", {"block": "a", "text": "b"}).status_code == 404
        )
    assert not ActivityCompletion.objects.exists()


def test_a_translation_of_it_is_shut_with_it(health: Health, amina: Role, mexico: Enrolment) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    health.common.copy_for_translation(english, copy_parents=True)
    for model in (ModulePage, LessonPage):
        model.objects.filter(locale=english).update(live=True)
    address = f"{health.common.url}?contenido=en"
    assert amina.client.get(address).status_code == 200
    keep_for(health.common, "GT")
    assert amina.client.get(address).status_code == 404


def test_her_course_says_why_it_is_not_complete_and_the_release_settles_it(
    health: Health, amina: Role, bruno: Role, mexico: Enrolment
) -> None:
    tells_details(amina.person)
    do(mexico, health.mexico.translation_key)
    try_quiz(mexico)
    keep_for(health.common, "GT")
    page = amina.client.get(health.small.page.url).content.decode()
    assert CLOSED in page
    assert not Completion.objects.exists()
    proposal = VersionProposal.objects.get(state="open")
    with committed():
        versions.release(proposal=proposal, by=bruno.person, completes_learners=True)
    assert Completion.objects.get().enrolment == mexico
    assert CLOSED not in amina.client.get(health.small.page.url).content.decode()


def test_what_she_did_in_it_stays_hers(health: Health, amina: Role, mexico: Enrolment) -> None:
    do(mexico, health.common.translation_key)
    keep_for(health.common, "GT")
    assert mexico.done.count() == 1
    assert CLOSED not in amina.client.get(health.small.page.url).content.decode()


def test_a_wider_page_waits_for_the_release(health: Health, amina: Role, mexico: Enrolment) -> None:
    for codes in (["GT", "MX"], []):
        keep_for(health.hidden, *codes)
        assert amina.client.get(health.hidden.url).status_code == 404
        assert health.hidden.title not in amina.client.get(health.small.page.url).content.decode()
    with committed():
        versions.release(proposal=VersionProposal.objects.get(state="open"), by=amina.person)
    assert amina.client.get(health.hidden.url).status_code == 200


def test_a_stale_translation_shuts_nobody_out_of_what_the_source_opened(
    health: Health, amina: Role, mexico: Enrolment
) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    health.hidden.copy_for_translation(english, copy_parents=True).get_latest_revision().publish()
    keep_for(health.hidden, "GT", "MX")
    with committed():
        versions.release(proposal=VersionProposal.objects.get(state="open"), by=amina.person)
    assert (
        LessonPage.objects.get(
            translation_key=health.hidden.translation_key, locale=english
        ).countries.count()
        == 1
    )
    assert amina.client.get(health.hidden.url).status_code == 200


def test_an_attempt_already_begun_at_a_quiz_is_still_handed_in(
    health: Health, amina: Role, mexico: Enrolment
) -> None:
    quiz_page: QuizPage = health.small.quiz_page  # type: ignore[assignment]
    start = f"/aprender/actividad/{quiz_page.translation_key}/prueba/"
    begun = press(amina, start)
    assert begun.status_code == 302
    keep_for(quiz_page, "GT")
    assert amina.client.get(quiz_page.url).status_code == 404
    assert press(amina, start).status_code == 404
    assert amina.client.get(begun.url, follow=True).status_code == 200


def test_the_lesson_page_asks_the_database_no_more_for_it(
    health: Health, amina: Role, mexico: Enrolment
) -> None:
    def asked() -> int:
        amina.client.get(health.common.url)
        with CaptureQueriesContext(connection) as queries:
            amina.client.get(health.common.url)
        return len(queries)

    before = asked()
    keep_for(health.hidden, "GT", others="read")
    keep_for(health.common, "MX")
    assert asked() == before
