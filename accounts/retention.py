"""Ends what is no longer needed: rules with a term each, registered by the rooms, run with a report.

A rule counts what is past its term and ends a batch of it. `run(dry_run=True)` only counts. Asked again, it finds
nothing more: what was ended is not counted any more. Each batch is a transaction of its own, so that a run that is
cut off has done whole batches and the next one goes on.
"""

from __future__ import annotations

import calendar
import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from common.clock import now

logger = logging.getLogger(__name__)

BATCH = 200
Cutoff = Callable[[dt.datetime], dt.datetime | None]


@dataclass(frozen=True)
class Rule:
    """One kind of thing with its term. `cutoff` is None while the term is not set: then nothing is ended.

    `count` says how many are older than the cutoff; `end` ends at most so many of them and says how many.
    """

    name: str
    what: str
    cutoff: Cutoff
    count: Callable[[dt.datetime], int]
    end: Callable[[dt.datetime, int], int]


@dataclass(frozen=True)
class Outcome:
    """What one rule found, and what it ended."""

    rule: str
    what: str
    older_than: str
    found: int
    ended: int
    failed: str = ""


_rules: dict[str, Rule] = {}


def register(rule: Rule) -> None:
    """Add a rule, or replace the one of the same name."""
    _rules[rule.name] = rule


def rules() -> list[Rule]:
    """Return the rules in the order in which they were registered."""
    return list(_rules.values())


def months(count: int) -> Cutoff:
    """Return a term of so many months; 0 is no term."""
    return lambda at: months_before(at, count) if count else None


def months_before(at: dt.datetime, count: int) -> dt.datetime:
    """Return the same moment so many months earlier, or on that month's last day."""
    years, month = divmod(at.year * 12 + at.month - 1 - count, 12)
    return at.replace(year=years, month=month + 1, day=min(at.day, calendar.monthrange(years, month + 1)[1]))


def run(*, dry_run: bool, at: dt.datetime | None = None) -> list[Outcome]:
    """Count what is past its term, and end it unless `dry_run`. A rule that fails keeps no other from running."""
    moment = at or now()
    return [_run(rule, moment, dry_run=dry_run) for rule in rules()]


def _run(rule: Rule, at: dt.datetime, *, dry_run: bool) -> Outcome:
    cutoff = rule.cutoff(at)
    if cutoff is None:
        return Outcome(rule.name, rule.what, "", 0, 0)
    found, ended, failed = 0, 0, ""
    try:
        found = rule.count(cutoff)
        ended = 0 if dry_run else _end(rule, cutoff)
    except Exception as error:
        logger.exception("The rule %s of retention failed", rule.name)
        failed = type(error).__name__
    return Outcome(rule.name, rule.what, cutoff.isoformat(), found, ended, failed)


def _end(rule: Rule, cutoff: dt.datetime) -> int:
    total = 0
    while True:
        with transaction.atomic():
            done = rule.end(cutoff, BATCH)
        if not done:
            return total
        total += done


def deleting(rows: Callable[[dt.datetime], Any]) -> dict[str, Any]:
    """Return `count` and `end` of a rule that deletes rows."""

    def end(cutoff: dt.datetime, most: int) -> int:
        keys = list(rows(cutoff).values_list("pk", flat=True)[:most])
        rows(cutoff).model._base_manager.filter(pk__in=keys).delete()
        return len(keys)

    return {"count": lambda cutoff: rows(cutoff).count(), "end": end}
