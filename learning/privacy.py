"""This room's part of the personal-data download and of erasure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from accounts import privacy
from learning.models import Enrolment, Reflection

if TYPE_CHECKING:
    from accounts.models import Person


def register() -> None:
    """Add this room's part to the registry."""
    privacy.register("learning", export=export, erase=erase, title=_("Courses and notebook"))


def export(person: Person) -> dict[str, Any]:
    """Return a person's enrolments with what was done in each, her completions and her own notes."""
    rows = (
        Enrolment.objects.of(person).select_related("course", "completion").prefetch_related("done", "skips")
    )
    return {
        "enrolments": [_enrolment(row) for row in rows],
        "notebook": [
            {"activity": str(note.activity), "text": note.text, "written_at": note.written_at.isoformat()}
            for note in Reflection.objects.filter(person=person)
        ],
    }


def _enrolment(row: Enrolment) -> dict[str, Any]:
    completion = getattr(row, "completion", None)
    return {
        "course": str(row.course),
        "state": row.state,
        "enrolled_on": row.enrolled_on.isoformat(),
        "country": row.at_country_id,
        "institution": str(row.at_institution or ""),
        "position": row.at_position,
        "done": [
            {"activity": str(done.activity), "way": done.way, "on": done.completed_on.isoformat()}
            for done in row.done.all()
        ],
        "skipped": [str(skip.activity) for skip in row.skips.all()],
        "completed_on": completion.achieved_on.isoformat() if completion else None,
        "minutes": completion.minutes if completion else None,
    }


def erase(person: Person) -> None:
    """Delete what nobody else may ever read. Enrolments and completions stay, without a name: figures must hold."""
    Reflection.objects.filter(person=person).delete()
