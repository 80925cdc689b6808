"""Attempts at a quiz within an enrolment: how many are left, and the ones that a facilitator gives besides."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from assessments.models import Attempt
from common import clock
from courses import versions
from learning.forms_of_a_pair import quiz_for
from learning.models import ActivityCompletion, Enrolment, EnrolmentState, ExtraAttempt
from learning.retrying import Again, Tries, UsedUp, may_try_again

if TYPE_CHECKING:
    from accounts.models import Person


class NotUsedUp(Exception):
    """The learner has an attempt left, or needs none: nothing is given on top of it."""


class NotHers(Exception):
    """Who gives does not facilitate the learner's group, or is the learner, or the activity is no quiz of hers."""


def standing_of(
    enrolment: Enrolment, quiz: versions.Activity, rows: Iterable[Attempt], *, at: dt.datetime | None = None
) -> Again:
    """Return how the learner stands with her attempts `rows` at `quiz`. Two queries more, once hers are used up."""
    rows = list(rows)
    times = [row.submitted_at for row in rows if row.submitted_at]
    tries = Tries(
        handed_in=len(times),
        last_at=max(times, default=None),
        in_hand=len(times) < len(rows),
        allowed=quiz.max_attempts or 1,
        facilitated=True,
    )
    at = at or clock.now()
    again = may_try_again(tries, at=at)
    if again.reason is None:
        return again
    allowed = tries.allowed + ExtraAttempt.objects.filter(enrolment=enrolment, activity=quiz.key).count()
    return may_try_again(replace(tries, allowed=allowed, facilitated=_is_facilitated(enrolment)), at=at)


def _is_facilitated(enrolment: Enrolment) -> bool:
    if enrolment.cohort is None:
        return False
    # Who facilitates the group in which she learns cannot give herself an attempt.
    return enrolment.cohort.facilitators.exclude(canonical_id=enrolment.person.canonical_id).exists()


def attempts_at(enrolment: Enrolment, quiz: versions.Activity) -> list[Attempt]:
    """Return the learner's attempts at a quiz of her course, the first one first."""
    asked = quiz_for(enrolment, quiz)
    if asked is None:
        return []
    return list(Attempt.objects.within(enrolment.key, asked, before=quiz.is_before).order_by("number"))


def most_attempts(enrolment: Enrolment, quiz: versions.Activity) -> int:
    """Return the number of attempts up to which the learner may go now."""
    rows = attempts_at(enrolment, quiz)
    handed_in = sum(1 for row in rows if row.submitted_at)
    return max(1, handed_in + standing_of(enrolment, quiz, rows).left)


def give_attempt(
    *, enrolment: Enrolment, activity: UUID, by: Person, at: dt.datetime | None = None
) -> ExtraAttempt:
    """Give a learner one more attempt at a quiz. Raises NotHers, and NotUsedUp: two clicks give one."""
    at = at or clock.now()
    quiz = _quiz_of(enrolment, activity)
    if not _may_give(by, enrolment):
        raise NotHers(activity)
    with transaction.atomic():
        locked = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
        again = standing_of(locked, quiz, attempts_at(locked, quiz), at=at)
        passed = ActivityCompletion.objects.filter(enrolment=locked, activity=activity).exists()
        if again.reason != UsedUp.ASK_FACILITATOR or passed or locked.state != EnrolmentState.ACTIVE:
            raise NotUsedUp(activity)
        number = ExtraAttempt.objects.filter(enrolment=locked, activity=activity).count() + 1
        return ExtraAttempt.objects.create(
            enrolment=locked, activity=activity, number=number, given_by=by, given_at=at
        )


def _quiz_of(enrolment: Enrolment, activity: UUID) -> versions.Activity:
    asked = versions.manifest_of(enrolment.version).find(activity)
    if asked is None or asked.quiz is None or not asked.concerns(enrolment.reader):
        raise NotHers(activity)
    return asked


def _may_give(by: Person, enrolment: Enrolment) -> bool:
    if enrolment.cohort is None or by.canonical_id == enrolment.person.canonical_id:
        return False
    return enrolment.cohort.facilitators.filter(canonical_id=by.canonical_id).exists()


def quizzes_used_up(enrolments: Iterable[Enrolment]) -> set[tuple[UUID, UUID]]:
    """Return which enrolments in progress (by key) have no attempt left at which activities: two queries for all."""
    active = {row.key: row for row in enrolments if row.state == EnrolmentState.ACTIVE}
    tries = Attempt.objects.filter(context__in=active, before=False)
    handed_in: Counter[tuple[UUID, UUID]] = Counter()
    in_hand: set[tuple[UUID, UUID]] = set()
    for context, quiz_key, submitted_at in tries.values_list("context", "quiz_key", "submitted_at"):
        if submitted_at is None:
            in_hand.add((context, quiz_key))
        else:
            handed_in[context, quiz_key] += 1
    given = Counter(
        ExtraAttempt.objects.filter(enrolment__in=list(active.values())).values_list(
            "enrolment__key", "activity"
        )
    )
    found = set()
    for key, row in active.items():
        manifest = versions.manifest_of(row.version)
        for activity in manifest.for_reader(row.reader):
            forms = [(key, quiz) for quiz in manifest.forms_of(activity)]
            if not forms or activity.is_before or not in_hand.isdisjoint(forms):
                continue
            most = (activity.max_attempts or 1) + given[key, activity.key]
            if sum(handed_in[form] for form in forms) >= most:
                found.add((key, activity.key))
    return found
