"""Answers which lessons and quizzes do not exist for those whom they do not concern, in whatever language.

A version says of whom something is asked, and changes by a release. That others must not see it is a matter of
safety: the page alone says so, and it holds from its publication on.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from common.languages import source_language
from courses.remembered import remember
from programme.scope import Reader, Scope, concerns


def hides_from_others() -> Q:
    """Return the condition that a row of `Page` is hidden from those of whom it is not asked, by any language."""
    from courses.models import LessonPage, QuizPage
    from courses.models.choices import Others

    same = {"translation_key": OuterRef("translation_key"), "others": Others.NONE}
    return Q(Exists(LessonPage.objects.filter(**same))) | Q(Exists(QuizPage.objects.filter(**same)))


def is_hidden(key: UUID, reader: Reader) -> bool:
    """Say whether the published page of an activity is for others alone, whatever a version asks of `reader`."""
    scope = remember("own-only", _own_scopes, language="every", reader=Reader(), sight="words").get(key)
    return scope is not None and not concerns(scope, reader)


def _own_scopes() -> dict[UUID, Scope]:
    """Return for whom each such activity is, by the word of its source: a stale translation opens and shuts nothing."""
    from courses.models import LessonPage, QuizPage

    return {
        page.translation_key: page.scope
        for model in (LessonPage, QuizPage)
        for page in own_only(model.objects.filter(locale__language_code=source_language()))
        .distinct()
        .prefetch_related("countries")
        .only("translation_key", "routes")
    }


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
