"""The words of queries over enrolments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

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

    def standing(self) -> EnrolmentQuerySet:
        """Return those that were not left."""
        return self.exclude(state="withdrawn")
