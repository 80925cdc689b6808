"""Loads a starter course: its page, modules, lessons and quizzes; the course is published last, as version 1."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.text import slugify
from wagtail.models import Collection, Locale, Page

from courses.blocks.from_starter import to_stream
from courses.blocks.markdown import to_html
from courses.models import Course, CourseIndexPage, CoursePage, LessonPage, ModulePage, QuizPage, Source
from courses.models.choices import Others
from courses.teams import ensure_team
from home.starter import records
from home.starter.bank import load_questions, load_quiz
from home.starter.files import CourseFiles, key_of, read_course
from home.starter.media import Shelf
from home.starter.site import topic_of
from institutions.models import RouteStage
from media_library.belonging import lay
from programme.models import Country

LEVELS = {"basico": "basic", "intermedio": "intermediate", "avanzado": "advanced"}


def load_course(folder: Path, index: CourseIndexPage, report: records.Report) -> None:
    """Load one course folder below the catalogue."""
    files = read_course(folder)
    course, _made = Course.objects.get_or_create(key=key_of(files.course["key"]))
    collection = ensure_team(course=course).collection
    shelf = Shelf(files, report, collection)
    questions = load_questions(files, report)
    for question in questions.values():
        _lay(question, collection)
    course_page = _course_page(files, index, shelf, report)
    for part in files.modules:
        module = _module_page(part.module, course_page, report)
        for kind, item in part.activities:
            if kind == "quiz":
                _quiz_page(item, module, _lay(load_quiz(item, questions, report), collection), report)
            else:
                _lesson_page(item, module, shelf, report)
    if not course_page.live:
        course_page.get_latest_revision().publish()


def course_texts(page: CoursePage, item: dict[str, Any]) -> None:
    """Put on a course page what is translated of it; so do the three below for their kinds."""
    page.title, page.summary = item["title"], item["summary"].strip()
    page.neutral_name = item.get("neutral_name", "")
    page.audience = [("who", who) for who in item["audience"]]
    page.objectives = [("objective", objective) for objective in item["objectives"]]
    page.content_note = to_html(item.get("content_note", ""))
    page.review_owner, page.credits = item["review_owner"], item["credits"].strip()


def module_texts(page: ModulePage, item: dict[str, Any]) -> None:
    """The name and the summary of a module."""
    page.title, page.summary = item["title"], item.get("summary", "")


def lesson_texts(page: LessonPage, item: dict[str, Any], shelf: Shelf) -> None:
    """The texts of a lesson, with its blocks under their lasting ids."""
    page.title, page.summary = item["title"], item.get("summary", "")
    page.equivalent = to_html(item.get("equivalent", ""))
    page.body = to_stream(item["body"], resolve=shelf, key=item["key"])


def quiz_page_texts(page: QuizPage, item: dict[str, Any]) -> None:
    """The texts around a quiz."""
    page.title, page.summary = item["title"], item.get("summary", "")
    page.introduction = to_html(item.get("intro", ""))


def _lay(thing: Any, collection: Collection | None) -> Any:
    """Put into the course's collection what lies in none yet."""
    if collection and thing.collection.is_root():
        lay(thing, collection_id=collection.pk)
    return thing


def _revised_page(
    kind: str,
    item: dict[str, Any],
    model: type[Any],
    parent: Page,
    report: records.Report,
    fill: Any,
    **how: Any,
) -> Any:
    key = key_of(item["key"])
    slug = slugify(item.get("code") or item["key"].rsplit("/", 1)[-1])

    def make() -> Page:
        page = model(
            title=item["title"], slug=slug, translation_key=key, locale=Locale.get_default(), live=False
        )
        fill(page)
        parent.add_child(instance=page)
        return page

    return records.revised(
        f"{kind}:{item['key']}",
        item,
        report,
        find=lambda: model.objects.filter(translation_key=key, locale=Locale.get_default()).first(),
        make=make,
        fill=fill,
        **how,
    )


def _course_page(
    files: CourseFiles, index: CourseIndexPage, shelf: Shelf, report: records.Report
) -> CoursePage:
    item = files.course
    rooms = item["modalities"]

    def fill(page: CoursePage) -> None:
        course_texts(page, item)
        page.code = item["code"]
        page.level = LEVELS[item["level"]]
        page.sensitive = item["sensitive"]
        page.evidence_status = item["evidence_status"]
        page.review_date, page.next_review_date = item["review_date"], item["next_review_date"]
        page.validity_months = item.get("validity_months")
        page.workshop_minutes = rooms.get("in_room", {}).get("workshop_minutes", 0)
        page.blended_minutes = rooms.get("blended", {}).get("workshop_minutes", 0)
        page.attendance_share = rooms.get("blended", {}).get("attendance_share", 80)
        page.cover = shelf.cover(item["cover"]["file"])
        page.topics = [topic_of(name, report) for name in item["topics"]]
        page.countries = list(Country.objects.filter(pk__in=item["countries"]))
        page.sources = list(Source.objects.filter(key__in=item["sources"]))

    return _revised_page("course", item, CoursePage, index, report, fill, publish=False)


def _module_page(item: dict[str, Any], parent: CoursePage, report: records.Report) -> ModulePage:
    def fill(page: ModulePage) -> None:
        module_texts(page, item)

    return _revised_page("module", item, ModulePage, parent, report, fill)


def _lesson_page(item: dict[str, Any], parent: ModulePage, shelf: Shelf, report: records.Report) -> None:
    def fill(page: LessonPage) -> None:
        shelf.listen(item["body"])
        lesson_texts(page, item, shelf)
        page.required, page.skippable = item.get("required", True), item.get("skippable", False)
        page.is_case = item.get("case", False)
        page.review_date = item.get("review_date")
        page.sources = list(Source.objects.filter(key__in=item.get("sources", [])))
        _narrow(page, item)

    _revised_page("lesson", item, LessonPage, parent, report, fill)


def _narrow(page: LessonPage | QuizPage, item: dict[str, Any]) -> None:
    """Say whom the activity concerns, and what it is to the others."""
    page.countries = list(Country.objects.filter(pk__in=item.get("countries", [])))
    page.routes, page.others = (
        [RouteStage(stage).value for stage in item.get("routes", [])],
        Others(item.get("others", Others.READ)),
    )


def _quiz_page(item: dict[str, Any], parent: ModulePage, quiz: Any, report: records.Report) -> None:
    def fill(page: QuizPage) -> None:
        quiz_page_texts(page, item)
        page.required, page.quiz = item.get("required", True), quiz
        _narrow(page, item)

    _revised_page("quiz_page", item, QuizPage, parent, report, fill)
