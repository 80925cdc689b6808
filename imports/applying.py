"""Applies the lines that were accepted, a batch at a time: each batch whole or not at all, none twice.

What a line makes and `applied_at` are one transaction. A worker that is killed leaves whole batches behind; whoever
goes on (the task, the progress page, the night) begins with the first line that is not applied. What changed since
the lines were checked is looked at again under the lock: somebody who signed up meanwhile is found, not made twice.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django_tasks import task

from accounts.listed import Newcomer, make_people
from accounts.models import Person, User
from common import clock
from imports import making, matching
from imports.models import Import, ImportState, StagedRow, Verdict
from programme.models import Country

if TYPE_CHECKING:
    from collections.abc import Sequence

logger = logging.getLogger(__name__)

BATCH = 100
# So long a task works before it lets others into the queue.
A_TURN = dt.timedelta(seconds=15)
# Two imports at a time would not see whom the other is making.
ONE_AT_A_TIME = 5_304_606
TRIES = 3


class NotReady(Exception):
    """The import is not in a state in which this can be done."""


def begin(*, batch: Import) -> None:
    """Let a checked import be applied in the background. Pressed twice it begins once. Raises NotReady."""
    moved = Import.objects.filter(pk=batch.pk, state=ImportState.CHECKED).update(state=ImportState.APPLYING)
    if not moved and not Import.objects.filter(pk=batch.pk, state=ImportState.APPLYING).exists():
        raise NotReady
    transaction.on_commit(lambda: apply_some.enqueue(batch=batch.pk))


@task()
def apply_some(batch: int) -> int:
    """Apply batches of an import for a turn, then hand on to a task of its own. Returns how many lines were done."""
    until, done = clock.now() + A_TURN, 0
    while one := apply_batch(batch=batch):
        done += one
        if clock.now() > until:
            apply_some.enqueue(batch=batch)
            break
    return done


def apply_all(*, batch: Import) -> None:
    """Apply what is left of an import, here and now."""
    Import.objects.filter(pk=batch.pk, state=ImportState.CHECKED).update(state=ImportState.APPLYING)
    while apply_batch(batch=batch.pk):
        pass


def apply_batch(*, batch: int) -> int:
    """Apply the next lines of an import; returns how many were looked at, 0 when none is left.

    Somebody may sign up with an e-mail of the sheet in this very moment: then the batch is done again, and finds her.
    """
    for last in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                return _apply(batch)
        except IntegrityError:
            if last == TRIES:
                raise
            logger.info("import %s: a batch is done again", batch)
    return 0


def _apply(pk: int) -> int:
    _one_at_a_time()
    batch = Import.objects.select_for_update(of=("self",)).filter(pk=pk, state=ImportState.APPLYING).first()
    if batch is None:
        return 0
    at = clock.now()
    waiting = batch.rows.filter(verdict__in=[Verdict.ACCEPTED, Verdict.UNCHANGED], applied_at__isnull=True)
    rows = list(waiting.order_by("pk")[:BATCH])
    if not rows:
        Import.objects.filter(pk=pk).update(state=ImportState.APPLIED, applied_at=at)
        return 0
    before = {row.pk: (row.verdict, len(row.reasons)) for row in rows}
    _apply_rows(batch, rows, at)
    StagedRow.objects.bulk_update(rows, ["person", "made"])
    told = [row for row in rows if (row.verdict, len(row.reasons)) != before[row.pk]]
    StagedRow.objects.bulk_update(told, ["verdict", "reasons"])
    batch.rows.filter(pk__in=[row.pk for row in rows]).update(applied_at=at)
    return len(rows)


def _one_at_a_time() -> None:
    """Wait for whoever else applies an import; released at the end of the transaction. SQLite's begin IMMEDIATE."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def _apply_rows(batch: Import, rows: Sequence[StagedRow], at: dt.datetime) -> None:
    found = _found_meanwhile(batch, rows)
    _make_people([row for row in rows if not row.plan.get("who") and row.pk not in found], batch, at)
    earlier, standing_for = _earlier(batch, rows), _kept(rows)
    people: set[int | None] = {row.person_id for row in rows if row.person_id}
    for row in rows:
        if row.person_id is None:
            named = _named(row, rows, earlier)
            row.person_id = found.get(row.pk) or standing_for.get(row.plan.get("who", {}).get("pk")) or named
            people.add(row.person_id)
    standing = Person.objects.not_erased().select_related("country").in_bulk([pk for pk in people if pk])
    made = making.Maker(batch=batch, at=at, people=standing)
    made.fill(rows)
    made.join(rows)
    made.enrol(rows)
    made.mark(rows)
    made.keep_past(rows)
    for row in rows:
        _finish(row)


