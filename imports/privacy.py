"""This room's part of the personal-data download and of erasure."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import privacy
from imports.cells import shown
from imports.models import Import, ImportState, PastParticipation, StagedRow, Verdict

if TYPE_CHECKING:
    from accounts.models import Person

LABELS = {
    "imported": _("Lines of sheets that named you"),
    "read_on": _("Read on"),
    "cells": _("What stood there"),
    "past": _("Trainings of before"),
    "title": _("Title"),
    "from": _("From"),
    "to": _("To"),
    "mark": _("Mark"),
    "result": _("Result"),
}
OVER = [ImportState.APPLIED, ImportState.UNDONE]
WORK = "the work of whoever did it; the lines are about others"


def register() -> None:
    """Add this room's part."""
    privacy.register(
        "imports",
        export,
        erase,
        _("Imported sheets"),
        LABELS,
        covers={"imports.StagedRow.person", "imports.PastParticipation.person"},
        kept=[_("That somebody took part in a training of before, without her name or result.")],
        papers=sheets_that_wait,
    )
    privacy.note_acts(
        {
            "imports.Import.by": WORK,
            "imports.Import.undone_by": WORK,
            "imports.RememberedMapping.by": WORK,
        }
    )


def export(person: Person) -> dict[str, Any]:
    """Return the lines that meant a person, and her trainings of before."""
    rows = StagedRow.objects.filter(person=person).exclude(cells={}).select_related("batch")
    past = PastParticipation.objects.filter(person=person, withdrawn_at__isnull=True).select_related(
        "training"
    )
    return {
        "imported": [
            {"read_on": row.batch.made_at, "cells": [shown(cell) for cell in row.cells.values() if cell]}
            for row in rows
        ],
        "past": [
            {
                "title": row.training.title,
                "from": row.training.starts_on,
                "to": row.training.ends_on,
                "mark": str(row.mark) if row.mark is not None else "",
                "result": row.result,
            }
            for row in past
        ],
    }


def erase(person: Person) -> None:
    """Forget what the sheets said of her. That somebody took part stays, without result.

    Of an import that is over the file goes, too: nothing reads it any more. One that waits keeps its file, and whoever
    erases is told (`sheets_that_wait`); her lines of it say nothing and
    are not taken.
    """
    for batch in _naming([person]).filter(state__in=OVER):
        transaction.on_commit(partial(batch.file.storage.delete, str(batch.file.name)))
        Import.objects.filter(pk=batch.pk).update(file="")
    StagedRow.objects.filter(person=person).update(cells={}, plan={}, reasons=[], identity="", made={})
    waiting = StagedRow.objects.filter(person__isnull=True, plan__who__pk=person.pk)
    waiting.update(
        cells={}, reasons=[], identity="", plan={"who": {"pk": person.pk}}, verdict=Verdict.REFUSED
    )
    PastParticipation.objects.filter(person=person).update(mark=None, result="")


def _naming(people: list[Person]) -> QuerySet[Import]:
    """Return the imports of which a file is kept and a line meant one of these people."""
    keys = [person.pk for person in people]
    lines = StagedRow.objects.filter(Q(person__in=keys) | Q(plan__who__pk__in=keys))
    return Import.objects.exclude(file="").filter(pk__in=lines.values("batch"))


def sheets_that_wait(people: list[Person]) -> list[dict[str, Any]]:
    """Return, a group each, how many files of imports that wait bear the name of one of these people."""
    waiting = _naming(people).exclude(state__in=OVER).values("cohort__name").annotate(many=Count("pk"))
    return [
        {"table": Import._meta.label, "column": row["cohort__name"] or "file", "rows": row["many"]}
        for row in waiting.order_by("cohort__name")
    ]
