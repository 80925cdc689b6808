"""What the course page shows of the course itself, the same for every reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common.languages import foreign
from common.text import without_unverified
from courses import versions
from courses.manifest import SELF_PACED, Activity, Manifest
from courses.models import LessonPage, ModulePage, QuizPage
from courses.narrowed import is_hidden
from courses.outline import ActivityWords, outline
from courses.remembered import LEARNER, VISITOR, remember
from courses.translated import readable
from institutions.stages import scope_names
from programme.scope import Reader, Scope

if TYPE_CHECKING:
    from django.http import HttpRequest

    from courses.models import CoursePage, CourseVersion


# What tells a page among its languages.
PLACED = ("live", "locale", "translation_key")
STATES = {
    "done": _("done"),
    "current": _("you are here"),
    "ahead": _("ahead"),
    "skipped": _("skipped for now"),
}


@dataclass(frozen=True)
class Step:
    """One stop on the path: an activity and its words. `whose` names the countries or stages that it is for."""

    activity: Activity
    words: ActivityWords
    summary: str
    minutes: int
    whose: str = ""
    state: str = "stop"

    @property
    def lang(self) -> str:
        """Return the language of the words where it differs from the interface's."""
        return foreign(self.words.language)

    @property
    def state_words(self) -> str:
        """Return the state for those who do not see its shape; nothing where nobody's progress is shown."""
        return str(STATES.get(self.state, ""))


@dataclass(frozen=True)
class Stretch:
    """A module and its stops."""

    key: UUID
    title: str
    summary: str
    steps: tuple[Step, ...]
    language: str = "es"

    @property
    def lang(self) -> str:
        """Return the language of the title where it differs from the interface's."""
        return foreign(self.language)


@dataclass(frozen=True)
class CourseView:
    """A course as one kind of reader sees it: its released version, or the one that she takes or took, in words.

    `elsewhere` are activities of other countries or stages that may be consulted, `later` those of the newest version
    that hers does not ask. `asks_country`: it matters in which country one takes it; `own`: the reader's is known.
    """

    version: CourseVersion | None
    stretches: tuple[Stretch, ...]
    minutes: int
    required: int
    quizzes: int
    room_minutes: int
    pass_mark: int
    elsewhere: tuple[Step, ...] = ()
    later: tuple[Step, ...] = ()
    asks_country: bool = False
    own: bool = False


def course_view(
    *,
    page: CoursePage,
    request: HttpRequest | None = None,
    states: Mapping[UUID, str] | None = None,
    reader: Reader | None = None,
    version: CourseVersion | None = None,
) -> CourseView:
    """Return the released version of the course of `page`; empty before its first release.

    `states`: the reader's state (done, current, ahead, skipped) by activity, where she is enrolled, and `reader` and
    `version` her country and stages and what she is asked by that enrolment (None: a visitor, the newest version).
    What is the same for all such readers takes six queries, and is then remembered.
    """
    language = page.locale.language_code
    view = remember(
        # The page is in one language; the countries' names stand in the interface's.
        f"view.{page.pk}.{version.pk if version else ''}",
        lambda: _view(page, language, request, reader or Reader(), version),
        language=get_language() or language,
        reader=reader or Reader(),
        sight=VISITOR if reader is None else LEARNER,
    )
    return (
        replace(view, stretches=tuple(_with_states(stretch, states) for stretch in view.stretches))
        if states
        else view
    )


def _with_states(stretch: Stretch, states: Mapping[UUID, str]) -> Stretch:
    steps = tuple(replace(step, state=states.get(step.activity.key, "stop")) for step in stretch.steps)
    return replace(stretch, steps=steps)


def _view(
    page: CoursePage, language: str, request: HttpRequest | None, reader: Reader, hers: CourseVersion | None
) -> CourseView:
    newest = versions.current(page.course) if page.course else None
    version = hers or newest
    if version is None or newest is None:
        return CourseView(None, (), 0, 0, 0, 0, 0)
    manifest = versions.manifest_of(version)
    steps = _steps(manifest, language, request, reader)
    asked = [step for step in steps if step.activity.concerns(reader)]
    added = Manifest(tuple(a for a in versions.manifest_of(newest) if manifest.find(a.key) is None), ())
    return CourseView(
        version=version,
        stretches=_stretches(asked, language),
        minutes=manifest.minutes(modality=SELF_PACED, reader=reader),
        required=sum(1 for step in asked if step.activity.required),
        quizzes=sum(1 for step in asked if step.activity.kind == versions.QUIZ),
        room_minutes=max((rule.room_minutes for rule in manifest.rules), default=0),
        pass_mark=max((a.pass_mark or 0 for a in manifest), default=0),
        elsewhere=tuple(replace(step, minutes=step.activity.minutes) for step in steps if step not in asked),
        later=tuple(s for s in _steps(added, language, request, reader) if s.activity.concerns(reader)),
        asks_country=versions.differs_by_country(version.course),
        own=bool(reader.country),
    )


def _steps(manifest: Manifest, language: str, request: HttpRequest | None, reader: Reader) -> list[Step]:
    """Return the activities that `reader` may know of."""
    words = outline(manifest, language=language, request=request)
    summaries = _summaries([activity.key for activity in manifest], language)
    return [
        Step(a, words.of(a.key), summaries.get(a.key, ""), a.minutes_for(reader), _whose(a, reader))
        for a in manifest
        if not is_hidden(a.key, reader) and (a.concerns(reader) or not words.of(a.key).own_only)
    ]


def _whose(activity: Activity, reader: Reader) -> str:
    """Return for whom an activity is; to one of them her own country alone: it is her module."""
    scope = activity.scope
    if reader.country in scope.countries:
        scope = Scope(frozenset({reader.country}), scope.routes)
    return scope_names(scope)


def _summaries(keys: list[UUID], language: str) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    for model in (LessonPage, QuizPage):
        pages = readable(model.objects.only("summary", *PLACED), keys, language)
        found.update((key, without_unverified(page.summary)) for key, page in pages.items())
    return found


def _stretches(steps: list[Step], language: str) -> tuple[Stretch, ...]:
    order = list(dict.fromkeys(step.activity.module for step in steps))
    modules = readable(ModulePage.objects.only("title", "summary", *PLACED), order, language)
    return tuple(
        Stretch(
            key=key,
            title=without_unverified(module.title) if module else "",
            summary=without_unverified(module.summary) if module else "",
            steps=tuple(step for step in steps if step.activity.module == key),
            language=module.locale.language_code if module else language,
        )
        for key in order
        for module in [modules.get(key)]
    )
