"""Gathers what the completion rule asks of the database."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING
from uuid import UUID

from courses import versions
from learning.completion import Facts, RoomFacts
from learning.models import ActivityCompletion, Enrolment
from learning.room import rooms_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from learning.querysets import EnrolmentQuerySet


def facts_of(enrolment: Enrolment) -> Facts:
    """Return what a learner has done within an enrolment: one query, and two more where a workshop is part of it."""
    rows = ActivityCompletion.objects.filter(enrolment=enrolment).values_list("activity", "completed_on")
    room = RoomFacts()
    if has_room(enrolment):
        room = rooms_of(Enrolment.objects.filter(pk=enrolment.pk)).get(enrolment.pk, room)
    return Facts(done=dict(rows), room=room)


def has_room(enrolment: Enrolment) -> bool:
    """Say whether what happens in a room is part of how this enrolment is completed."""
    rule = versions.manifest_of(enrolment.version).rule(enrolment.modality)
    return rule.attendance_share is not None or rule.room_minutes > 0


def facts_by_enrolment(enrolments: EnrolmentQuerySet) -> dict[int, Facts]:
    """Return what was done within each of these enrolments that did anything: three queries, however many."""
    done, rooms = done_by_enrolment(enrolments), rooms_of(enrolments)
    return {pk: Facts(done[pk], rooms.get(pk, RoomFacts())) for pk in {*done, *rooms}}


def done_rows(enrolments: EnrolmentQuerySet) -> QuerySet[ActivityCompletion]:
    """Return what was done within these enrolments."""
    return ActivityCompletion.objects.filter(enrolment__in=enrolments.values("pk").order_by())


def done_by_enrolment(enrolments: EnrolmentQuerySet) -> dict[int, dict[UUID, dt.date]]:
    """Return the local date of each activity done, by enrolment: one query, however many enrolments."""
    found: dict[int, dict[UUID, dt.date]] = defaultdict(dict)
    rows = done_rows(enrolments).values_list("enrolment_id", "activity", "completed_on")
    for enrolment, activity, day in rows.iterator():
        found[enrolment][activity] = day
    return found
