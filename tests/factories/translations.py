"""Translates what trainers wrote as an editor of wagtail-localize would, with words that tell their language."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from home.starter.translations import bring
from tests.factories.courses import SmallCourse, committed


def locale_of(code: str) -> Locale:
    """Return a locale, made where it is missing."""
    return Locale.objects.get_or_create(language_code=code)[0]


def words_for(source: Any, code: str) -> dict[tuple[str, str], str]:
    """Return a translation of every text of `source`: «Lección 1» becomes «[en] Lección 1»."""
    texts = {s.string.data for s in extract_segments(source) if isinstance(s, StringSegmentValue)}
    return {("", text): f"[{code}] {text}" for text in texts}


def translate(source: Any, code: str, *, leave_out: int = 0) -> Any:
    """Translate `source` into `code`, but for the first `leave_out` texts, and publish it when it is complete."""
    source = type(source).objects.get(pk=source.pk)
    words = dict(sorted(words_for(source, code).items())[leave_out:])
    with committed():
        target = bring(source, locale_of(code), words)
    return type(target).objects.get(pk=target.pk)


def translate_course(small: SmallCourse, code: str) -> None:
    """Translate everything of a small course, from the front page down."""
    parts = [small.index.get_parent().specific, small.index, small.page, small.module, *small.lessons]
    for part in [*parts, *small.questions, small.quiz, small.quiz_page]:
        if part is not None:
            translate(part, code)
