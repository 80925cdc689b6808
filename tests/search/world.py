"""A small site to be searched: courses with lessons, built by hand so that each test says what it needs.

Tasks run at once in tests, so that a saved page is in the index.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page, Site

from courses.manifest import SELF_PACED, Activity, Manifest, Rule
from courses.models import Course, CourseIndexPage, CoursePage, CourseVersion, LessonPage, ModulePage
from home.models import HomePage


def home() -> HomePage:
    """Return the home page of the site, made on the first call in place of Wagtail's own."""
    found = HomePage.objects.first()
    if found:
        return found
    page = Page.get_first_root_node().add_child(
        instance=HomePage(title="Senda", slug="senda", locale=Locale.get_default())
    )
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": page}
    )
    return page


def catalogue_page() -> CourseIndexPage:
    """Return the catalogue, made on the first call."""
    found = CourseIndexPage.objects.first()
    return found or home().add_child(
        instance=CourseIndexPage(title="Cursos", slug="cursos", introduction="Todos los cursos abiertos.")
    )


def course(
    title: str, *, minutes: int = 0, topics: Any = (), countries: Any = (), **fields: Any
) -> CoursePage:
    """Return a course with a released version of `minutes`, below the catalogue."""
    page = CoursePage(title=title, **{"summary": "Un curso.", "slug": f"c{uuid.uuid4().hex[:8]}", **fields})
    page.topics, page.countries = list(topics), list(countries)
    page.course = Course.objects.create(key=page.translation_key)
    catalogue_page().add_child(instance=page)
    if minutes:
        release(page, minutes)
    return page


def release(page: CoursePage, minutes: int) -> CourseVersion:
    """Return a version of one lesson of `minutes`."""
    lesson = Activity(key=uuid.uuid4(), module=uuid.uuid4(), kind="lesson", minutes=minutes)
    return _freeze(page.course, lesson)


def _freeze(record: Course, *activities: Activity) -> CourseVersion:
    manifest = Manifest(activities=activities, rules=(Rule(SELF_PACED),))
    return CourseVersion.objects.create(
        course=record,
        number=record.versions.count() + 1,
        fingerprint=uuid.uuid4().hex,
        manifest=manifest.to_json(),
        released_at=timezone.now(),
    )


def lesson(of: CoursePage, title: str, *paragraphs: str, released: bool = True, **fields: Any) -> LessonPage:
    """Return a lesson in the course's last module; `released`: a new version of the course asks it."""
    module = ModulePage.objects.child_of(of).last() or of.add_child(
        instance=ModulePage(title="Módulo", slug="modulo")
    )
    page = LessonPage(title=title, slug=f"l{uuid.uuid4().hex[:8]}", **fields)
    page.body = [("text", {"text": "".join(f"<p>{text}</p>" for text in paragraphs)})] if paragraphs else []
    module.add_child(instance=page)
    if released:
        newest = of.course.versions.order_by("number").last()
        before = Manifest.from_json(newest.manifest).activities if newest else ()
        activity = Activity(key=page.translation_key, module=module.translation_key, kind="lesson")
        _freeze(of.course, *before, activity)
    return page


def translate_above(page: Page, locale: Locale) -> None:
    """Publish the pages above `page` in another language: translating goes from the top down."""
    for above in page.get_ancestors().filter(depth__gt=1).specific():
        if not above.get_translations().filter(locale=locale).exists():
            above.copy_for_translation(locale).save_revision().publish()
