"""Gives tests a real Chromium: `desktop`, `phone`, `phone_without_javascript` pages; `axe` to examine them.

A page that asks another host for anything fails its test when it closes: nothing comes from third parties.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route, ViewportSize

AXE = Path(__file__).resolve().parent.parent / "browser" / "vendor" / "axe-core" / "axe.min.js"

# Without these Chromium looks for updates and Google's hosts in the background.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}
WAIT_MILLISECONDS = 15_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test that asks for a browser carries the mark, so that `-m 'not browser'` leaves them all out."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None or os.environ.get("SENDA_NO_BROWSER"):
        no_browser()
    from playwright.sync_api import expect, sync_playwright

    # Playwright's assertions wait five seconds of their own accord: too short for a machine that does other work.
    expect.set_options(timeout=2 * WAIT_MILLISECONDS)

    # Playwright's sync API keeps an event loop in this thread; Django then takes ORM calls for async.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS, headless=True)
        yield browser
        browser.close()
    restore("DJANGO_ALLOW_ASYNC_UNSAFE", before)


def no_browser() -> None:
    message = "NO CHROMIUM: this test in a real browser did not run. On Debian: apt-get install chromium"
    if os.environ.get("CI") == "true":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def restore(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value


@pytest.fixture
def desktop(chromium: Browser, live_server: Any) -> Iterator[Page]:
    with page_in(chromium, live_server.url, viewport=DESKTOP) as page:
        yield page


@pytest.fixture
def phone(chromium: Browser, live_server: Any) -> Iterator[Page]:
    with page_in(chromium, live_server.url, viewport=PHONE, has_touch=True, is_mobile=True) as page:
        yield page


@pytest.fixture
def phone_without_javascript(chromium: Browser, live_server: Any) -> Iterator[Page]:
    options = {"viewport": PHONE, "has_touch": True, "is_mobile": True, "java_script_enabled": False}
    with page_in(chromium, live_server.url, **options) as page:
        yield page


@pytest.fixture
def browser_page(chromium: Browser, live_server: Any) -> Callable[..., Any]:
    """For two devices at once, or other options: `with browser_page(color_scheme="dark") as page:`"""
    return lambda **options: page_in(chromium, live_server.url, **{"viewport": DESKTOP, **options})


@contextmanager
def page_in(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """A page with cookies of its own; addresses are relative to the server: `page.goto("/cursos/")`."""
    context = browser.new_context(
        base_url=address, locale="es-MX", timezone_id="America/Mexico_City", **options
    )
    context.set_default_timeout(WAIT_MILLISECONDS)
    foreign: list[str] = []

    def only_us(route: Route) -> None:
        if urlsplit(route.request.url).hostname == urlsplit(address).hostname:
            route.continue_()
        else:
            foreign.append(route.request.url)
            route.abort()

    context.route("**/*", only_us)
    try:
        yield context.new_page()
    finally:
        context.close()
    assert not foreign, f"The page asked other hosts: {foreign}"


def axe(page: Page, *, within: str = "html") -> list[str]:
    """What axe-core finds wrong by WCAG 2.2 AA: one line a finding, with rule, weight and element.

    The script goes in through the debugger, since our Content-Security-Policy would refuse it as a tag.
    """
    if page.evaluate("matchMedia('(scripting: none)').matches"):
        raise ValueError(
            "axe-core waits for timers, which never ring in a page without JavaScript: use `phone`."
        )
    # Who has just pressed a button may be between two pages: without its style sheet a page has no contrast.
    page.wait_for_load_state("load")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    options = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}
    with unfolded(page):
        found = page.evaluate(
            "([within, options]) => axe.run(document.querySelector(within), options)", [within, options]
        )
    return [
        f"{violation['id']} ({violation['impact']}): {node['target']} {node['html'][:200]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@contextmanager
def unfolded(page: Page) -> Iterator[None]:
    """Make the window as high as the page: what a bar at its edge lies over while one scrolls is no finding."""
    size = page.viewport_size
    if size:
        height = int(page.evaluate("document.documentElement.scrollHeight"))
        page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
    yield
    if size:
        page.set_viewport_size(size)


def overflows(page: Page) -> list[str]:
    """Elements that stick out of the screen sideways: on a phone the page then scrolls in two directions."""
    return list(
        page.evaluate(
            """() => {
                if (document.documentElement.scrollWidth <= window.innerWidth) return [];
                return [...document.body.querySelectorAll("*")]
                    .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1)
                    .map((element) => element.outerHTML.slice(0, 160));
            }"""
        )
    )
