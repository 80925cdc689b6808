"""A quiz in a real browser: saved when given, over a lost connection, after an ended session, without JavaScript."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from assessments.models import AttemptAnswer
from tests.assessments.conftest import right
from tests.plugins.browser import axe, overflows

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def as_amina(live_server, amina):
    """Put Amina's session into a page."""

    def enter(page):
        client = Client()
        client.force_login(amina)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        return page

    return enter


def address(attempt, n: int = 1) -> str:
    return reverse("assessments:question", args=[attempt.key, n])


def choice(attempt, n: int = 1) -> str:
    return f'input[value="{right(attempt, n)[0]}"]'


def kept() -> list[list[str]]:
    return list(AttemptAnswer.objects.values_list("chosen", flat=True))


def test_an_answer_is_saved_as_soon_as_it_is_given(phone, as_amina, attempt):
    page = as_amina(phone)
    page.goto(address(attempt))
    page.check(choice(attempt), force=True)
    page.wait_for_selector("[data-status] .saved")
    assert kept() == [right(attempt, 1)]
    page.reload()
    assert page.is_checked(choice(attempt))


def test_a_lost_connection_is_told_and_the_answer_saved_when_it_is_back(phone, as_amina, attempt):
    page = as_amina(phone)
    page.goto(address(attempt))
    words = page.get_attribute("form[data-quiz]", "data-offline")
    page.context.set_offline(True)
    page.check(choice(attempt), force=True)
    page.wait_for_function(
        "words => document.querySelector('[data-status]').textContent.includes(words)", arg=words
    )
    page.click("form[data-quiz] button.btn-primary")
    assert page.is_checked(choice(attempt))
    assert kept() == []
    page.context.set_offline(False)
    page.wait_for_url(f"**{address(attempt, 2)}")
    assert kept() == [right(attempt, 1)]


def test_an_ended_session_is_told_with_the_way_back(desktop, as_amina, attempt):
    page = as_amina(desktop)
    page.goto(address(attempt))
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.check(choice(attempt), force=True)
    page.wait_for_selector("[data-status] a")
    assert reverse("account_login") in page.get_attribute("[data-status] a", "href")
    assert kept() == []


def test_the_whole_way_without_javascript(phone_without_javascript, as_amina, attempt):
    page = as_amina(phone_without_javascript)
    page.goto(address(attempt))
    for n in (1, 2, 3):
        for key in right(attempt, n):
            page.check(f'input[value="{key}"]', force=True)
        page.click("form.flow button.btn-primary")
    page.click("main form button.btn-primary")
    page.wait_for_url(f"**{reverse('assessments:result', args=[attempt.key])}")
    attempt.refresh_from_db()
    assert attempt.passed


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits_a_phone(browser_page, as_amina, attempt, scheme):
    with browser_page(color_scheme=scheme, viewport={"width": 360, "height": 740}) as blank:
        page = as_amina(blank)
        for there in (
            address(attempt),
            address(attempt, 2),
            reverse("assessments:review", args=[attempt.key]),
        ):
            page.goto(there)
            assert axe(page) == []
            assert overflows(page) == []
        page.click("main form button.btn-primary")
        assert axe(page) == []
        assert overflows(page) == []
