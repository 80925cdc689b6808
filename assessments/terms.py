"""How a quiz is taken: between which days, for how long, and what its result tells.

Read as the quiz stands now and never frozen with its questions: to close a quiz a day later is no new version of it.
The moment at which an attempt ends is worked out when it begins, and kept with it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from assessments.choices import Feedback
from assessments.marking import RefusalReason
from common.languages import source_language

# An answer given in the last second is still on its way over a slow network.
GRACE = dt.timedelta(seconds=30)


@dataclass(frozen=True)
class Terms:
    """What its trainer set. `minutes`: None where nobody looks at the clock; both moments are aware, or None."""

    minutes: int | None = None
    opens_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None
    feedback: Feedback = Feedback.AFTER

    def refusal(self, at: dt.datetime) -> RefusalReason | None:
        """Return why no attempt begins at this moment, or None."""
        if self.opens_at and at < self.opens_at:
            return RefusalReason.NOT_OPEN_YET
        if self.closes_at and at >= self.closes_at:
            return RefusalReason.CLOSED
        return None

    def due_at(self, started_at: dt.datetime, *, extra_percent: int = 0) -> dt.datetime | None:
        """Return when an attempt that begins at `started_at` ends; None where it waits for her.

        Example: 40 minutes with half as much again end an hour later; with the quiz closing in 50 minutes, then.
        """
        ends = [self.closes_at] if self.closes_at else []
        if self.minutes:
            ends.append(started_at + dt.timedelta(minutes=self.minutes) * (100 + extra_percent) / 100)
        return min(ends, default=None)

    def untimed(self) -> Terms:
        """Return the same without a clock: on a sensitive course nobody is hurried."""
        return Terms(None, self.opens_at, self.closes_at, self.feedback)

    def tells_answers(self, at: dt.datetime) -> bool:
        """Say whether a result tells, at this moment, more than points: each question, what was chosen and why."""
        if self.feedback is Feedback.CLOSED:
            return self.closes_at is None or at >= self.closes_at
        return self.feedback is Feedback.AFTER


def terms_of(quiz_key: uuid.UUID) -> Terms:
    """Return how a quiz is taken now. One query; a quiz that is not published sets nothing."""
    from assessments.models import Quiz

    rows = Quiz.objects.filter(
        translation_key=quiz_key, live=True, locale__language_code=source_language()
    ).values_list("time_limit", "opens_at", "closes_at", "feedback")
    row = rows.first()
    return Terms(row[0], row[1], row[2], Feedback(row[3])) if row else Terms()


def any_timed(quiz_keys: Iterable[uuid.UUID]) -> bool:
    """Say whether one of these quizzes has a time limit now. One query."""
    from assessments.models import Quiz

    rows = Quiz.objects.filter(translation_key__in=list(quiz_keys), live=True, time_limit__isnull=False)
    return rows.exists()


def is_over(due_at: dt.datetime | None, at: dt.datetime) -> bool:
    """Say whether the time of an attempt is up, answers on their way included."""
    return due_at is not None and at > due_at + GRACE
