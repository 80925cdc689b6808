"""This room's part of the personal-data download and of erasure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from accounts import privacy
from imports.cells import shown
from imports.models import PastParticipation, StagedRow

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
    """Forget what the sheets said of her. That somebody took part stays, without result."""
    StagedRow.objects.filter(person=person).update(cells={}, plan={}, reasons=[], identity="", made={})
    PastParticipation.objects.filter(person=person).update(mark=None, result="")
