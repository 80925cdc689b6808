"""Answers which lessons and quizzes do not exist for those whom they do not concern, in whatever language."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet


def own_only(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep, of lessons or quiz pages, those that are for some only and that the others do not see anywhere."""
    from courses.models.choices import Others

    narrowed = Q(countries__isnull=False) | ~Q(routes=[])
    return rows.filter(narrowed, others=Others.NONE)


def is_own_only() -> Q:
    """Return the condition that a row of `Page` is such a page, or a translation of one: a translation that has not
    been synchronised since must not tell what its source does not tell any more.
    """
    from courses.models import LessonPage, QuizPage

    same = {"translation_key": OuterRef("translation_key")}
    return Q(Exists(own_only(LessonPage.objects.filter(**same)))) | Q(
        Exists(own_only(QuizPage.objects.filter(**same)))
    )
