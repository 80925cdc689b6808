"""What a course and a session may be called where somebody looks over a shoulder: in subjects, frames, calendars."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from common.text import fold
from courses import versions

if TYPE_CHECKING:
    from courses.models import Course
    from learning.models import Cohort, Session

# Words that stand in every title, and shorter ones, tell no topic.
TELLING_LETTERS = 5
GENERAL = frozenset(
    "curso taller modulo primer primero primera primeros primeras segundo segunda sobre entre desde hasta hacia"
    " course workshop module first about between cours atelier premier premiere premiers premieres".split()
)


@dataclass(frozen=True)
class Names:
    """The words for one reader. Of a sensitive course none of them tells what it is about."""

    course: str
    group: str
    sensitive: bool

    def of(self, session: Session) -> str:
        """Return what a session is called. Its title is written by people, and may name the topic."""
        return self.course if self.sensitive else session.title


def names_for(cohort: Cohort | None, course: Course, language: str) -> Names:
    """Return what may be called how in `language`."""
    with override(language):
        return names_of(cohort, course, versions.course_words(course, language=language))


def names_of(cohort: Cohort | None, course: Course, words: versions.CourseWords) -> Names:
    """Return the same from words that were read already, in the language that is active."""
    if not (course.sensitive or words.sensitive):
        return Names(words.title, cohort.name if cohort else "", sensitive=False)
    # A course without a neutral name answers with its title.
    neutral = words.neutral if words.neutral != words.title else course.neutral_name
    return Names(neutral or _("your course"), _("your group"), sensitive=True)


def naming_words(course: Course, texts: Iterable[str], languages: Iterable[str]) -> tuple[str, ...]:
    """Return the words of the title of a sensitive course that stand in `texts`, as they were written there.

    A hint for who writes, in whatever language: «psicológicos» of «Primeros auxilios psicológicos», not «primeros».
    """
    named: set[str] = set()
    for language in languages:
        words = versions.course_words(course, language=language)
        if course.sensitive or words.sensitive:
            named |= _words(words.title) - _words(f"{words.neutral} {course.neutral_name}") - GENERAL
    found = (word for text in texts for word in re.findall(r"\w+", text))
    told = (word for word in found if len(word) >= TELLING_LETTERS and fold(word) in named)
    return tuple(dict.fromkeys(told))


def _words(title: str) -> set[str]:
    return set(re.findall(r"\w+", fold(title)))
