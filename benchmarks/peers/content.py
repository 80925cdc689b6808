"""Writes down what both sites show and know: the lessons of PAP-01, their pictures, 200 accounts, who asks for what."""

from __future__ import annotations

import random
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from uuid import UUID

from benchmarks import crowd
from benchmarks.peers.client import Visit

if TYPE_CHECKING:
    from accounts.models import User
    from courses.models import LessonPage
    from learning.models import Enrolment
    from media_library.models import Picture

ACCOUNTS = 200
VISITS = 400


@dataclass
class Content:
    """What both sides are filled with, and our own visits. `plain` is what the other side reads."""

    plain: dict[str, Any]
    visits: list[Visit]


def gather() -> Content:
    """Make the accounts on our side, and tell what the other side needs. Django is set up, the site filled."""
    from courses.models import LessonPage
    from learning.models import Enrolment

    page = crowd.measured_course()
    crowd.people_of(page.record, count=ACCOUNTS)
    lessons = list(LessonPage.objects.descendant_of(page).live().order_by("path"))
    rows = Enrolment.objects.filter(person__user__username__startswith="MULTITUD")
    enrolments = list(rows.select_related("person__user", "version").order_by("person__user__username"))
    pairs = _who_asks_for_what(len(enrolments), len(lessons))
    known = [_Known(row) for row in enrolments]
    return Content(
        plain={
            "title": page.title,
            **_words(lessons),
            "accounts": [who.history(lessons) for who in known],
            "visits": pairs,
        },
        visits=[known[who].visit(lessons[place]) for who, place in pairs],
    )


def _who_asks_for_what(accounts: int, lessons: int) -> list[tuple[int, int]]:
    """Return pairs of account and lesson, every account twice and every lesson about as often as any other."""
    dice = random.Random(11)
    people = [number % accounts for number in range(VISITS)]
    places = [number % lessons for number in range(VISITS)]
    dice.shuffle(people)
    dice.shuffle(places)
    return list(zip(people, places, strict=True))


class _Known:
    """An account on our side: its cookie and what it has done, read from the tables and not through our screens."""

    def __init__(self, enrolment: Enrolment) -> None:
        from courses.versions import manifest_of

        self.cookie = _cookie(enrolment.person.user)
        self.done = {row.activity: row.completed_at for row in enrolment.done.all()}
        asked = manifest_of(enrolment.version).for_reader(enrolment.reader)
        self.left = sum(1 for activity in asked if activity.required and activity.key not in self.done)
        self.steps: list[UUID] = [activity.key for activity in asked]

    def history(self, lessons: list[LessonPage]) -> dict[str, str]:
        """Return the moment of each lesson done, by its place."""
        keys = [lesson.translation_key for lesson in lessons]
        return {str(keys.index(key)): at.isoformat() for key, at in self.done.items() if key in keys}

    def visit(self, lesson: LessonPage) -> Visit:
        """Return the address of `lesson` and the words that are this account's alone."""
        key = lesson.translation_key
        step = f"<p>Paso {self.steps.index(key) + 1} de {len(self.steps)}</p>"
        holds = (f">{lesson.title}</h1>", step, _left_words(self.left), *pictures_shown(lesson))
        done, open_yet = "Terminaste esta lección.", "Terminé esta lección"
        if key in self.done:
            return Visit(lesson.url, self.cookie, (*holds, done), (open_yet,))
        return Visit(lesson.url, self.cookie, (*holds, open_yet), (done,))


def _left_words(left: int) -> str:
    if not left:
        return "No falta nada obligatorio."
    return f"Falta {left} actividad obligatoria." if left == 1 else f"Faltan {left} actividades obligatorias."


def _cookie(user: User) -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


# Words and pictures


def _words(lessons: list[LessonPage]) -> dict[str, Any]:
    pictures: dict[str, str] = {}
    return {
        "lessons": [
            {
                "title": lesson.title,
                "slug": lesson.slug,
                "summary": escape(lesson.summary),
                "parts": [_part(child, pictures) for child in lesson.body],
            }
            for lesson in lessons
        ],
        "pictures": pictures,
    }


def _part(child: Any, pictures: dict[str, str]) -> dict[str, str]:
    """Return a block as the other side's one kind of block can hold it: rich text, a picture with its words below."""
    if child.block_type == "text":
        return {"html": child.value["text"].source}
    reader = _Reader()
    reader.feed(str(child.render({})))
    words = {"html": "".join(f"<p>{escape(words)}</p>" for words in reader.said)}
    if child.block_type != "picture":
        return words
    image = child.value["image"]
    pictures[str(image.pk)] = image.file.path
    return {"picture": str(image.pk), "alt": escape(str(child.value["alt"] or "")), **words}


def pictures_shown(lesson: LessonPage) -> tuple[str, ...]:
    """Return the addresses of the pictures that the page of `lesson` must show."""
    images = [child.value["image"] for child in lesson.body if child.block_type == "picture"]
    return tuple(f'src="{_address(image)}"' for image in images)


def _address(image: Picture) -> str:
    asked = "width-800" if image.is_svg() else "format-jpeg|width-800"
    return str(image.get_rendition(asked).url)


class _Reader(HTMLParser):
    """Collects the sentences of a rendered block."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        if words := " ".join(data.split()):
            self.said.append(words)
