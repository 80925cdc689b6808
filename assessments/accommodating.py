"""Lets a person take longer over quizzes with a time limit. Why is asked of nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import Max

from accounts.models import Person
from assessments.models import Accommodation, Attempt
from assessments.terms import terms_of
from common.clock import now


def extra_time(person: Person) -> int:
    """Return how much longer a person may take over a quiz with a time limit, in %, whichever record holds it."""
    rows = Accommodation.objects.filter(person__canonical_id=person.canonical_id, ended_at__isnull=True)
    return rows.aggregate(most=Max("extra_percent"))["most"] or 0


def extra_times(people: Collection[int]) -> dict[int, int]:
    """Return how much longer each of these people, by canonical record, may take, in %; who may not is left out."""
    rows = Accommodation.objects.filter(person__canonical__in=people, ended_at__isnull=True)
    found = rows.values_list("person__canonical").annotate(most=Max("extra_percent")).order_by()
    return {canonical: most for canonical, most in found if canonical is not None}


def give_time(*, person: Person, extra_percent: int, by: Person, at: dt.datetime | None = None) -> None:
    """Let a person take so much longer, in %, from now on; 0 takes it back. An attempt that is open gets it too."""
    at = at or now()
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.canonical_id or person.pk)
        before = extra_time(person)
        if before == extra_percent:
            return
        standing = Accommodation.objects.filter(
            person__canonical_id=person.canonical_id, ended_at__isnull=True
        )
        standing.update(ended_at=at)
        if extra_percent:
            Accommodation.objects.create(person=person, extra_percent=extra_percent, given_by=by, given_at=at)
        _lengthen_open(person, before, extra_percent, at)


def _lengthen_open(person: Person, before: int, extra_percent: int, at: dt.datetime) -> None:
    """Nobody who sits over an attempt loses time by it; who gets more has it at once."""
    for attempt in Attempt.objects.of(person).open().filter(due_at__gt=at) if extra_percent > before else ():
        terms = terms_of(attempt.quiz_key)
        # An attempt that began without a clock, on a sensitive course, goes on without one.
        if terms.minutes and attempt.due_at == terms.due_at(attempt.started_at, extra_percent=before):
            due_at = terms.due_at(attempt.started_at, extra_percent=extra_percent)
            Attempt.objects.open().filter(pk=attempt.pk).update(due_at=due_at)
