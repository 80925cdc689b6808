"""Tells the safeguarding contact that somebody disclosed something: by a reference, never by what was written.

The contact calls whoever reads; the two decide with the person what comes next.
"""

from __future__ import annotations

import datetime as dt
import logging
from functools import partial

from django.db import transaction
from django.utils import translation
from django_tasks import task

from assessments.models import Handover
from common import clock
from programme.models import Identity

logger = logging.getLogger(__name__)

# So long the timer tries again to send what could not be sent.
TRIED_FOR = dt.timedelta(days=3)


def tell_contact(handover: Handover) -> None:
    """Send the mail as soon as the row is kept."""
    transaction.on_commit(partial(send.enqueue, handover.pk))


def tell_again(at: dt.datetime) -> int:
    """Send what could not be sent; returns how many were handed to the worker."""
    rows = Handover.objects.filter(told_at__isnull=True, at__gt=at - TRIED_FOR)
    keys = list(rows.filter(at__lt=at - dt.timedelta(minutes=2)).values_list("pk", flat=True))
    for key in keys:
        send.enqueue(key)
    return len(keys)


@task()
def send(key: int) -> bool:
    """Send the mail of one hand-over, once; say whether it was sent."""
    found = Handover.objects.select_related("by").filter(pk=key, told_at__isnull=True).first()
    identity = Identity.objects.exclude(safeguarding_email="").first()
    if found is None or identity is None:
        return False
    # Two workers with the same task: one of them changes the row. A crash loses a mail; none is sent twice.
    if not Handover.objects.filter(pk=key, told_at__isnull=True).update(told_at=clock.now()):
        return False
    try:
        _write(found, identity.safeguarding_email)
    except OSError:
        logger.exception("The hand-over %s could not be sent; the timer tries again", found.key)
        Handover.objects.filter(pk=key).update(told_at=None)
        return False
    return True


def _write(handover: Handover, address: str) -> None:
    from allauth.account.adapter import get_adapter

    login = getattr(handover.by, "user", None)
    with translation.override("es"):
        context = {
            "reference": str(handover.key)[:8],
            "by": str(handover.by),
            "email": login.email if login else "",
            "at": handover.at,
        }
        get_adapter().render_mail("emails/learning/handover", address, context).send()
