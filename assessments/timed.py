"""What time does in this room: attempts end when theirs is up; single answers end with their term, marks stay."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import QuerySet

from accounts import retention
from assessments import ending, regrading
from assessments.models import Attempt, AttemptAnswer, Handover
from programme import rounds


def register() -> None:
    """Add the term, and the step of the timer's round."""
    rounds.register("assessments.overdue", _end_overdue)
    rounds.register("assessments.regrades", _go_on)
    retention.register(
        retention.Rule("assessments.answers", "attempts without their answers", _term, _count, end_answers)
    )


def _end_overdue(at: dt.datetime) -> str:
    return f"{ending.end_overdue(at=at)} attempts handed in whose time was up"


def _go_on(at: dt.datetime) -> str:
    return f"{regrading.go_on()} regrades gone on with"


def _term(at: dt.datetime) -> dt.datetime | None:
    return retention.months(settings.SENDA_RETAIN_ANSWERS_MONTHS)(at)


def _old(cutoff: dt.datetime) -> QuerySet[Attempt]:
    return Attempt.objects.filter(submitted_at__lt=cutoff, answers_ended_at__isnull=True)


def _count(cutoff: dt.datetime) -> int:
    return _old(cutoff).count()


def end_answers(cutoff: dt.datetime, most: int) -> int:
    """Delete the answers of at most so many attempts; points and pass or not stand in the attempt itself."""
    keys = list(_old(cutoff).order_by("pk").values_list("pk", flat=True)[:most])
    Handover.objects.filter(answer__attempt__in=keys).update(answer=None)
    AttemptAnswer.objects.filter(attempt__in=keys).delete()
    return Attempt.objects.filter(pk__in=keys).update(answers_ended_at=dt.datetime.now(dt.UTC), to_read=0)
