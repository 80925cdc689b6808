"""The screen on which a learner corrects the country of one enrolment: what would change, before it does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from common.languages import content_language
from courses import versions
from learning.correcting import consequences, refusal_of
from learning.words import REFUSALS

if TYPE_CHECKING:
    from django.http import HttpRequest

    from learning.models import Enrolment
    from programme.models import Country


@dataclass(frozen=True)
class CountryScreen:
    """The enrolment's country, the one asked about (None at first), and what it would change, by title."""

    enrolment: Enrolment
    words: versions.CourseWords
    country: Country
    chosen: Country | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: int = 0
    refused: str = ""


def country_screen(request: HttpRequest, enrolment: Enrolment, chosen: Country | None) -> CountryScreen:
    """Return the screen, with the consequences of `chosen` where it is another country than hers."""
    language = content_language()
    course = versions.course_words(enrolment.course, language=language, request=request)
    if chosen is None or chosen == enrolment.at_country:
        return CountryScreen(enrolment, course, enrolment.at_country)
    refusal = refusal_of(enrolment, chosen)
    if refusal:
        return CountryScreen(enrolment, course, enrolment.at_country, refused=str(REFUSALS[refusal]))
    found = consequences(enrolment, chosen)
    words = versions.outline(versions.manifest_of(enrolment.version), language=language, request=request)
    now, then = enrolment.reader, replace(enrolment.reader, country=chosen.pk)
    return CountryScreen(
        enrolment,
        course,
        enrolment.at_country,
        chosen=chosen,
        added=_titles(found.added, words.told_to(then)),
        removed=_titles(found.removed, words.told_to(now)),
        kept=found.kept,
    )


def _titles(activities: tuple[versions.Activity, ...], told: versions.Outline) -> tuple[str, ...]:
    """Return how activities are called, without those that are hidden."""
    return tuple(filter(None, (told.of(activity.key).title for activity in activities)))
