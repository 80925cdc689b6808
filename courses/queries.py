"""What the course page shows of the course itself, the same for every reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common.text import without_unverified
from courses import versions
from courses.manifest import SELF_PACED, Activity
from courses.models import LessonPage, ModulePage, QuizPage
from courses.outline import ActivityWords, outline

if TYPE_CHECKING:
    from django.http import HttpRequest

    from courses.models import CoursePage, CourseVersion


STATES = {
    "done": _("done"),
    "current": _("you are here"),
    "ahead": _("ahead"),
    "skipped": _("skipped for now"),
}


@dataclass(frozen=True)
class Step:
    """One stop on the path: an activity and its words."""

    activity: Activity
    words: ActivityWords
    summary: str
    state: str = "stop"

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


@dataclass(frozen=True)
class CourseView:
    """A course as anybody sees it: its released version, in words."""

    version: CourseVersion | None
    stretches: tuple[Stretch, ...]
    minutes: int
    required: int
    quizzes: int
    room_minutes: int
    pass_mark: int


def course_view(
    *, page: CoursePage, request: HttpRequest | None = None, states: Mapping[UUID, str] | None = None
) -> CourseView:
    """Return the released version of the course of `page`; empty before its first release. Five queries.

    `states`: the reader's state (done, current, ahead, skipped) by activity, where she is enrolled.
    """
    version = versions.current(page.course) if page.course_id else None
    if version is None:
        return CourseView(None, (), 0, 0, 0, 0, 0)
    manifest = versions.manifest_of(version)
    words = outline(manifest, language=(get_language() or "es")[:2], request=request)
    summaries = _summaries([activity.key for activity in manifest], page.locale_id)
    states = states or {}
    steps = [Step(a, words.of(a.key), summaries.get(a.key, ""), states.get(a.key, "stop")) for a in manifest]
    return CourseView(
        version=version,
        stretches=_stretches(steps, page.locale_id),
        minutes=manifest.minutes(modality=SELF_PACED, country=""),
        required=sum(1 for a in manifest if a.required),
        quizzes=sum(1 for a in manifest if a.kind == versions.QUIZ),
        room_minutes=max((rule.room_minutes for rule in manifest.rules), default=0),
        pass_mark=max((a.pass_mark or 0 for a in manifest), default=0),
    )


def _summaries(keys: list[UUID], locale_id: int) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    for model in (LessonPage, QuizPage):
        rows = model.objects.filter(translation_key__in=keys, locale_id=locale_id)
        found.update(rows.values_list("translation_key", "summary"))
    return {key: without_unverified(summary) for key, summary in found.items()}


def _stretches(steps: list[Step], locale_id: int) -> tuple[Stretch, ...]:
    order = list(dict.fromkeys(step.activity.module for step in steps))
    modules = {
        key: (title, summary)
        for key, title, summary in ModulePage.objects.filter(
            translation_key__in=order, locale_id=locale_id
        ).values_list("translation_key", "title", "summary")
    }
    return tuple(
        Stretch(
            key=key,
            title=without_unverified(modules.get(key, ("", ""))[0]),
            summary=without_unverified(modules.get(key, ("", ""))[1]),
            steps=tuple(step for step in steps if step.activity.module == key),
        )
        for key in order
    )
