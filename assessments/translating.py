"""Answers which questions of a quiz nobody can read yet in a language: until then the quiz is not published in it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from common.languages import source_language

if TYPE_CHECKING:
    from wagtail.models import Locale

    from assessments.models import Question, Quiz


def questions_missing(quiz: Quiz, locale: Locale) -> list[Question]:
    """Return, in the order of the source, the published questions of `quiz` that are not published in `locale`."""
    source = _source_of(quiz)
    if source is None or locale.language_code == source_language():
        return []
    from assessments.drawing import pools
    from assessments.models import Question

    listed = [item.value for item in source.items if item.value is not None]
    asked = [question for question in listed if question.live]
    drawn = chain.from_iterable(pools(source, source.locale, [question.pk for question in listed]))
    asked += dict.fromkeys(drawn)
    keys = [question.translation_key for question in asked]
    rows = Question.objects.filter(translation_key__in=keys, locale=locale, live=True)
    there = set(rows.values_list("translation_key", flat=True))
    return [question for question in asked if question.translation_key not in there]


def _source_of(quiz: Quiz) -> Quiz | None:
    if quiz.locale.language_code == source_language():
        return quiz
    twins = type(quiz).objects.filter(translation_key=quiz.translation_key)
    return twins.filter(locale__language_code=source_language()).first()