def _found_meanwhile(batch: Import, rows: Sequence[StagedRow]) -> dict[int, int | None]:
    """Return whom new lines mean by now: who signed up with the e-mail or telephone, or was made by the same line."""
    new = [row for row in rows if not row.plan.get("who")]
    if not new:
        return {}
    emails = {row.plan["new"]["email"] for row in new} - {""}
    numbers = {row.plan["new"]["phone"] for row in new} - {""}
    users = User.objects.filter(Q(email__in=emails) | Q(phone__in=numbers))
    by_key: dict[str, int | None] = {}
    for email, number, human in users.values_list("email", "phone", "person__canonical_id"):
        by_key |= {email: human, number: human}
    same = matching.made_by({row.identity for row in new})
    by_digest = dict(same.values_list("identity", "person__canonical_id"))
    found: dict[int, int | None] = {}
    for row in new:
        said = row.plan["new"]
        keys = [said["email"], said["phone"]]
        human = next((by_key[key] for key in keys if key and key in by_key), None) or by_digest.get(
            row.identity
        )
        if human:
            found[row.pk] = human
    return found


def _make_people(rows: Sequence[StagedRow], batch: Import, at: dt.datetime) -> None:
    once, later = _once(rows)
    countries = Country.objects.in_bulk({row.plan["new"]["country"] for row in once})
    newcomers = []
    for row in once:
        said = dict(row.plan["new"])
        newcomers.append(Newcomer(**{**said, "country": countries[said["country"]]}))
    users = make_people(newcomers=newcomers, by=batch.by, at=at) if newcomers else []
    for row, user in zip(once, users, strict=True):
        row.person_id = user.person_id
        row.made = {"person": user.person_id, "user": user.pk}
    by_row = {row.pk: row.person_id for row in once}
    for row, same in later:
        row.person_id = by_row[same.pk]


def _once(rows: Sequence[StagedRow]) -> tuple[list[StagedRow], list[tuple[StagedRow, StagedRow]]]:
    """Part the lines of one batch that would make the same e-mail or telephone twice."""
    first: dict[str, StagedRow] = {}
    once, later = [], []
    for row in rows:
        keys = [key for key in (row.plan["new"]["email"], row.plan["new"]["phone"], row.identity) if key]
        same = next((first[key] for key in keys if key in first), None)
        if same is None:
            once.append(row)
            first |= dict.fromkeys(keys, row)
        else:
            later.append((row, same))
    return once, later


def _earlier(batch: Import, rows: Iterable[StagedRow]) -> dict[str, int | None]:
    """Return who the earlier lines are to which lines of this batch point."""
    refs = {row.plan["who"]["ref"] for row in rows if row.plan.get("who", {}).get("ref")}
    if not refs:
        return {}
    numbers = {int(ref.rsplit(":", 1)[1]) for ref in refs}
    found = batch.rows.filter(number__in=numbers, person__isnull=False)
    return {
        f"{sheet}:{number}": pk for sheet, number, pk in found.values_list("sheet", "number", "person_id")
    }


def _kept(rows: Iterable[StagedRow]) -> dict[int, int | None]:
    """Return as whom those count by now who were found when the lines were checked: she may have been merged."""
    keys = {row.plan["who"]["pk"] for row in rows if row.plan.get("who", {}).get("pk")}
    return dict(Person.objects.filter(pk__in=keys).values_list("pk", "canonical_id"))


def _named(row: StagedRow, rows: Iterable[StagedRow], earlier: dict[str, int | None]) -> int | None:
    """Return whom an earlier line made, to which this one points."""
    ref = row.plan.get("who", {}).get("ref")
    if not ref:
        return None
    here = {f"{each.sheet}:{each.number}": each.person_id for each in rows}
    return here.get(ref) or earlier.get(ref)


def _finish(row: StagedRow) -> None:
    """Say of a line what came of it, where that is not what was planned."""
    if row.person_id is None:
        row.verdict = Verdict.REFUSED
        row.reasons = [*row.reasons, making.nobody_now()]
