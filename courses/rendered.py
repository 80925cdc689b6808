"""Keeps lessons as they were rendered, and fills in what is one reader's own.

A lesson is the same for every learner of one country, route and language, except for what she wrote in it and the
tokens of its forms: there a block leaves a gap (`programme.gaps`), which is filled for each request. Two readers are
handed the same text only if their sights are equal; what stands in no sight must not change what a block prints.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString

from courses.blocks.countries import reader_in
from courses.remembered import LEARNER, remember
from programme.gaps import TOKEN, Gaps, Rendered, token_of
from programme.scope import Reader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from courses.models import LessonPage

# What the address of an answer to a knowledge check asks (`courses.blocks.practice`).
TRIED = "comprobar"


@dataclass(frozen=True)
class Sight:
    """All that decides, besides what authors wrote, what a learner reads of a lesson.

    The page stands for the language of its text. The reader is a country and route stages, never a
    person; an unknown country is one of its own. The day is there
    for warnings that come with time, such as that of a support line nobody has checked for a year.
    """

    page: int
    interface: str
    reader: Reader
    consulting: bool
    day: dt.date


def sight_of(page: LessonPage, context: Mapping[str, Any]) -> Sight | None:
    """Return how the reader sees `page`; None for what is never kept: previews, editors, an answer that was tried."""
    study, request = context.get("study"), context.get("request")
    if study is None or context.get("editing") or (request is not None and TRIED in request.GET):
        return None
    return Sight(
        page=page.pk,
        interface=str(context.get("LANGUAGE_CODE")),
        reader=reader_in(context),
        consulting=bool(getattr(study, "consulting", False)),
        day=timezone.localdate(),
    )


def body(page: LessonPage, context: Mapping[str, Any]) -> SafeString:
    """Return the body of `page` for the reader of `context`."""
    sight = sight_of(page, context)
    return _afresh(page, context) if sight is None else kept_body(page, sight, context)


def kept_body(page: LessonPage, sight: Sight, context: Mapping[str, Any]) -> SafeString:
    """Return the body of `page` as those of one sight share it, with the reader's own filled in."""
    kept = remember(
        f"lesson.{sight.page}.{sight.consulting}.{sight.day}",
        lambda: _for_keeping(page, sight, context),
        language=sight.interface,
        reader=sight.reader,
        sight=LEARNER,
    )
    return kept.filled(lambda gap: _own(gap, context))


def foot(page: LessonPage, context: Mapping[str, Any]) -> SafeString:
    """Return the sources and the review date at the end of `page`."""
    sight = sight_of(page, context)
    return _foot_afresh(page, context) if sight is None else kept_foot(page, sight, context)


def kept_foot(page: LessonPage, sight: Sight, context: Mapping[str, Any]) -> SafeString:
    """Return the end of `page` as those of one sight share it."""
    return remember(
        f"foot.{sight.page}",
        lambda: _foot_afresh(page, context),
        language=sight.interface,
        reader=sight.reader,
        sight=LEARNER,
    )


def _foot_afresh(page: LessonPage, context: Mapping[str, Any]) -> SafeString:
    shown = {"page": page, "LANGUAGE_CODE": context.get("LANGUAGE_CODE"), "editing": context.get("editing")}
    return SafeString(render_to_string("courses/lesson_sources.html", shown))


def _afresh(page: LessonPage, context: Mapping[str, Any]) -> SafeString:
    return SafeString(page.body.stream_block.render(page.body, context=dict(context)))


def _for_keeping(page: LessonPage, sight: Sight, context: Mapping[str, Any]) -> Rendered:
    """Render with nothing of the reader at hand but what stands in her sight."""
    gaps = Gaps()
    return gaps.split(
        _afresh(
            page,
            {
                "page": page,
                "frame": context.get("frame"),
                "LANGUAGE_CODE": context.get("LANGUAGE_CODE"),
                "study": AnyLearner(sight.reader.country, sight.reader.routes, sight.consulting),
                "editing": False,
                "gaps": gaps,
                "csrf_token": gaps.leave(TOKEN),
            },
        )
    )


@dataclass(frozen=True)
class AnyLearner:
    """What a block may know of the learner while it is rendered for keeping; see `learning.queries.Study`."""

    country: str
    routes: frozenset[str]
    consulting: bool


def _own(gap: str, context: Mapping[str, Any]) -> str:
    """Return what stands in a gap: the token of a form, or what this reader wrote in a reflection, as HTML."""
    if gap == TOKEN:
        return token_of(context["request"])
    notes = getattr(context.get("study"), "reflections", None) or {}
    return str(escape(notes.get(gap, "")))
