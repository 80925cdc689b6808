"""Keeps lessons as they were rendered, and fills in what is one reader's own.

A lesson is the same for every learner of one country, route and language, except for blocks that call themselves
personal (`Meta.personal`): those leave a gap, which is filled for each request. Two readers are handed the same text
only if their sights are equal; what stands in no sight must not change what a block prints.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from courses.blocks.countries import reader_in
from courses.remembered import LEARNER, remember
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
        day=timezone.localdate(),
    )


@dataclass(frozen=True)
class Rendered:
    """A lesson's body as text with gaps: each text is followed by the id of a personal block, but for the last."""

    texts: tuple[str, ...]
    gaps: tuple[str, ...]


class Gaps:
    """Stands in the context while a body is rendered for keeping; personal blocks leave a mark in their place."""

    def __init__(self) -> None:
        # Nothing that an author writes can look like the mark.
        self.token = secrets.token_hex(16)

    def leave(self, block_id: str) -> SafeString:
        """Return the mark of a personal block."""
        return mark_safe(f"<!--{self.token} {block_id}-->")  # noqa: S308  our own token and a block's id

    def split(self, text: str) -> Rendered:
        """Return `text` parted at the marks."""
        pieces = re.split(rf"<!--{self.token} (.*?)-->", text)
        return Rendered(tuple(pieces[::2]), tuple(pieces[1::2]))


def body(page: LessonPage, context: Mapping[str, Any]) -> SafeString:
    """Return the body of `page` for the reader of `context`."""
    sight = sight_of(page, context)
    if sight is None:
        return _afresh(page, context)
    kept = remember(
        f"lesson.{sight.page}.{sight.day}",
        lambda: _for_keeping(page, sight, context),
        language=sight.interface,
        reader=sight.reader,
        sight=LEARNER,
    )
    filled = [_personal(page, gap, context) for gap in kept.gaps]
    return mark_safe(  # noqa: S308  rendered by templates that escape
        "".join(text + own for text, own in zip(kept.texts, [*filled, ""], strict=True))
    )


def foot(page: LessonPage, context: Mapping[str, Any]) -> SafeString:
    """Return the sources and the review date at the end of `page`."""
    sight, name = sight_of(page, context), "courses/lesson_sources.html"
    shown = {"page": page, "LANGUAGE_CODE": context.get("LANGUAGE_CODE"), "editing": context.get("editing")}
    if sight is None:
        return mark_safe(render_to_string(name, shown))  # noqa: S308  a template that escapes
    return remember(
        f"foot.{sight.page}",
        lambda: mark_safe(render_to_string(name, shown)),  # noqa: S308
        language=sight.interface,
        reader=sight.reader,
        sight=LEARNER,
    )


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
                "study": AnyLearner(sight.reader.country, sight.reader.routes),
                "editing": False,
                "gaps": gaps,
            },
        )
    )


@dataclass(frozen=True)
class AnyLearner:
    """What a block may know of the learner while it is rendered for keeping; see `learning.queries.Study`."""

    country: str
    routes: frozenset[str]


def _personal(page: LessonPage, block_id: str, context: Mapping[str, Any]) -> str:
    """Render the personal block with the id `block_id`, for this reader alone."""
    for place, raw in enumerate(page.body.raw_data):
        if str(raw.get("id") or place) == block_id:
            return str(page.body[place].render(context={**context, "block_id": block_id}))
    return ""
