"""Why a translation may not be shown to learners yet: its whole, its quiz, a question or some of its texts are missing.

A half-translated page would be read as English and hold Spanish: a reader, a screen reader and a search would all be
told the wrong language. So a translation goes live whole, and top-down.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from assessments.translating import questions_missing
from common.languages import source_language

if TYPE_CHECKING:
    from assessments.models import Quiz


class Missing(StrEnum):
    """What a translation lacks."""

    WHOLE = "whole"
    QUIZ = "quiz"
    QUESTIONS = "questions"
    TEXTS = "texts"


@dataclass(frozen=True)
class Lack:
    """One thing that is missing: `title` is what must be translated first, `count` how many texts or questions.

    `first` are the sources of what must be published in this language before.
    """

    reason: Missing
    title: str = ""
    count: int = 0
    first: tuple[Any, ...] = ()


def say_lack(lack: Lack) -> str:
    """Return what is missing, in the editor's language."""
    if lack.reason == Missing.WHOLE:
        return _("Publish «%(title)s» in this language first: a part is not translated before its whole.") % {
            "title": lack.title
        }
    if lack.reason == Missing.QUIZ:
        return _("The quiz «%(title)s» is not translated and published in this language.") % {
            "title": lack.title
        }
    if lack.reason == Missing.QUESTIONS:
        return ngettext(
            "%(count)s question of «%(title)s» is not translated and published in this language.",
            "%(count)s questions of «%(title)s» are not translated and published in this language.",
            lack.count,
        ) % {"count": lack.count, "title": lack.title}
    return ngettext(
        "%(count)s text has no translation yet.", "%(count)s texts have no translation yet.", lack.count
    ) % {"count": lack.count}


def lacks(thing: Any, locale: Locale | None = None) -> tuple[Lack, ...]:
    """Return what the translation of `thing` into `locale` (default: its own) lacks; nothing for a source."""
    locale = locale or thing.locale
    if locale.language_code == source_language():
        return ()
    found = [missing_texts(thing.translation_key, locale)]
    if isinstance(thing, Page):
        found = [_missing_whole(thing, locale), *missing_of_quiz(thing, locale), *found]
    elif thing._meta.model_name == "quiz":
        found = [_missing_questions(thing, locale), *found]
    return tuple(lack for lack in found if lack)


def missing_texts(key: UUID, locale: Locale) -> Lack | None:
    """Return how many texts have no translation; those of a translation that is no longer synchronised do not count."""
    managed = Translation.objects.filter(source=OuterRef("source"), target_locale=locale, enabled=True)
    said = StringTranslation.objects.filter(
        translation_of=OuterRef("string"), context=OuterRef("context"), locale=locale, has_error=False
    )
    count = (
        StringSegment.objects.filter(source__object_id=key)
        .filter(Exists(managed))
        .exclude(Exists(said))
        .count()
    )
    return Lack(Missing.TEXTS, count=count) if count else None


def _missing_whole(page: Page, locale: Locale) -> Lack | None:
    """Return the page above, where that one is not live in `locale`; the front page has none above."""
    parent = page.get_parent()
    if parent is None or parent.is_root():
        return None
    twins = Page.objects.filter(translation_key=parent.translation_key, alias_of__isnull=True)
    if twins.filter(locale=locale, live=True).exists():
        return None
    source = twins.filter(locale__language_code=source_language()).first()
    return Lack(Missing.WHOLE, title=(source or parent).title, first=(source or parent,))


def missing_of_quiz(page: Page, locale: Locale) -> Iterable[Lack]:
    """Yield what the quiz of a quiz page lacks in `locale`."""
    quiz = _source_quiz(page)
    if quiz is None:
        return
    if not quiz.get_translations().filter(locale=locale, live=True).exists():
        yield Lack(Missing.QUIZ, title=quiz.title, first=(quiz,))
    missing = _missing_questions(quiz, locale)
    if missing:
        yield missing


def _missing_questions(quiz: Quiz, locale: Locale) -> Lack | None:
    missing = questions_missing(quiz, locale)
    if not missing:
        return None
    return Lack(Missing.QUESTIONS, title=quiz.title, count=len(missing), first=tuple(missing))


def _source_quiz(page: Page) -> Quiz | None:
    """Return the quiz that the source of `page` asks."""
    from courses.models import QuizPage

    if not issubclass(page.specific_class or Page, QuizPage):
        return None
    sources = QuizPage.objects.filter(translation_key=page.translation_key).select_related("quiz")
    source = sources.filter(locale__language_code=source_language()).first()
    return source.quiz if source else None
