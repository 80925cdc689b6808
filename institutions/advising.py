"""Answers what of technical advice is pending or overdue, and closes what was agreed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from institutions.models import AdviceAction, AdviceRecord


class DoneBeforeAgreed(ValueError):
    """An action cannot have been done before the day on which it was agreed, nor on a day to come."""


def pending(rows: QuerySet[AdviceRecord]) -> QuerySet[AdviceAction]:
    """Return what was agreed and is not done, the most urgent first."""
    actions = AdviceAction.objects.filter(done_on__isnull=True, record__in=rows.order_by().values("pk"))
    return actions.select_related("record__institution").order_by("due_on", "pk")


def overdue(today: dt.date) -> Q:
    """Return what says of an action that its day has gone by."""
    return Q(done_on__isnull=True, due_on__lt=today)


def finish_action(*, action: AdviceAction, done_on: dt.date | None = None) -> AdviceAction:
    """Note that an action was done; one that was noted before keeps its day."""
    with transaction.atomic():
        row = AdviceAction.objects.select_for_update().get(pk=action.pk)
        if row.done_on is not None:
            return row
        record = AdviceRecord.objects.only("held_on").get(pk=row.record_id)
        today = timezone.localdate()
        day = done_on or today
        if not record.held_on <= day <= today:
            raise DoneBeforeAgreed
        row.done_on = day
        row.save(update_fields=["done_on"])
    return row
