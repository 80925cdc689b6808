"""Which of the two forms of a pair of tests somebody takes before the course, and which one after it.

Where both pages ask the same quiz there is nothing to choose. Of two parallel forms half of a group begins with the one
and half with the other, so that a harder form makes nobody look as if she had learned, or had not.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from assessments.models import Attempt
from courses import versions
from learning.models import Enrolment

if TYPE_CHECKING:
    from uuid import UUID


def quiz_for(enrolment: Enrolment, activity: versions.Activity) -> UUID | None:
    """Return the quiz that an activity asks of a learner. One query of a pair with two forms, none otherwise.

    Before she began the first test it is the page's own: which form she gets is settled when she begins.
    """
    forms = _forms(enrolment, activity)
    if len(forms) < 2:
        return activity.quiz
    taken = (
        Attempt.objects.filter(context=enrolment.key, before=True).values_list("quiz_key", flat=True).first()
    )
    if taken not in forms:
        return activity.quiz
    return next(one for one in forms if (one == taken) is activity.is_before)


def quiz_to_begin(enrolment: Enrolment, activity: versions.Activity) -> UUID | None:
    """Return the quiz with which a learner begins: before the course, the form that fewer of her group have."""
    forms = _forms(enrolment, activity)
    quiz = quiz_for(enrolment, activity)
    if len(forms) < 2 or not activity.is_before:
        return quiz
    hers = Attempt.objects.filter(context=enrolment.key, before=True)
    if hers.exists():
        return quiz
    group = Enrolment.objects.filter(course=enrolment.course_id, cohort=enrolment.cohort_id)
    rows = Attempt.objects.filter(context__in=group.values("key"), before=True, quiz_key__in=forms)
    taken = Counter(rows.values_list("quiz_key", flat=True))
    # The page's own first, where both are as often.
    return min(forms, key=lambda one: (taken[one], one != activity.quiz))


def _forms(enrolment: Enrolment, activity: versions.Activity) -> frozenset[UUID]:
    return versions.manifest_of(enrolment.version).forms_of(activity) if activity.moment else frozenset()


def has_begun_after(enrolment: Enrolment) -> bool:
    """Say whether she began the test after the course: what she knew before can no longer be found out."""
    pair = versions.manifest_of(enrolment.version).pair
    if pair is None:
        return False
    forms = versions.manifest_of(enrolment.version).forms_of(pair[1])
    return Attempt.objects.filter(context=enrolment.key, before=False, quiz_key__in=forms).exists()


def meets(activity: versions.Activity, attempt: Attempt, manifest: versions.Manifest) -> bool:
    """Say whether an attempt is one at this activity, in whichever form."""
    return attempt.before == activity.is_before and attempt.quiz_key in manifest.forms_of(activity)
