"""What the screens of translations show: for each course, language and part its state, and what comes next.

The same few queries for three courses and for three hundred.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from assessments.models import Question, Quiz
from common.languages import source_language
from common.text import without_unverified
from courses.models import CoursePage, LessonPage, ModulePage, QuizPage

if TYPE_CHECKING:
    from django.db.models import QuerySet

KINDS = (CoursePage, ModulePage, LessonPage, QuizPage)


class State(TextChoices):
    """How far a part is translated."""

    NOT = "not", _("not translated")
    PARTLY = "partly", _("partly translated")
    DRAFT = "draft", _("translated, not published")
    STALE = "stale", _("older than the Spanish text")
    COMPLETE = "complete", _("complete")


@dataclass(frozen=True)
class Target:
    """A language into which courses are translated, named in the reader's."""

    code: str
    name: str


@dataclass(frozen=True)
class Part:
    """A page, quiz or question of a course: its state, how many texts are missing, and where to go on with it."""

    title: str
    kind: str
    depth: int
    state: State
    missing: int
    url: str


@dataclass(frozen=True)
class LanguageCell:
    """A course in one language: how many parts of how many are complete, how many are old, and the next one."""

    target: Target
    complete: int
    of: int
    stale: int
    next: Part | None
    url: str


@dataclass(frozen=True)
class CourseRow:
    """A course and its languages."""

    title: str
    cells: tuple[LanguageCell, ...]


def targets() -> tuple[Target, ...]:
    """Return the languages of the site other than the source's."""
    names = dict(settings.LANGUAGES)
    return tuple(Target(code, str(names[code])) for code in names if code != source_language())


@dataclass(frozen=True)
class _Thing:
    """A source that is to be translated: a page at `path`, or a snippet that a quiz page needs before it."""

    key: UUID
    title: str
    kind: str
    model: str
    pk: int
    depth: int
    published: dt.datetime | None


@dataclass(frozen=True)
class _Twin:
    """What there is of a translation."""

    pk: int
    live: bool
    published: dt.datetime | None


@dataclass(frozen=True)
class _Known:
    """Everything that was read of one language: twins, when each source was read last, missing texts."""

    twins: dict[UUID, _Twin]
    read: dict[UUID, tuple[int, dt.datetime]]
    missing: dict[UUID, int]


def overview(pages: QuerySet[CoursePage]) -> tuple[CourseRow, ...]:
    """Return the reader's courses, each with every language."""
    courses = list(pages.order_by("path"))
    things = _things(courses)
    keys = [thing.key for parts in things.values() for thing in parts]
    known = {target.code: _known(keys, target.code) for target in targets()}
    return tuple(
        CourseRow(
            without_unverified(page.title),
            tuple(_cell(page, things[page.pk], target, known[target.code]) for target in targets()),
        )
        for page in courses
    )


def parts_of(page: CoursePage, code: str) -> tuple[Part, ...]:
    """Return the parts of one course in one language, what comes first at the top."""
    things = _things([page])[page.pk]
    known = _known([thing.key for thing in things], code)
    return tuple(_part(thing, known) for thing in things)


def _cell(page: CoursePage, things: list[_Thing], target: Target, known: _Known) -> LanguageCell:
    parts = [_part(thing, known) for thing in things]
    states = Counter(part.state for part in parts)
    return LanguageCell(
        target=target,
        complete=states[State.COMPLETE],
        of=len(parts),
        stale=states[State.STALE],
        next=next((part for part in parts if part.state != State.COMPLETE), None),
        url=reverse("course_translations:course", args=[page.course_id, target.code]),
    )


def _part(thing: _Thing, known: _Known) -> Part:
    twin, missing = known.twins.get(thing.key), known.missing.get(thing.key, 0)
    state = _state(thing, twin, known.read.get(thing.key), missing)
    url = _address(thing, twin, known.read.get(thing.key), state)
    return Part(thing.title, thing.kind, thing.depth, state, missing if twin else 0, url)


def _state(thing: _Thing, twin: _Twin | None, read: tuple[int, dt.datetime] | None, missing: int) -> State:
    if twin is None:
        return State.NOT
    if missing:
        return State.PARTLY
    if not twin.live:
        return State.DRAFT
    made = [moment for moment in (twin.published, read[1] if read else None) if moment]
    old = thing.published is not None and any(moment < thing.published for moment in made)
    return State.STALE if old else State.COMPLETE


