"""Gathers what the page of one advice shows: when, what about, how many people, what was agreed and how it stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from institutions.models import AdviceAction, AdviceRecord


@dataclass(frozen=True)
class AgreedAction:
    """One thing agreed, and whether its day has gone by."""

    text: str
    role: str
    due_on: dt.date
    done_on: dt.date | None
    overdue: bool


@dataclass(frozen=True)
class AdviceScreen:
    """One time that the programme advised an institution."""

    record: AdviceRecord
    facts: tuple[tuple[str, str], ...]
    actions: tuple[AgreedAction, ...]
    overdue: int


def advice_screen(record: AdviceRecord) -> AdviceScreen:
    """Return the page of one advice."""
    today = timezone.localdate()
    actions = tuple(_agreed(action, today) for action in record.actions.all())
    return AdviceScreen(
        record=record,
        facts=tuple((label, value) for label, value in _facts(record) if value),
        actions=actions,
        overdue=sum(1 for action in actions if action.overdue),
    )


def _agreed(action: AdviceAction, today: dt.date) -> AgreedAction:
    return AgreedAction(
        text=action.text,
        role=action.get_role_display(),
        due_on=action.due_on,
        done_on=action.done_on,
        overdue=action.done_on is None and action.due_on < today,
    )


def _facts(record: AdviceRecord) -> list[tuple[str, str]]:
    return [
        (_("Kind"), record.get_kind_display()),
        (_("Place of work"), record.get_place_display()),
        (_("Topics"), record.topic_words),
        (_("Duration in hours"), number_format(record.hours.normalize())),
        (_("How many people took part"), str(record.people)),
        (_("Women"), str(record.women)),
        (_("Men"), str(record.men)),
        (_("Another identity"), str(record.other)),
        (_("Not said"), str(record.unsaid)),
        (_("Project"), record.project),
        (_("Note"), record.note),
    ]
