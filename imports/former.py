"""Tells the record of a person, and staff who look at it, which trainings of before a sheet brought of her."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from imports.models import PastParticipation
from learning import former
from learning.former import FormerTraining

if TYPE_CHECKING:
    from accounts.models import Person

RESULTS = {"passed": _("Passed"), "not_passed": _("Not passed")}


def register() -> None:
    """Put what is kept here at the door of the record."""
    former.register(trainings_of)


def trainings_of(person: Person) -> list[FormerTraining]:
    """Return her trainings of before, all her records together: one query."""
    rows = PastParticipation.objects.filter(
        person__canonical=person.canonical_id, withdrawn_at__isnull=True
    ).select_related("training")
    # The same training may stand under two records that are one person's.
    return [_told(row) for row in {row.training_id: row for row in rows}.values()]


def _told(row: PastParticipation) -> FormerTraining:
    training = row.training
    return FormerTraining(
        title=training.title,
        starts_on=training.starts_on,
        ends_on=training.ends_on,
        hours=training.hours,
        result=str(RESULTS.get(row.result, row.result)),
        mark=row.mark,
    )
