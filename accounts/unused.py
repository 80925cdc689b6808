"""Answers which accounts nobody has used for the whole term, warns them by e-mail, and takes their identity off.

An account is used when somebody signs in, when it is made, and when something is recorded for it (rooms above say
so): a walk-in whose attendance was typed in last month has an account that is used. Accounts that were joined count
as one. Staff's accounts are an administrator's to close.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from smtplib import SMTPRecipientsRefused

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import translation
from django.utils.formats import date_format

from accounts import erasing
from accounts.models import Person, RetentionWarning, User
from accounts.retention import months_before
from common.clock import now

logger = logging.getLogger(__name__)

# From here on an answer of a mail server is a no for good (RFC 5321, 4.2.1).
PERMANENT = 500
# A warning of an earlier absence does not count for a later one.
WARNING_COUNTS = dt.timedelta(days=365)

Recent = Callable[[dt.datetime], QuerySet]
_recent: list[Recent] = []


def register_activity(recent: Recent) -> None:
    """Let an upper room name the canonical persons for whom something happened since a moment."""
    if recent not in _recent:
        _recent.append(recent)


def unused(cutoff: dt.datetime) -> QuerySet[Person]:
    """Return the persons (canonical) whose accounts were all unused since `cutoff`."""
    family = Person.objects.filter(canonical=OuterRef("pk"))
    logins = User.objects.filter(person__canonical=OuterRef("pk"))
    signed_in = Q(last_login__gte=cutoff) | Q(date_joined__gte=cutoff) | Q(is_staff=True)
    rows = Person.objects.filter(canonical_id=F("pk"), erased_at__isnull=True)
    rows = rows.exclude(Exists(family.filter(created_at__gte=cutoff)))
    rows = rows.exclude(Exists(logins.filter(signed_in)))
    for recent in _recent:
        rows = rows.exclude(pk__in=recent(cutoff))
    return rows.order_by("pk")


def _with_email(rows: QuerySet[Person]) -> QuerySet[Person]:
    return rows.filter(Exists(User.objects.filter(person__canonical=OuterRef("pk")).exclude(email="")))


def _warned(since: dt.datetime, until: dt.datetime) -> Exists:
    return Exists(RetentionWarning.objects.filter(person=OuterRef("pk"), warned_at__range=(since, until)))


def to_warn(cutoff: dt.datetime) -> QuerySet[Person]:
    """Return whom to write to: unused but for the days of grace, with an e-mail, not written to yet."""
    soon = cutoff + dt.timedelta(days=settings.SENDA_RETAIN_WARN_DAYS)
    moment = now()
    return _with_email(unused(soon)).exclude(_warned(moment - WARNING_COUNTS, moment))


def to_end(cutoff: dt.datetime) -> QuerySet[Person]:
    """Return whose identity is taken off: unused, and written to long enough ago where there is an e-mail."""
    moment = now()
    in_time = _warned(moment - WARNING_COUNTS, moment - dt.timedelta(days=settings.SENDA_RETAIN_WARN_DAYS))
    rows = unused(cutoff)
    return rows.exclude(~in_time & Q(pk__in=Subquery(_with_email(rows).order_by().values("pk"))))


def warn(cutoff: dt.datetime, most: int) -> int:
    """Write to at most so many. While the mail server is away the run is left; the next one goes on.

    Whose address is refused cannot be written to, as one without an e-mail: the days of grace begin all the same. One
    such address must not keep everybody after it from being written to.
    """
    written = 0
    for person in to_warn(cutoff)[:most]:
        if not _write_to(person):
            return 0
        RetentionWarning.objects.update_or_create(person=person, defaults={"warned_at": now()})
        written += 1
    return written


def _write_to(person: Person) -> bool:
    user = User.objects.filter(person__canonical=person).exclude(email="").first()
    if user is None:
        return True
    until = now() + dt.timedelta(days=settings.SENDA_RETAIN_WARN_DAYS)
    with translation.override(person.language):
        context = {
            "day": date_format(until),
            "months": settings.SENDA_RETAIN_ACCOUNTS_MONTHS,
            "address": f"{settings.WAGTAILADMIN_BASE_URL}/cuenta/entrar/",
        }
        mail = get_adapter().render_mail("emails/account/unused_account", user.email, context)
    try:
        mail.send()
    except SMTPRecipientsRefused as refused:
        if any(code < PERMANENT for code, _words in refused.recipients.values()):
            return False
        logger.warning("The address of an unused account is refused: it cannot be warned")
    except OSError:
        logger.exception("A warning of an unused account could not be sent")
        return False
    return True


def end(cutoff: dt.datetime, most: int) -> int:
    """Take the identity off at most so many."""
    rows = list(to_end(cutoff)[:most])
    for person in rows:
        erasing.pseudonymise(person=person)
    return len(rows)


def cutoff_of(at: dt.datetime) -> dt.datetime | None:
    """Return since when an account must have been unused; None while there is no term."""
    term = settings.SENDA_RETAIN_ACCOUNTS_MONTHS
    return months_before(at, term) if term else None
