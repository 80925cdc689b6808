"""Says who reads open answers: who facilitates her group; where nobody does, the people who write her course.

Nobody reads her own. Whoever reads for a group knows her by the name on screen; who writes the course reads without a
name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from assessments.models import Attempt
from learning.models import Cohort, Enrolment

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User


def read_by(user: User) -> QuerySet[Enrolment]:
    """Return the enrolments whose open answers a login reads."""
    person = user.person
    others = Cohort.facilitators.through.objects.filter(cohort=OuterRef("cohort")).exclude(
        person__canonical=OuterRef("person__canonical")
    )
    rows = Enrolment.objects.exclude(person__canonical_id=person.canonical_id).alias(
        facilitated=Exists(others)
    )
    hers = Q(cohort__in=Cohort.objects.facilitated_by(person))
    writes = Q(facilitated=False, course__team__group__user=user)
    return rows.filter(hers | writes).distinct()


def attempts_to_read(user: User) -> QuerySet[Attempt]:
    """Return the attempts with open answers that wait for a login, the one that waits longest first."""
    rows = Attempt.objects.submitted().filter(to_read__gt=0, context__in=read_by(user).values("key"))
    return rows.select_related("version", "person").order_by("submitted_at")


def facilitates(user: User, enrolment: Enrolment) -> bool:
    """Say whether a login facilitates her group, and so knows her by name."""
    if enrolment.cohort is None:
        return False
    return enrolment.cohort.facilitators.filter(canonical_id=user.person.canonical_id).exists()


def say_readers(enrolment: Enrolment) -> str:
    """Return, to the learner, who reads what she writes in her own words. One query in a group."""
    cohort = enrolment.cohort
    names = []
    if cohort is not None:
        others = cohort.facilitators.exclude(canonical_id=enrolment.person.canonical_id)
        names = [str(person) for person in others]
    if names:
        return _("Read by who facilitates your group: %(names)s. Nobody else reads it.") % {
            "names": ", ".join(names)
        }
    return _("Read by the people who write this course, without your name. Nobody else reads it.")
