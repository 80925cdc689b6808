"""The words of queries over cohorts and enrolments."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from accounts.models import Person


class EnrolmentQuerySet(models.QuerySet):
    """Questions about enrolments."""

    def of(self, person: Person) -> EnrolmentQuerySet:
        """Return those of one person, those of persons merged into her included."""
        return self.filter(person__canonical_id=person.canonical_id)

    def active(self) -> EnrolmentQuerySet:
        """Return those being followed."""
        return self.filter(state="active")

    def completed(self) -> EnrolmentQuerySet:
        """Return those with a completion that counts, of which some are taken again."""
        return self.filter(completion__isnull=False, completion__annulment__isnull=True)

    def people(self) -> int:
        """Count the people who have them, each once, whatever records were merged into hers."""
        return self.order_by().values("person__canonical").distinct().count()

    def standing(self) -> EnrolmentQuerySet:
        """Return those that were not left."""
        return self.exclude(state="withdrawn")


class CohortQuerySet(models.QuerySet):
    """Questions about cohorts."""

    def facilitated_by(self, person: Person) -> CohortQuerySet:
        """Return those that a person facilitates, whichever of her records was named."""
        named = self.model._default_manager.filter(facilitators__canonical_id=person.canonical_id)
        return self.filter(pk__in=named.values("pk"))

    def running(self, today: dt.date) -> CohortQuerySet:
        """Return those that are neither cancelled nor over."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), cancelled_at__isnull=True)
