"""What happens when somebody opens a cohort: it has a code, a link to send, and a facilitator at once."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from accounts.sight import sight_of
from courses import versions
from courses.versions import Course
from learning import cohorts
from learning.models import ActivityType, Cohort, EnrolmentState

if TYPE_CHECKING:
    from accounts.models import Person
    from programme.models import Country


class Reason(StrEnum):
    """Why a cohort is not opened."""

    NOT_YOURS = "not_yours"
    COURSE_CLOSED = "course_closed"
    OTHER_COUNTRY = "other_country"
    NO_NAME = "no_name"
    NOT_TRAINED = "not_trained"


class Refused(Exception):
    """Nothing was opened; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def may_open(user: User) -> bool:
    """Say whether somebody opens groups: a coordinator, programme staff, and whoever facilitates one already."""
    return user.has_perm("learning.add_cohort") or Cohort.objects.facilitated_by(user.person).exists()


def courses_to_open(user: User) -> QuerySet[Course]:
    """Return the courses for which somebody opens groups: staff all that are released, a facilitator those of hers."""
    released = versions.CourseVersion.objects.filter(course=OuterRef("pk"))
    rows = Course.objects.filter(Exists(released), retired_at__isnull=True).order_by("code")
    if user.has_perm("learning.add_cohort"):
        return rows
    hers = Cohort.objects.facilitated_by(user.person)
    return rows.filter(pk__in=hers.values("course"))


def trained_in(person: Person) -> QuerySet[Cohort]:
    """Return the groups in which somebody completed: those on which a group of hers may hang."""
    hers = Cohort.objects.filter(
        enrolments__person__canonical_id=person.canonical_id, enrolments__state=EnrolmentState.COMPLETED
    )
    return Cohort.objects.filter(pk__in=hers.values("pk")).order_by("name", "pk")


def open_cohort(
    *,
    course: Course,
    name: str,
    by: User,
    country: Country | None,
    starts_on: dt.date | None = None,
    activity_type: str = ActivityType.TRAINING,
    parent: Cohort | None = None,
) -> Cohort:
    """Open a cohort with its code, facilitated by who opens it. With a first day it keeps its version.

    Raises Refused.
    """
    why = _why_not(course, name, by, country)
    if why is None and parent is not None and not _may_hang_on(by, parent):
        why = Reason.NOT_TRAINED
    if why:
        raise Refused(why)
    cohort = Cohort(
        name=name.strip()[:120],
        course=course,
        country=country,
        starts_on=starts_on,
        activity_type=activity_type,
        parent=parent,
        opened_by=by.person,
    )
    with transaction.atomic():
        cohorts.prepare(cohort=cohort)
        cohort.save()
        cohorts.set_facilitators(cohort=cohort, people=[by.person])
    return cohort


def _why_not(course: Course, name: str, by: User, country: Country | None) -> Reason | None:
    checks = (
        (not courses_to_open(by).filter(pk=course.pk).exists(), Reason.NOT_YOURS),
        (not versions.scope_of(course).live, Reason.COURSE_CLOSED),
        (not _reaches(by, country), Reason.OTHER_COUNTRY),
        (not name.strip(), Reason.NO_NAME),
    )
    return next((why for fails, why in checks if fails), None)


def _may_hang_on(user: User, parent: Cohort) -> bool:
    """Staff know who trained whom; anybody else says it of herself."""
    return user.has_perm("learning.add_cohort") or trained_in(user.person).filter(pk=parent.pk).exists()


def _reaches(user: User, country: Country | None) -> bool:
    """A coordinator opens groups where she coordinates; a facilitator, who goes where she is sent, anywhere."""
    sight = sight_of(user)
    if sight.whole or not user.has_perm("learning.add_cohort"):
        return True
    return country is not None and sight.reaches(country.pk)
