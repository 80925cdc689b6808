"""The words of queries over frozen quizzes and attempts."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from accounts.models import Person


class QuizVersionQuerySet(models.QuerySet):
    """Questions about frozen quizzes."""

    def of_quiz(self, quiz_key: uuid.UUID) -> QuizVersionQuerySet:
        """Keep the versions of one quiz, the newest first."""
        return self.filter(quiz_key=quiz_key).order_by("-number")


class AttemptQuerySet(models.QuerySet):
    """Questions about attempts."""

    def of(self, person: Person) -> AttemptQuerySet:
        """Keep what belongs to `person`, under whichever of her merged records it was written."""
        return self.filter(person__canonical_id=person.canonical_id)

    def within(self, context: uuid.UUID, quiz_key: uuid.UUID, *, before: bool = False) -> AttemptQuerySet:
        """Keep the tries at one quiz that count together; the one before the course counts apart."""
        return self.filter(context=context, quiz_key=quiz_key, before=before)

    def open(self) -> AttemptQuerySet:
        """Keep those not handed in."""
        return self.filter(submitted_at__isnull=True)

    def submitted(self) -> AttemptQuerySet:
        """Keep those handed in."""
        return self.filter(submitted_at__isnull=False)
