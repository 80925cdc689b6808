"""What a course and a session may be called where somebody looks over a shoulder: in subjects, frames, calendars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from courses import versions

if TYPE_CHECKING:
    from courses.models import Course
    from learning.models import Cohort, Session


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
