"""Reads a course as its newest drafts have it: the facts on which the rule of readiness judges.

Revisions are read as the plain data that they are: building each page from its revision would ask the database
several times a page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import RichTextField

from assessments.freezing import compose
from assessments.models import Question, Quiz
from assessments.wording import left_out_words
from common.text import spans, without_unverified
from courses.blocks.base import texts_of
from courses.blocks.measure import Share, shares, words_in
from courses.manifest import LESSON, QUIZ, Activity
from courses.models import LessonPage, ModulePage, QuizPage
from courses.readiness import CourseFacts, LessonFacts, Place, QuizFacts, Thing
from courses.reading import measured, narrowed, questions_asked
from media_library.models import Recording
from programme.scope import Reader, concerns

if TYPE_CHECKING:
    from wagtail.models import Page

    from courses.models import CoursePage

_TAG = re.compile(r"<[^>]+>")
COURSE_FIELDS = (
    "title code summary neutral_name audience objectives sensitive content_note review_date next_review_date "
    "review_owner credits workshop_minutes blended_minutes"
).split()
LESSON_FIELDS = "title summary body is_case skippable equivalent required".split()


def course_facts(page: CoursePage) -> CourseFacts:
    """Return the facts of a course: six queries, some for each quiz, and what its lessons' blocks look up."""
    content = take_draft(page, COURSE_FIELDS)
    lessons = list(_below(page, LessonPage).prefetch_related("sources", "countries"))
    place = Place(Thing.PAGE, page.pk, without_unverified(page.title))
    return CourseFacts(
        place=place,
        live=page.live,
        changed=page.has_unpublished_changes,
        code=page.code,
        summary=without_unverified(page.summary),
        objectives=tuple(str(block.value) for block in page.objectives),
        audience=len(page.audience),
        sensitive=page.sensitive,
        neutral_name=page.neutral_name,
        content_note=bool(_plain(page.content_note).strip()),
        sources=len(content["sources"]) if "sources" in content else page.sources.count(),
        review_date=page.review_date,
        next_review_date=page.next_review_date,
        review_owner=page.review_owner,
        modules=tuple(
            (Place(Thing.PAGE, row.pk, row.title), row.live, row.has_unpublished_changes)
            for row in _below(page, ModulePage)
        ),
        lessons=tuple(_lesson(lesson) for lesson in lessons),
        quizzes=_quizzes(page),
        silent_recordings=_silent(lessons),
        claims=tuple(_field_claims(page, place, COURSE_FIELDS)),
    )


def take_draft(page: Page, names: Iterable[str]) -> Mapping[str, Any]:
    """Put the fields `names` of the newest revision on `page`; returns the revision's data, empty without one."""
    content: Mapping[str, Any] = page.latest_revision.content if page.latest_revision else {}
    for name in names:
        if name in content:
            setattr(page, name, page._meta.get_field(name).to_python(content[name]))
    return content


def _below(page: CoursePage, model: type[Any]) -> Any:
    return model.objects.descendant_of(page).select_related("latest_revision").order_by("path")


def _lesson(page: LessonPage) -> LessonFacts:
    content = take_draft(page, LESSON_FIELDS)
    place = Place(Thing.PAGE, page.pk, without_unverified(page.title))
    asked = shares(page.body, is_case=page.is_case)
    activity = _activity(page, LESSON, asked)
    return LessonFacts(
        place=place,
        live=page.live,
        changed=page.has_unpublished_changes,
        words=_words_at_most(asked),
        minutes=activity.minutes,
        activity=activity,
        skippable=page.skippable,
        equivalent=bool(words_in(_plain(page.equivalent))),
        sources=bool(content["sources"] if "sources" in content else page.sources.all()),
        pictures_without_words=tuple(_at(place, block) for block in page.body.raw_data if _is_mute(block)),
        claims=tuple(_field_claims(page, place, LESSON_FIELDS)),
    )


def _activity(page: LessonPage | QuizPage, kind: str, asked: list[Share]) -> Activity:
    """Return the activity that the draft would be in a version, as far as its hours go."""
    key = page.translation_key
    return Activity(
        key=key, module=key, kind=kind, required=page.required, **measured(asked), **narrowed(page)
    )


