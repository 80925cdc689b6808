"""One site for all tests of this folder: PAP-01 and the demo's people on a server that stays up between tests.

Loading them takes half a minute, so that no test begins from an empty database: each one takes a person of the
demo to whom no other test does anything, or signs up somebody new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from courses.models import CoursePage, LessonPage, ModulePage, QuizPage
from home.demo.people import FARID_CODE
from programme.models import Identity
from tests.blocks.samples import KINDS, sample
from tests.plugins.browser import DESKTOP, PHONE, page_in
from tests.plugins.starter import PAP_01

ELSEWHERE = "/robots.txt"


@dataclass(frozen=True)
class World:
    """The site's address and the addresses within it."""

    url: str
    course: str
    lessons: tuple[str, ...]
    quiz: str
    everything: str


@pytest.fixture(scope="package")
def world(
    django_db_setup: Callable[[], None], django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[World]:
    begin_again = django_db_setup
    folder = tmp_path_factory.mktemp("var")
    with (
        django_db_blocker.unblock(),
        override_settings(VAR_DIR=folder, ALLOWED_HOSTS=["127.0.0.1", "testserver"]),
    ):
        begin_again()
        for command in (PAP_01, ("load_demo",), ("rebuild_search",)):
            call_command(*command, stdout=StringIO())
        server = LiveServer("127.0.0.1")
        # A page of ours stands for the weather: no test leaves this machine.
        Identity.objects.update(quick_exit_url=server.url + ELSEWHERE, abuse_email="cuidado@example.org")
        yield described(server.url)
        server.stop()
        begin_again()


def described(url: str) -> World:
    course = CoursePage.objects.filter(code="PAP-01").order_by("path").first()
    lessons = [lesson.url for lesson in LessonPage.objects.descendant_of(course).live().order_by("path")]
    quiz = QuizPage.objects.descendant_of(course).live().get()
    everything = with_every_block(ModulePage.objects.descendant_of(course).order_by("path").first())
    return World(url, course.url, tuple(lessons), quiz.url, everything.url)


def with_every_block(module: ModulePage) -> LessonPage:
    """A lesson with a block of each kind, in no version of the course: its editors alone may read it."""
    page = LessonPage(title="De todo un poco", slug="de-todo-un-poco", summary="Cada bloque una vez.")
    page.body = [sample(kind, kind) for kind in KINDS]
    lessons = module.add_child(instance=page)
    return LessonPage.objects.get(pk=lessons.pk)


Open = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def open_page(chromium: Any, world: World) -> Open:
    """Open a page for somebody: `with open_page("amina", **options) as page:`. Nobody's name: a visitor."""

    @contextmanager
    def opened(who: str = "", **options: Any) -> Iterator[Any]:
        with page_in(chromium, world.url, **{"viewport": DESKTOP, **options}) as page:
            page.said = []
            page.on("console", lambda message: hear(page, message))
            page.on("pageerror", lambda error: page.said.append(f"error: {error}"))
            if who:
                enter(page, world, who)
            yield page

    return opened


@pytest.fixture
def phone(open_page: Open) -> Callable[..., AbstractContextManager[Any]]:
    return lambda who="", **options: open_page(
        who, **{"viewport": PHONE, "is_mobile": True, "has_touch": True, **options}
    )


def hear(page: Any, message: Any) -> None:
    """Keep what the browser complains of, a refused style or script among it; its advice is not for us."""
    if message.type in {"error", "warning"}:
        page.said.append(f"{message.type}: {message.text}")


def enter(page: Any, world: World, who: str) -> None:
    """Put somebody's session into a page, as signing in would."""
    client = Client()
    client.force_login(user_of(who))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": world.url}])


def user_of(who: str) -> User:
    if who == "farid":
        return User.objects.get(username=FARID_CODE)
    return User.objects.get(email=f"{who}@senda.example")
