"""This room's steps of the night: go on with what was interrupted, and end what is kept too long."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from accounts import retention
from imports.applying import apply_some
from imports.models import Import, ImportState, StagedRow
from imports.staging import check_in_background
from imports.undoing import undo_all_of
from programme import nightly

# A file that nobody applied is forgotten after a month; of one that was applied, the cells after a year. What says
# which line was whom stays (a digest): the same sheet, brought again, still makes nobody twice.
DRAFTS, APPLIED = 1, 12
ENDED = [ImportState.APPLIED, ImportState.UNDONE]


def register() -> None:
    """Add the steps and the terms."""
    nightly.register("imports.resume", _resume, order=36)
    retention.register(
        retention.Rule(
            "imports.drafts",
            "sheets that were not applied",
            retention.months(DRAFTS),
            count=lambda cutoff: _drafts(cutoff).count(),
            end=_end_drafts,
        )
    )
    retention.register(
        retention.Rule(
            "imports.cells",
            "cells of imported sheets",
            retention.months(APPLIED),
            count=lambda cutoff: _cells(cutoff).count(),
            end=_end_cells,
        )
    )


def _resume(at: dt.datetime) -> str:
    return f"{resume_all()} interrupted imports gone on with"


def resume_all() -> int:
    """Put to work again what a machine that went off left in the middle. Returns how many imports."""
    tasks = {
        ImportState.CHECKING: check_in_background,
        ImportState.APPLYING: apply_some,
        ImportState.UNDOING: undo_all_of,
    }
    left = list(Import.objects.filter(state__in=list(tasks)).values_list("pk", "state"))
    for pk, state in left:
        tasks[ImportState(state)].enqueue(batch=pk)
    return len(left)


def _drafts(cutoff: dt.datetime) -> QuerySet[Import]:
    return Import.objects.filter(made_at__lt=cutoff).exclude(state__in=[*ENDED, ImportState.APPLYING])


def _end_drafts(cutoff: dt.datetime, most: int) -> int:
    rows = list(_drafts(cutoff)[:most])
    for row in rows:
        row.file.delete(save=False)
        row.delete()
    return len(rows)


def _cells(cutoff: dt.datetime) -> QuerySet[StagedRow]:
    old = StagedRow.objects.filter(batch__state__in=ENDED, batch__made_at__lt=cutoff)
    return old.exclude(cells={}, reasons=[])


def _end_cells(cutoff: dt.datetime, most: int) -> int:
    rows = list(_cells(cutoff).values_list("pk", "batch_id")[:most])
    StagedRow.objects.filter(pk__in=[pk for pk, _batch in rows]).update(cells={}, reasons=[], plan={})
    for batch in Import.objects.filter(pk__in={batch for _pk, batch in rows}).exclude(file=""):
        batch.file.delete(save=False)
        Import.objects.filter(pk=batch.pk).update(file="")
    return len(rows)