def _address(thing: _Thing, twin: _Twin | None, read: tuple[int, dt.datetime] | None, state: State) -> str:
    """Return where the next step is taken: submit it, take over what changed, or write."""
    page = thing.model == "page"
    if twin is None and page:
        return reverse("wagtail_localize:submit_page_translation", args=[thing.pk])
    if twin is None:
        return reverse(
            "wagtail_localize:submit_snippet_translation", args=["assessments", thing.model, thing.pk]
        )
    if state == State.STALE and read:
        return reverse("wagtail_localize:update_translations", args=[read[0]])
    if page:
        return reverse("wagtailadmin_pages:edit", args=[twin.pk])
    return reverse(f"wagtailsnippets_assessments_{thing.model}:edit", args=[twin.pk])


def _things(courses: list[CoursePage]) -> dict[int, list[_Thing]]:
    """Return the sources of each course in the order of translation: the whole first, a quiz before its page."""
    types = {kind.pk: str(model._meta.verbose_name) for model, kind in _content_types().items()}
    rows = Page.objects.filter(
        content_type__in=types, locale__language_code=source_language(), alias_of__isnull=True
    ).order_by("path")
    snippets = _snippets()
    found: dict[int, list[_Thing]] = {course.pk: [] for course in courses}
    by_path = {course.path: course for course in courses}
    for row in rows:
        course = next((by_path[row.path[:n]] for n in _steps(row.path) if row.path[:n] in by_path), None)
        if course is None:
            continue
        depth = row.depth - course.depth
        needed = [_snippet(thing, depth) for thing in snippets.get(row.pk, ())]
        title = without_unverified(row.title)
        kind = types[row.content_type_id]
        own = _Thing(row.translation_key, title, kind, "page", row.pk, depth, row.last_published_at)
        found[course.pk] += [*needed, own]
    return found


def _steps(path: str) -> Iterable[int]:
    return range(Page.steplen, len(path) + 1, Page.steplen)


def _content_types() -> dict[Any, ContentType]:
    return ContentType.objects.get_for_models(*KINDS)


def _snippets() -> dict[int, list[Any]]:
    """Return by quiz page the questions and the quiz that must be translated before it."""
    pages = QuizPage.objects.filter(locale__language_code=source_language()).select_related("quiz")
    rows = {page.pk: page.quiz for page in pages if page.quiz}
    ids = {block["value"] for quiz in rows.values() for block in quiz.items.raw_data}
    bank = Question.objects.in_bulk(ids)
    return {
        pk: [*(bank[b["value"]] for b in quiz.items.raw_data if b["value"] in bank), quiz]
        for pk, quiz in rows.items()
    }


def _snippet(thing: Question | Quiz, depth: int) -> _Thing:
    return _Thing(
        thing.translation_key,
        without_unverified(str(thing)),
        str(thing._meta.verbose_name),
        str(thing._meta.model_name),
        thing.pk,
        depth,
        thing.last_published_at,
    )


def _known(keys: list[UUID], code: str) -> _Known:
    twins: dict[UUID, _Twin] = {}
    for model, how in ((Page, {"alias_of__isnull": True}), (Quiz, {}), (Question, {})):
        rows = model._default_manager.filter(translation_key__in=keys, locale__language_code=code, **how)
        for key, pk, live, at in rows.values_list("translation_key", "pk", "live", "last_published_at"):
            twins[key] = _Twin(pk, live, at)
    read = {
        key: (source, at)
        for key, source, at in Translation.objects.filter(
            source__object_id__in=keys, target_locale__language_code=code, enabled=True
        ).values_list("source__object_id", "source_id", "source__last_updated_at")
    }
    return _Known(twins, read, _missing(keys, code))


def _missing(keys: list[UUID], code: str) -> dict[UUID, int]:
    said = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale__language_code=code,
        has_error=False,
    )
    rows = StringSegment.objects.filter(source__object_id__in=keys).exclude(Exists(said))
    counted = rows.order_by().values_list("source__object_id").annotate(count=Count("pk"))
    return defaultdict(int, counted)
