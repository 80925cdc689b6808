"""This room's terms, and its steps of the night."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from accounts import erased_list, retention, unused
from accounts.models import DataRequest, Disclosure, SecondFactorReset, SecretReset
from programme import nightly


def register() -> None:
    """Add the terms and the steps."""
    for rule in _rules():
        retention.register(rule)
    nightly.register("accounts.erased", _erased, order=5)
    nightly.register("accounts.retention", _retention, order=90)


def _rules() -> list[retention.Rule]:
    logs = _log_term
    return [
        retention.Rule(
            "accounts.warn", "unused accounts warned by e-mail", unused.cutoff_of, _warnings, unused.warn
        ),
        retention.Rule(
            "accounts.unused", "unused accounts without name", unused.cutoff_of, _unused, unused.end
        ),
        retention.Rule("accounts.requests", "words of answered requests", logs, _wordy_count, _empty_words),
        _deleted("accounts.resets", "resets of PINs", SecretReset.objects.all(), "reset_at"),
        _deleted("accounts.factors", "resets of second steps", SecondFactorReset.objects.all(), "reset_at"),
        _deleted("wagtail.pages", "history of pages", _rows("wagtailcore.PageLogEntry"), "timestamp"),
        _deleted(
            "wagtail.things", "history of other things", _rows("wagtailcore.ModelLogEntry"), "timestamp"
        ),
        _deleted("tasks", "finished tasks", _rows("django_tasks_database.DBTaskResult"), "finished_at"),
        retention.Rule(
            "accounts.looks", "who saw or exported what", _look_term, **retention.deleting(_old_looks)
        ),
        retention.Rule(
            "sessions", "sessions that ended", lambda at: at, **retention.deleting(_ended_sessions)
        ),
    ]


def _log_term(at: dt.datetime) -> dt.datetime | None:
    return retention.months(settings.SENDA_RETAIN_LOGS_MONTHS)(at)


def _look_term(at: dt.datetime) -> dt.datetime | None:
    return retention.months(settings.SENDA_RETAIN_LOOKS_MONTHS)(at)


def _old_looks(cutoff: dt.datetime) -> QuerySet:
    return Disclosure.objects.filter(at__lt=cutoff)


def _rows(label: str) -> QuerySet:
    return apps.get_model(label)._base_manager.all()


def _deleted(name: str, what: str, rows: QuerySet, moment: str) -> retention.Rule:
    def old(cutoff: dt.datetime) -> QuerySet:
        return rows.filter(**{f"{moment}__lt": cutoff})

    return retention.Rule(name, what, _log_term, **retention.deleting(old))


def _ended_sessions(cutoff: dt.datetime) -> QuerySet:
    return Session.objects.filter(expire_date__lt=cutoff)


def _warnings(cutoff: dt.datetime) -> int:
    return unused.to_warn(cutoff).count()


def _unused(cutoff: dt.datetime) -> int:
    return unused.to_end(cutoff).count()


def _wordy(cutoff: dt.datetime) -> QuerySet:
    return DataRequest.objects.filter(closed_at__lt=cutoff).exclude(wish="", answer="", changes=[])


def _wordy_count(cutoff: dt.datetime) -> int:
    return _wordy(cutoff).count()


def _empty_words(cutoff: dt.datetime, most: int) -> int:
    keys: list[Any] = list(_wordy(cutoff).values_list("pk", flat=True)[:most])
    return DataRequest.objects.filter(pk__in=keys).update(wish="", answer="", changes=[])


def _erased(at: dt.datetime) -> str:
    return f"{erased_list.write_anew()} erased accounts listed beside the database"


def _retention(at: dt.datetime) -> str:
    if not settings.SENDA_RETENTION:
        return "switched off (SENDA_RETENTION)"
    outcomes = retention.run(dry_run=False, at=at)
    failed = [outcome.rule for outcome in outcomes if outcome.failed]
    if failed:
        raise RuntimeError(f"rules that failed: {', '.join(failed)}")
    return (
        ", ".join(f"{outcome.rule} {outcome.ended}" for outcome in outcomes if outcome.ended) or "nothing due"
    )
