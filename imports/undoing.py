"""Undoes an import as one: what it made and nobody has used since goes; what got new work stays, and is told.

Nobody's record is lost: a person who came in, whose slip was printed, who learned or was marked by somebody else stays
with all that is hers.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models, transaction
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import Person, User
from common import clock
from imports.applying import NotReady
from imports.models import Import, ImportState, PastParticipation, StagedRow
from institutions.models import Membership, MembershipState
from learning import attendance, seats
from learning.models import Attendance, AttendanceChange, Enrolment, EnrolmentState, Session, SessionState

if TYPE_CHECKING:
    from collections.abc import Callable

BATCH = 50


def begin_undo(*, batch: Import, by: Person | None) -> None:
    """Let an applied import be undone in the background. Raises NotReady."""
    moved = Import.objects.filter(pk=batch.pk, state=ImportState.APPLIED)
    if not moved.update(state=ImportState.UNDOING, undone_by=by):
        raise NotReady
    transaction.on_commit(lambda: undo_all_of.enqueue(batch=batch.pk))


@task()
def undo_all_of(batch: int) -> int:
    """Undo what is left of an import, the last line first. Returns how many lines were looked at."""
    done = 0
    while one := undo_batch(batch=batch):
        done += one
    return done


def undo_import(*, batch: Import, by: Person | None) -> None:
    """Undo an applied import here and now. Raises NotReady."""
    moved = Import.objects.filter(pk=batch.pk, state=ImportState.APPLIED)
    if not moved.update(state=ImportState.UNDOING, undone_by=by):
        raise NotReady
    undo_all_of.func(batch=batch.pk)


def undo_batch(*, batch: int) -> int:
    """Undo the next lines, the last first; returns how many were looked at, 0 when none is left."""
    with transaction.atomic():
        locked = Import.objects.select_for_update(of=("self",)).filter(pk=batch, state=ImportState.UNDOING)
        if not locked:
            return 0
        at = clock.now()
        rows = list(
            locked[0]
            .rows.filter(applied_at__isnull=False)
            .select_related("batch__undone_by")
            .order_by("-pk")[:BATCH]
        )
        if not rows:
            Import.objects.filter(pk=batch).update(state=ImportState.UNDONE, undone_at=at)
            return 0
        for row in rows:
            _undo(row, at)
        StagedRow.objects.bulk_update(rows, ["undone", "applied_at", "person"])
    return len(rows)


def _undo(row: StagedRow, at: dt.datetime) -> None:
    """Take back what one line made, in the opposite order. `undone` says of each part: gone, or why it stays."""
    made, came = row.made, dict[str, str]()
    steps: list[tuple[str, Callable[[Any, dt.datetime], str]]] = [
        ("past", _undo_past),
        ("past_over", _undo_past_over),
        ("marks", partial(_undo_marks, row.batch.undone_by)),
        ("enrolment", _undo_enrolment),
        ("membership", _undo_membership),
    ]
    for part, undo in steps:
        if made.get(part):
            came[part] = undo(made[part], at)
    if made.get("filled") and row.person_id:
        came["filled"] = _undo_filled(row.person_id, made["filled"])
    if made.get("person"):
        came["person"] = _undo_new(row, made["person"], made.get("user"))
    row.undone, row.applied_at = came, None


def _undo_new(row: StagedRow, person: int, user: int | None) -> str:
    """The lines of this sheet point at her; one of another sheet that stands and found her here keeps her."""
    others = StagedRow.objects.filter(person=person).exclude(batch=row.batch_id)
    if others.exclude(batch__state=ImportState.UNDONE).exists():
        return USED
    with transaction.atomic():
        StagedRow.objects.filter(person=person).update(person=None)
        came = _undo_person(person, user)
        if came != GONE:
            transaction.set_rollback(True)
    if came == GONE:
        row.person_id = None
    return came


GONE, USED, CHANGED = "gone", "used", "changed"


def _undo_past(pk: int, at: dt.datetime) -> str:
    PastParticipation.objects.filter(pk=pk).update(withdrawn_at=at)
    return GONE


def _undo_past_over(kept: list[Any], at: dt.datetime) -> str:
    pk, mark, result, withdrawn = kept
    old = {"mark": Decimal(mark) if mark is not None else None, "result": result}
    PastParticipation.objects.filter(pk=pk).update(**old, withdrawn_at=at if withdrawn else None)
    return GONE


def _undo_marks(by: Person | None, marks: list[list[int]], at: dt.datetime) -> str:
    """A mark that nobody put right since goes; where the sheet put it over another, that one stands again."""
    came = GONE
    for pk, stamp in marks:
        rows = Attendance.objects.filter(pk=pk, stamp=stamp).select_related("session", "enrolment__person")
        row = rows.exclude(enrolment__state=EnrolmentState.COMPLETED).first()
        over = row.changes.order_by("-pk").first() if row else None
        if row is None or not (_put_back(row, over, by, at) if over else _goes(row)):
            came = CHANGED
        elif over is None:
            # Of whom nobody is marked any more, nobody knows whether it took place: it is asked again.
            here = Session.objects.filter(pk=row.session_id, state=SessionState.HELD, attendance__isnull=True)
            here.update(state=SessionState.PLANNED)
    return came


def _put_back(row: Attendance, over: AttendanceChange, by: Person | None, at: dt.datetime) -> bool:
    """Note again what stood before the sheet, as a change like any other; say whether it was taken."""
    if row.enrolment is None:
        return False
    line = attendance.Line(row.enrolment, over.before, over.before_minutes, row.stamp)
    recorded = attendance.record(
        session=row.session, lines=[line], by=by, reason=_("The import was taken back"), at=at
    )
    return bool(recorded.changed)


def _undo_enrolment(pk: int, at: dt.datetime) -> str:
    """An enrolment without any work goes; on one with work nothing is changed."""
    row = Enrolment.objects.filter(pk=pk).first()
    if row is None:
        return GONE
    if row.state != EnrolmentState.ACTIVE or row.last_activity:
        return USED
    cohort = row.cohort_id
    if not _goes(row):
        return USED
    seats.announce_freed([cohort])
    return GONE


def _undo_membership(pk: int, at: dt.datetime) -> str:
    row = Membership.objects.filter(pk=pk, state=MembershipState.CLAIMED, ends_on__isnull=True).first()
    return GONE if row is None or _goes(row) else USED


def _undo_filled(person: int, filled: dict[str, list[Any]]) -> str:
    """Take back what was filled where it still stands as the sheet said."""
    came = GONE
    for name, (before, after) in filled.items():
        kept = Person.objects.filter(pk=person, **{name: after})
        if not kept.update(**{name: before}):
            came = CHANGED
    return came


def _undo_person(pk: int, user: int | None) -> str:
    """Take away somebody whom only the sheet knows: nobody ever came in, no slip was printed, no record is hers."""
    login = User.objects.filter(pk=user or 0).first()
    if login is not None and (
        login.last_login or login.has_pin or not login.password.startswith(UNUSABLE_PASSWORD_PREFIX)
    ):
        return USED
    person = Person.objects.filter(pk=pk).first()
    if person is None:
        return GONE
    try:
        with transaction.atomic():
            if login is not None:
                EmailAddress.objects.filter(user=login, verified=False).delete()
                _delete_alone(login)
            # She is her own canonical record: that alone keeps no one.
            Person.objects.filter(pk=pk, canonical=pk).update(canonical=None)
            _delete_alone(person)
    except models.ProtectedError:
        return USED
    return GONE


def _goes(row: models.Model) -> bool:
    try:
        with transaction.atomic():
            _delete_alone(row)
    except models.ProtectedError:
        return False
    return True


def _delete_alone(row: models.Model) -> None:
    """Delete a row upon which nothing stands; raises ProtectedError where anything does, cascades included."""
    for relation in row._meta.related_objects:
        if relation.one_to_one or relation.many_to_many:
            continue
        rows = relation.related_model._base_manager.filter(**{relation.field.name: row})
        if relation.field.remote_field and rows.exists():
            raise models.ProtectedError("Something stands upon it", set(rows[:1]))
    row.delete()
