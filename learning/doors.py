"""Answers what lower rooms ask of this one: who facilitates whom, and where an attempt stands in a course."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from accounts import doors
from assessments import journey
from common.languages import content_language
from courses import versions
from learning.attempts import attempts_at, standing_of
from learning.forms_of_a_pair import meets
from learning.learned import pair_of
from learning.models import Cohort, Enrolment, EnrolmentWay
from learning.queries.consulting import asks
from learning.readers import say_readers
from learning.retrying import Again
from learning.words import say_used_up
from learning.words_of_learning import say_learned

if TYPE_CHECKING:
    from accounts.models import Person
    from assessments.models import Attempt


def register() -> None:
    """Put this room's answers at the doors."""
    doors.register_may_reset(facilitates)
    doors.register_may_hand_out(is_facilitator)
    journey.register(place_of)


def facilitates(by: Person, person: Person) -> bool:
    """Say whether `by` facilitates a cohort in which `person` is enrolled.

    Being written on a list opens no account: else whoever guesses a code enrols its owner and gives herself her PIN.
    It counts once the person has come in herself.
    """
    listed = Q(way__in=[EnrolmentWay.LIST, EnrolmentWay.IMPORT], last_activity__isnull=True)
    rows = Enrolment.objects.of(person).standing().exclude(listed)
    return rows.filter(cohort__facilitators__canonical_id=by.canonical_id).exists()


def is_facilitator(person: Person) -> bool:
    """Say whether `person` facilitates any cohort."""
    return Cohort.objects.filter(facilitators__canonical_id=person.canonical_id).exists()


def place_of(attempt: Attempt) -> journey.Place:
    """Return where an attempt stands: its quiz page, the course afterwards, and how to try again. Four queries, and
    up to four more after an attempt that did not pass.
    """
    enrolment = (
        Enrolment.objects.select_related("course", "version", "person", "cohort")
        .defer("version__manifest")
        .filter(key=attempt.context)
    ).first()
    if enrolment is None:
        return journey.Place()
    manifest = versions.manifest_of(enrolment.version)
    quizzes = (a for a in manifest if meets(a, attempt, manifest))
    activity = next((a for a in quizzes if asks(enrolment, a.key)), None)
    words = versions.outline(manifest, language=content_language(), also=[enrolment.course.key])
    course = words.of(enrolment.course.key)
    again = _again(attempt, enrolment, activity)
    return journey.Place(
        title=course.title,
        url=(words.of(activity.key).url if activity else "") or course.url or "/",
        after_url=course.url or reverse("learning:home"),
        sensitive=enrolment.course.sensitive,
        again_url=reverse("learning:start_quiz", kwargs={"activity": activity.key}) if activity else "",
        attempts_left=again.left if again else None,
        readers=say_readers(enrolment),
        learned=_learned(enrolment, activity) if attempt.submitted_at else "",
        retry_words=say_used_up(again) if again else "",
    )


def _learned(enrolment: Enrolment, activity: versions.Activity | None) -> str:
    """Return what was learned since the test before the course: one query, none for other quizzes."""
    return say_learned(pair_of(enrolment)) if activity and activity.is_after else ""


def _again(attempt: Attempt, enrolment: Enrolment, activity: versions.Activity | None) -> Again | None:
    """Return how she stands with her attempts, asked only where it is shown: after one that did not pass."""
    if activity is None or attempt.submitted_at is None or attempt.passed:
        return None
    return standing_of(enrolment, activity, attempts_at(enrolment, activity))
