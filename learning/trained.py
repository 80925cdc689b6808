"""Counts for a dossier what the people of some institutions completed: each person once, nobody named."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from common.languages import interface_language
from courses.versions import Course, many_course_words
from institutions.dossier import Figures, Trained, register_figures
from institutions.models import Membership, MembershipState
from learning.models import Completion

PEOPLE = Count("enrolment__person__canonical", distinct=True)


def register() -> None:
    """Put this room's figures into the dossier."""
    register_figures(trained_at)


def trained_at(institutions: Collection[int]) -> Figures:
    """Return the figures of those who worked there, or in a unit of it, when they enrolled.

    Who had only said so, and was then told by the institution that she does not, is none of its people.
    """
    there = Q(enrolment__at_institution__in=institutions) | Q(enrolment__at_parent__in=institutions)
    rows = Completion.objects.filter(there, annulment__isnull=True).order_by()
    hers = Membership.objects.filter(
        person__canonical=OuterRef("enrolment__person__canonical"),
        institution=OuterRef("enrolment__at_institution"),
    )
    refused = hers.filter(state=MembershipState.REFUSED)
    rows = rows.exclude(Exists(refused) & ~Exists(hers.exclude(state=MembershipState.REFUSED)))
    whole = rows.aggregate(people=PEOPLE, minutes=Sum("minutes"))
    return Figures(
        whole=_trained(whole),
        by_course=_named(_grouped(rows.annotate(by=F("enrolment__course")))),
        by_year=_grouped(rows.annotate(by=ExtractYear("achieved_on"))),
        by_sex=_by_sex(rows),
    )


def _trained(row: dict[str, Any]) -> Trained:
    return Trained(people=row["people"], minutes=row["minutes"] or 0)


def _grouped(rows: QuerySet[Any]) -> dict[Any, Trained]:
    found = rows.values("by").annotate(people=PEOPLE, minutes=Sum("minutes")).order_by("by")
    return {row["by"]: _trained(row) for row in found}


def _named(figures: dict[int, Trained]) -> dict[str, Trained]:
    """Return figures by what each course is called in the reader's language, its code first."""
    courses = Course.objects.filter(pk__in=figures).order_by("code", "pk")
    words = many_course_words(courses, language=interface_language())
    named = {course.pk: f"{course.code or ''} {words[course.key].title}".strip() for course in courses}
    return {named[course.pk]: figures[course.pk] for course in courses}


def _by_sex(rows: QuerySet[Completion]) -> dict[str, int]:
    """Return people by what they answered when they enrolled; no answer counts as unsaid.

    Whoever answered otherwise in another year is counted by the latest answer, so that the parts sum up.
    """
    latest: dict[int | None, str] = {}
    answers = rows.order_by("enrolment__enrolled_at").values_list(
        "enrolment__person__canonical", "enrolment__at_sex"
    )
    for person, sex in answers.iterator():
        latest[person] = sex or latest.get(person, "")
    counts: dict[str, int] = {}
    for sex in latest.values():
        counts[sex or "unsaid"] = counts.get(sex or "unsaid", 0) + 1
    return counts
