"""How heavy pages are on a phone, how many others they ask, and how often they ask the database.

Weight is what Chromium received, headers and icon included, over HTTP from gunicorn with the production settings:
`_cold` with an empty cache, `_repeat` the second time. A lesson's own media (pictures, recordings, documents) are
left out of its weight and printed apart; covers count. Queries are counted in this process, `_first` with nothing
remembered yet.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import crowd
from benchmarks.report import Report
from learning.models import Enrolment
from programme.remembered import forget
from tests.plugins.browser import FLAGS, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MEDIA = ("/media/", "/archivos/", "/documentos/")
HOST = "127.0.0.1"
MANY = 300
FEW = 3
KILOBYTE = 1000


@dataclass(frozen=True)
class Visit:
    """A page that is measured: its address, a word that its answer must hold, and who looks."""

    name: str
    address: str
    holds: str
    signed_in: bool = True
    queries: int | None = None


@dataclass
class Weight:
    """What one visit received, in bytes."""

    own: int = 0
    media: int = 0
    requests: int = 0
    foreign: int = 0


def run(report: Report) -> None:
    """Report the weight of pages, then their queries among few and among many rows."""
    logging.getLogger("wagtail").setLevel(logging.WARNING)
    reader = crowd.reader()
    session = Client(HTTP_HOST=HOST)
    session.force_login(reader)
    enrolment = Enrolment.objects.select_related("course").get(person=reader.person, state="active")
    crowd.people_of(enrolment.course)
    # No worker runs here that would have put the starter course into the index.
    call_command("rebuild_search", stdout=sys.stderr)
    crowd.more_courses(reader.person, until=FEW)
    places = visits(session)
    weigh(report, places, session)
    ask(report, places, session, f"{FEW} courses, 18 activities, {FEW} enrolments, {crowd.PEOPLE} accounts")
    crowd.more_courses(reader.person, until=MANY)
    crowd.more_lessons(enrolment, until=MANY)
    ask(
        report, places, session, f"{MANY} courses, {MANY} lessons, {MANY} enrolments, {crowd.PEOPLE} accounts"
    )


def visits(session: Client) -> list[Visit]:
    """Return the pages; the attempt at the quiz is begun as the reader would."""
    from courses.models import LessonPage, QuizPage

    course = crowd.measured_course()
    lesson = LessonPage.objects.descendant_of(course).live().order_by("path")[0]
    quiz = QuizPage.objects.descendant_of(course).live().get()
    begun = session.post(f"/aprender/actividad/{quiz.translation_key}/prueba/", follow=True)
    question = begun.redirect_chain[-1][0]
    return [
        Visit("home", "/", "Primeros auxilios", signed_in=False),
        Visit("catalogue", "/cursos/", "Primeros auxilios", signed_in=False, queries=10),
        Visit("course", course.url, lesson.title, queries=12),
        Visit("lesson", lesson.url, "pager", queries=10),
        Visit("quiz", question, "data-quiz"),
        Visit("record", "/aprender/registro/", "Primeros auxilios", queries=10),
        Visit("my_courses", "/aprender/", "Primeros auxilios", queries=10),
        Visit("search", "/buscar/?q=psicologico", "/cursos/pap-01/", signed_in=False),
    ]


# Weight


def weigh(report: Report, places: list[Visit], session: Client) -> None:
    foreign = requests = 0
    with chromium() as browser:
        for place in places:
            cold, again = weights(browser, report.site.url, place, session)
            size = f"PAP-01, {crowd.PEOPLE} accounts, 360 px"
            report.figure(f"pages.{place.name}_cold", cold.own / KILOBYTE, "kB", at_most=60, size=size)
            report.figure(f"pages.{place.name}_repeat", again.own / KILOBYTE, "kB", at_most=15, size=size)
            if cold.media:
                report.figure(f"pages.{place.name}_own_media", cold.media / KILOBYTE, "kB", size=size)
            foreign += cold.foreign + again.foreign
            requests += cold.requests + again.requests
    report.figure(
        "pages.third_party_requests", foreign, "requests", at_most=0, size=f"of {requests} requests"
    )


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium. Playwright keeps a loop in this thread, and Django then refuses its database."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise RuntimeError("Weighing pages needs Chromium. On Debian: apt-get install chromium")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def weights(browser: Browser, address: str, place: Visit, session: Client) -> tuple[Weight, Weight]:
    """Return what the first and the second visit of a fresh browser weigh."""
    context = browser.new_context(viewport=PHONE, locale="es-MX", is_mobile=True, has_touch=True)
    if place.signed_in:
        cookie = session.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])
    page = context.new_page()
    received: list[Weight] = [Weight()]
    listen(page, place, received)
    look(page, address, place)
    received.append(Weight())
    look(page, address, place)
    context.close()
    return received[0], received[1]


def listen(page: Page, place: Visit, received: list[Weight]) -> None:
    """Add what arrives to the last weight of `received`."""
    asked: dict[str, str] = {}
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")

    def request(event: dict[str, Any]) -> None:
        asked[event["requestId"]] = event["request"]["url"]

    def finished(event: dict[str, Any]) -> None:
        parts = urlsplit(asked.get(event["requestId"], ""))
        weight, size = received[-1], int(event["encodedDataLength"])
        if parts.scheme == "data" or not parts.scheme:
            return
        weight.requests += 1
        weight.foreign += parts.hostname != HOST
        if place.name == "lesson" and parts.path.startswith(MEDIA):
            weight.media += size
        else:
            weight.own += size

    wire.on("Network.requestWillBeSent", request)
    wire.on("Network.loadingFinished", finished)


def look(page: Page, address: str, place: Visit) -> None:
    """Open a page and read it to its end, as lazy pictures and the icon (not fetched by a headless one) ask."""
    answer = page.goto(address + place.address, wait_until="networkidle")
    if answer is None or answer.status != 200 or place.holds not in page.content():
        raise RuntimeError(f"{place.address} answered {answer and answer.status} without «{place.holds}»")
    page.evaluate("() => fetch(document.querySelector('link[rel=icon]').href).then((r) => r.text())")
    page.evaluate("() => window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)


# Queries


def ask(report: Report, places: list[Visit], session: Client, size: str) -> None:
    for place in places:
        client = session if place.signed_in else Client(HTTP_HOST=HOST)
        forget()
        report.figure(f"queries.{place.name}_first", queries(client, place), "queries", size=size)
        warm = queries(client, place)
        report.figure(f"queries.{place.name}", warm, "queries", at_most=place.queries, size=size)


def queries(client: Client, place: Visit) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(place.address)
    if answer.status_code != 200 or place.holds not in answer.content.decode():
        raise RuntimeError(f"{place.address} answered {answer.status_code} without «{place.holds}»")
    return len(
        [row for row in captured if not row["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
    )
