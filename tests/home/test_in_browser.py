"""The front pages in a real browser: nothing for axe to find, nothing wider than the screen, exits that work."""

import pytest
from django.core.cache import cache

from home.models import InformationKind
from tests.factories.home import make_course, make_home, make_index, make_page
from tests.factories.programme import SupportLineFactory, identity_of
from tests.plugins.browser import axe, overflows

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESSES = ["/", "/ayuda/", "/ayuda/lecciones/", "/avisar/", "/lineas-de-apoyo/", "/no-existe/"]
ELSEWHERE = "/robots.txt"


@pytest.fixture(autouse=True)
def _site(live_server):
    cache.clear()
    home = make_home()
    make_course(make_index(home), "Primeros auxilios psicológicos", "pap")
    help_page = make_page(home, "Ayuda", "ayuda", kind=InformationKind.HELP, role="help")
    make_page(
        help_page, "Las lecciones", "lecciones", body=[("text", {"text": "<p>Se leen en diez minutos.</p>"})]
    )
    SupportLineFactory(name="Línea de la Vida", number="8009112000", display="800 911 2000")
    # A page of ours stands for the weather: no test leaves this machine.
    identity_of(abuse_email="cuidado@example.org", quick_exit_url=live_server.url + ELSEWHERE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_front_page_is_open_to_everybody(browser_page, scheme, width):
    with browser_page(color_scheme=scheme, viewport={"width": width, "height": 800}) as page:
        for address in ADDRESSES:
            page.goto(address)
            assert axe(page) == [], address
            assert overflows(page) == [], address


def test_amina_opens_the_support_lines_without_javascript(phone_without_javascript):
    phone_without_javascript.goto("/ayuda/")
    phone_without_javascript.click("details.support summary")
    assert phone_without_javascript.is_visible('details.support a[href="tel:8009112000"]')


def test_farid_changes_the_language_without_javascript(phone_without_javascript):
    phone_without_javascript.goto("/lineas-de-apoyo/")
    phone_without_javascript.click('button[name="language"][value="fr"]')
    assert phone_without_javascript.url.endswith("/lineas-de-apoyo/")
    assert phone_without_javascript.get_attribute("html", "lang") == "fr"


def test_shift_three_times_leaves_the_page_and_leaves_no_step_back(desktop):
    desktop.goto("/ayuda/")
    desktop.goto("/avisar/")
    for _press in range(3):
        desktop.keyboard.press("Shift")
    desktop.wait_for_url("**" + ELSEWHERE)
    desktop.go_back()
    assert desktop.url.endswith("/ayuda/")


def test_writing_in_capitals_leaves_nothing(desktop):
    desktop.goto("/avisar/")
    for key in ("Shift", "Shift", "a", "Shift"):
        desktop.keyboard.press(key)
    desktop.wait_for_timeout(200)
    assert desktop.url.endswith("/avisar/")


def test_the_quick_exit_is_a_plain_link_without_javascript(phone_without_javascript):
    phone_without_javascript.goto("/avisar/")
    phone_without_javascript.click("[data-exit]")
    phone_without_javascript.wait_for_url("**" + ELSEWHERE)
    assert phone_without_javascript.url.endswith(ELSEWHERE)


def test_the_first_tab_leads_to_the_content(desktop):
    desktop.goto("/")
    desktop.keyboard.press("Tab")
    desktop.keyboard.press("Enter")
    assert desktop.evaluate("document.activeElement.id") == "contenido"
