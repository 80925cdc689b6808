"""What can be done with supervision: it is written down without names, and what was agreed is closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import transaction

from common import clock
from institutions.anonymous import Tells, tells
from institutions.models import WorkTopic
from learning.models import AgreedAction, Cohort, SupervisionKind, SupervisionSession
from learning.models.supervision import MOST_MINUTES
from learning.running import runs

if TYPE_CHECKING:
    from accounts.models import Person


class Reason(StrEnum):
    """Why supervision is not written down as it was given."""

    NOT_YOURS = "not_yours"
    NO_TOPIC = "no_topic"
    NOBODY = "nobody"
    NOT_ONE = "not_one"
    MINUTES = "minutes"
    DAY_TO_COME = "day_to_come"
    DUE_BEFORE = "due_before"
    TELLS_OF_SOMEBODY = "tells_of_somebody"


class Refused(Exception):
    """Nothing was written; `reason` says why, `tells` what an agreed action tells of somebody."""

    def __init__(self, reason: Reason, found: Tells | None = None) -> None:
        super().__init__(reason.value)
        self.reason, self.tells = reason, found


@dataclass(frozen=True)
class Agreed:
    """What was agreed, and by when."""

    text: str
    due_on: dt.date


@dataclass(frozen=True)
class Entry:
    """One time of supervision as somebody writes it down."""

    kind: str
    topics: tuple[str, ...]
    held_on: dt.date
    minutes: int
    women: int = 0
    men: int = 0
    other: int = 0
    unsaid: int = 0
    agreed: tuple[Agreed, ...] = ()

    @property
    def people(self) -> int:
        """Return how many took part."""
        return self.women + self.men + self.other + self.unsaid


def log(*, cohort: Cohort, entry: Entry, by: Person, at: dt.datetime | None = None) -> SupervisionSession:
    """Write supervision of a group down, with what was agreed. Raises Refused."""
    at = at or clock.now()
    _check(cohort, entry, by, at)
    with transaction.atomic():
        row = SupervisionSession(cohort=cohort, logged_by=by, logged_at=at, **_fields(entry))
        row.save()
        _agree(row, entry.agreed)
    return row


def put_right(
    *, session: SupervisionSession, entry: Entry, by: Person, at: dt.datetime | None = None
) -> SupervisionSession:
    """Put right what was written down, and add what was agreed besides. Raises Refused."""
    _check(session.cohort, entry, by, at or clock.now())
    with transaction.atomic():
        row = SupervisionSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
        fields = _fields(entry)
        for name, value in fields.items():
            setattr(row, name, value)
        row.save(update_fields=list(fields))
        _agree(row, entry.agreed)
    return row


def finish(*, action: AgreedAction, by: Person, at: dt.datetime | None = None) -> AgreedAction:
    """Note that what was agreed is done; one that was noted before keeps its day. Raises Refused."""
    if not runs(by, action.session.cohort):
        raise Refused(Reason.NOT_YOURS)
    with transaction.atomic():
        row = AgreedAction.objects.select_for_update().get(pk=action.pk)
        if row.done_on is None:
            row.done_on = clock.local_date(at or clock.now(), _zone(action.session.cohort))
            row.save(update_fields=["done_on"])
    return row


def _zone(cohort: Cohort) -> str:
    from django.conf import settings

    return cohort.country.time_zone if cohort.country else settings.TIME_ZONE


def _fields(entry: Entry) -> dict[str, object]:
    names = ("kind", "held_on", "minutes", "women", "men", "other", "unsaid")
    return {"topics": list(entry.topics), **{name: getattr(entry, name) for name in names}}


def _agree(row: SupervisionSession, agreed: Iterable[Agreed]) -> None:
    AgreedAction.objects.bulk_create(
        AgreedAction(session=row, text=one.text.strip()[:200], due_on=one.due_on) for one in agreed
    )


def _check(cohort: Cohort, entry: Entry, by: Person, at: dt.datetime) -> None:
    if not runs(by, cohort):
        raise Refused(Reason.NOT_YOURS)
    checks = (
        (not entry.topics or not set(entry.topics) <= set(WorkTopic.values), Reason.NO_TOPIC),
        (entry.people < 1, Reason.NOBODY),
        (entry.kind == SupervisionKind.INDIVIDUAL and entry.people != 1, Reason.NOT_ONE),
        (not 0 < entry.minutes <= MOST_MINUTES, Reason.MINUTES),
        (entry.held_on > clock.local_date(at, _zone(cohort)), Reason.DAY_TO_COME),
        (any(one.due_on < entry.held_on for one in entry.agreed), Reason.DUE_BEFORE),
    )
    if why := next((why for fails, why in checks if fails), None):
        raise Refused(why)
    if found := next(filter(None, (tells(one.text) for one in entry.agreed)), None):
        raise Refused(Reason.TELLS_OF_SOMEBODY, found)
