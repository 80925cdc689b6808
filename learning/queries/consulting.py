"""The page of an activity that a learner may read and is not asked: another country's, or another stage's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from common.languages import content_language, foreign
from courses import versions

if TYPE_CHECKING:
    from django.http import HttpRequest

    from learning.models import Enrolment


@dataclass(frozen=True)
class Consultation:
    """What such a page shows of the learner: whence she came, and for whom its blocks are shown. Nothing counts."""

    consulting: ClassVar[bool] = True

    course_title: str
    course_url: str
    course_lang: str
    sensitive: bool
    country: str
    routes: frozenset[str]
    reflections: dict[str, str] = field(default_factory=dict)


def asks(enrolment: Enrolment, activity: UUID) -> bool:
    """Say whether the enrolment asks this activity of its learner, and its page is not for others alone by now."""
    found = versions.manifest_of(enrolment.version).find(activity)
    return (
        found is not None
        and found.concerns(enrolment.reader)
        and not versions.is_hidden(activity, enrolment.reader)
    )


def consultation(request: HttpRequest, enrolment: Enrolment, activity: UUID) -> Consultation:
    """Return what the page of `activity` shows to a learner who consults it. One query, and none once remembered."""
    manifest = versions.manifest_of(enrolment.version)
    language = content_language()
    course = versions.outline(manifest, language=language, request=request, also=[enrolment.course.key]).of(
        enrolment.course.key
    )
    return Consultation(
        course_title=course.title,
        course_url=course.url,
        course_lang=foreign(course.language),
        sensitive=enrolment.course.sensitive,
        country=enrolment.reader.country,
        routes=enrolment.reader.routes,
    )