def _words_at_most(asked: list[Share]) -> int:
    """Return the words that a reader of the country that is asked most has to read."""
    countries = {"", *(code for scope, _measure in asked for code in scope.countries)}
    return max(
        sum(measure.words for scope, measure in asked if concerns(scope, Reader(code))) for code in countries
    )


def _is_mute(block: Mapping[str, Any]) -> bool:
    value = block["value"] if block["type"] == "picture" else {"decorative": True}
    return not (value.get("decorative") or str(value.get("alt") or "").strip())


def _at(place: Place, block: Mapping[str, Any], detail: str = "") -> Place:
    anchor = f"block-{block.get('id')}-section" if block.get("id") else "body"
    return Place(place.thing, place.pk, place.title, detail, anchor)


def _silent(lessons: Iterable[LessonPage]) -> tuple[Place, ...]:
    chosen = {
        block["value"].get("recording")
        for lesson in lessons
        for block in lesson.body.raw_data
        if block["type"] == "recording"
    }
    rows = Recording.objects.filter(pk__in=[pk for pk in chosen if pk])
    return tuple(
        Place(Thing.RECORDING, row.pk, row.title) for row in rows if not _plain(row.transcript).strip()
    )


def _quizzes(page: CoursePage) -> tuple[QuizFacts, ...]:
    pages = list(_below(page, QuizPage).prefetch_related("countries"))
    chosen = {
        row.pk: take_draft(row, ["title", "summary", "introduction"]).get("quiz", row.quiz_id)
        for row in pages
    }
    found = Quiz.objects.in_bulk([pk for pk in chosen.values() if pk])
    return tuple(_quiz(row, found.get(chosen[row.pk] or 0)) for row in pages)


def _quiz(page: QuizPage, quiz: Quiz | None) -> QuizFacts:
    place = Place(Thing.PAGE, page.pk, without_unverified(page.title))
    own = tuple(_field_claims(page, place, ["title", "summary", "introduction"]))
    if quiz is None:
        return QuizFacts(place, page.live, page.has_unpublished_changes, claims=own)
    there = Place(Thing.QUIZ, quiz.pk, without_unverified(quiz.title))
    composition = compose(quiz=quiz)
    questions = [block.value for block in quiz.items if block.value]
    activity = _activity(page, QUIZ, questions_asked(quiz))
    return QuizFacts(
        place=place,
        live=page.live,
        changed=page.has_unpublished_changes,
        minutes=activity.minutes,
        activity=activity,
        quiz=there,
        quiz_live=quiz.live,
        asks=composition.content.asks if composition.content else 0,
        left_out=tuple(
            Place(there.thing, there.pk, there.title, left_out_words(row)) for row in composition.left_out
        ),
        unexplained=tuple(_question(row) for row in questions if not row.explanation.strip()),
        claims=(*own, *(place for row in questions for place in _question_claims(row))),
        moment=page.moment,
        objectives=frozenset(row.objective.strip() for row in questions if row.live),
    )


def _question(question: Question, detail: str = "") -> Place:
    return Place(Thing.QUESTION, question.pk, without_unverified(str(question)), detail, "id_explanation")


def _question_claims(question: Question) -> Iterable[Place]:
    texts = [question.stem, question.explanation]
    texts += [choice.value[name] or "" for choice in question.choices for name in ("text", "feedback")]
    for claim in _claims(texts):
        yield Place(Thing.QUESTION, question.pk, without_unverified(str(question)), claim)


def _field_claims(page: Model, place: Place, names: Iterable[str]) -> Iterable[Place]:
    """Return a place for each open mark in the fields `names` of `page`; in a stream it leads to the very block."""
    for name in names:
        value = getattr(page, name)
        if isinstance(value, StreamValue):
            for child in value:
                for claim in _claims(text for text in texts_of(child.block, child.value)):
                    yield _at(place, {"id": child.id}, claim)
        elif isinstance(value, str):
            plain = _plain(value) if isinstance(page._meta.get_field(name), RichTextField) else value
            for claim in _claims([plain]):
                yield Place(place.thing, place.pk, place.title, claim, f"id_{name}")


def _claims(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        for span in spans(text):
            yield text[span.start : span.end]


def _plain(source: str) -> str:
    return html.unescape(_TAG.sub(" ", source or ""))
