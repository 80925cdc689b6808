"""This room's step of the night."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import QuerySet

from accounts import retention
from certificates.models import Certificate
from certificates.privacy import close
from certificates.services import issue_all_missing, revoke_all_annulled
from common import clock
from programme import nightly


def register() -> None:
    """Add the step: issue what an event should have issued; and the term of the register."""
    retention.register(
        retention.Rule(
            "certificates.register", "certificates closed to code and hash", _register_term, _count, _close
        )
    )
    nightly.register("certificates.issue", _issue, order=40)


def _issue(at: dt.datetime) -> str:
    return f"{issue_all_missing()} certificates issued, {revoke_all_annulled()} revoked with their completion"


def _register_term(at: dt.datetime) -> dt.datetime | None:
    return retention.months(settings.SENDA_RETAIN_REGISTER_MONTHS)(at)


def _past_term(cutoff: dt.datetime) -> QuerySet[Certificate]:
    """Return the certificates whose records need not be shown any more: expired, or without a term of validity."""
    old = Certificate.objects.filter(issued_at__lt=cutoff, erased_at__isnull=True)
    return old.exclude(valid_until__gte=clock.now().date())


def _count(cutoff: dt.datetime) -> int:
    return _past_term(cutoff).count()


def _close(cutoff: dt.datetime, most: int) -> int:
    rows = list(_past_term(cutoff).order_by("pk")[:most])
    for row in rows:
        close(row, at=clock.now())
    return len(rows)
