"""Fills the other site with our lessons, pictures, accounts and histories: fill.py CONTENT VISITS.

CONTENT is what `benchmarks.peers.content` wrote. VISITS receives, for each visit, the path, the cookie, the words
that the answer must hold and those that it must not.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 -- Django has to be set up first
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.files import File  # noqa: E402
from django.template.defaultfilters import date as in_words  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.images.models import Image  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402
from wagtail_lms.models import CourseEnrollment, CoursePage, H5PLessonCompletion, H5PLessonPage  # noqa: E402

DONE = "Lesson completed"


def main() -> None:
    content = json.loads(Path(sys.argv[1]).read_text())
    lessons = _lessons(content)
    accounts = [_account(number, done, lessons) for number, done in enumerate(content["accounts"])]
    shown = [_pictures_shown(lesson) for lesson in lessons]
    visits = [_visit(accounts[who], lessons[place], shown[place]) for who, place in content["visits"]]
    Path(sys.argv[2]).write_text(json.dumps(visits))


def _lessons(content: dict[str, Any]) -> list[H5PLessonPage]:
    root = Site.objects.get(is_default_site=True).root_page
    course = Page.objects.get(pk=root.pk).add_child(instance=CoursePage(title=content["title"], slug="curso"))
    pictures = {name: _picture(path) for name, path in content["pictures"].items()}
    return [_lesson(course, lesson, pictures) for lesson in content["lessons"]]


def _picture(path: str) -> int:
    with Path(path).open("rb") as file:
        return int(Image.objects.create(title=Path(path).stem, file=File(file, name=Path(path).name)).pk)


def _lesson(course: Page, lesson: dict[str, Any], pictures: dict[str, int]) -> H5PLessonPage:
    page = H5PLessonPage(title=lesson["title"], slug=lesson["slug"], intro=f"<p>{lesson['summary']}</p>")
    page.body = [("paragraph", _paragraph(part, pictures)) for part in lesson["parts"]]
    return CoursePage.objects.get(pk=course.pk).add_child(instance=page)


def _paragraph(part: dict[str, str], pictures: dict[str, int]) -> Any:
    from wagtail.rich_text import RichText

    if "picture" not in part:
        return RichText(part["html"])
    embed = '<embed embedtype="image" format="fullwidth" id="{}" alt="{}"/>'
    return RichText(embed.format(pictures[part["picture"]], part["alt"]) + part["html"])


def _pictures_shown(lesson: H5PLessonPage) -> list[str]:
    """Return the addresses of the pictures that the page must show, at the size that «fullwidth» asks for."""
    found = [re.findall(r'embedtype="image"[^>]* id="(\d+)"', block.value.source) for block in lesson.body]
    images = Image.objects.in_bulk(int(pk) for keys in found for pk in keys)
    return [f'src="{image.get_rendition("width-800").url}"' for image in images.values()]


def _account(number: int, done: dict[str, str], lessons: list[H5PLessonPage]) -> dict[str, Any]:
    """Make an account that did the lessons at the places `done` (place → moment in ISO form)."""
    user = get_user_model()(username=f"persona-{number}")
    user.set_unusable_password()
    user.save()
    CourseEnrollment.objects.create(user=user, course=lessons[0].get_parent().specific)
    moments = {lessons[int(place)].pk: dt.datetime.fromisoformat(at) for place, at in done.items()}
    H5PLessonCompletion.objects.bulk_create(
        H5PLessonCompletion(user=user, lesson_id=lesson) for lesson in moments
    )
    for lesson, moment in moments.items():
        H5PLessonCompletion.objects.filter(user=user, lesson_id=lesson).update(completed_at=moment)
    return {"cookie": _cookie(user), "moments": moments}


def _cookie(user: Any) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _visit(account: dict[str, Any], lesson: H5PLessonPage, pictures: list[str]) -> list[Any]:
    path, title = f"/curso/{lesson.slug}/", f"<title>{lesson.title}</title>"
    moment = account["moments"].get(lesson.pk)
    if moment is None:
        return [path, account["cookie"], [title, *pictures], [DONE]]
    day = in_words(timezone.localtime(moment), "M d, Y")
    return [path, account["cookie"], [title, f"{DONE} {day}", *pictures], []]


if __name__ == "__main__":
    main()
