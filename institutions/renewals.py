"""What is done so that no agreement runs out unnoticed: renewals are begun, and who has the duty is reminded."""

from __future__ import annotations

import datetime as dt
import logging
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django_tasks import task

from accounts.models import Person
from institutions.agreements import countries_of
from institutions.duty import coordinators_of
from institutions.models import Agreement, AgreementParty, AgreementReminder
from institutions.terms import WINDOW, State, due_reminder

logger = logging.getLogger(__name__)


class NothingToRenew(ValueError):
    """A draft was never in force: it is finished, not renewed."""


def begin_renewal(*, agreement: Agreement, by: Person | None) -> Agreement:
    """Return the draft that renews an agreement, made with the same parties and scope unless there is one already."""
    with transaction.atomic():
        former = Agreement.objects.select_for_update().get(pk=agreement.pk)
        if former.signed_on is None:
            raise NothingToRenew
        found = Agreement.objects.filter(renews=former).first()
        return found or _draft_of(former, by)


def _draft_of(former: Agreement, by: Person | None) -> Agreement:
    end = Agreement.objects.with_terms(timezone.localdate()).get(pk=former.pk).end
    draft = Agreement(
        kind=former.kind,
        title=former.title,
        scope=former.scope,
        topics=list(former.topics),
        starts_on=end + dt.timedelta(days=1) if end else None,
        renews=former,
        recorded_by=by,
        is_demo=former.is_demo,
    )
    draft.save()
    AgreementParty.objects.bulk_create(
        AgreementParty(
            agreement=draft, institution_id=row.institution_id, role=row.role, sort_order=row.sort_order
        )
        for row in former.parties.all()
    )
    draft.countries.set(former.countries.all())
    draft.save()
    return draft


def remind(*, at: dt.datetime) -> int:
    """Note and send the reminders that are due and were not yet sent; return how many were handed over."""
    today = timezone.localdate(at)
    due = Agreement.objects.with_terms(today).in_state(State.RENEWING)
    keys = [
        key
        for agreement in due.filter(end__gte=today, end__lte=today + WINDOW).order_by("end", "pk")
        for key in _note(agreement, agreement.end, today, at)
    ]
    for key in keys:
        transaction.on_commit(partial(send_reminder.enqueue, key))
    return len(keys)


def _note(agreement: Agreement, end: dt.date, today: dt.date, at: dt.datetime) -> list[int]:
    """Keep a row for each reader of the reminder that is nearest, and return those that wait to be sent."""
    days = due_reminder(end, today)
    if days is None:
        return []
    AgreementReminder.objects.bulk_create(
        [
            AgreementReminder(agreement=agreement, person=login.person, days=days, last_day=end, made_at=at)
            for login in coordinators_of(countries_of(agreement))
        ],
        # A second night, or a second timer, finds them there.
        ignore_conflicts=True,
    )
    waiting = agreement.reminders.filter(days=days, last_day=end, sent_at__isnull=True)
    return list(waiting.values_list("pk", flat=True))


@task()
def send_reminder(key: int) -> bool:
    """Send one reminder, unless it was sent or is no longer anybody's concern; say whether it was sent."""
    found = AgreementReminder.objects.filter(pk=key).select_related("agreement", "person").first()
    address = _address(found) if found else ""
    # Two workers with the same task: one of them changes the row. A crash loses a mail; none is sent twice.
    waiting = AgreementReminder.objects.filter(pk=key, sent_at__isnull=True)
    if found is None or not address or not waiting.update(sent_at=timezone.now()):
        return False
    try:
        _write(found, address)
    except OSError:
        logger.exception("The reminder %s could not be sent; the next night tries again", key)
        AgreementReminder.objects.filter(pk=key).update(sent_at=None)
        return False
    return True


def _address(reminder: AgreementReminder) -> str:
    """Return where to write; nowhere if it was renewed or prolonged meanwhile, or the reader gave up the duty."""
    today = timezone.localdate()
    rows = Agreement.objects.with_terms(today).in_state(State.RENEWING)
    agreement = rows.filter(pk=reminder.agreement_id, end=reminder.last_day).first()
    if agreement is None or due_reminder(agreement.end, today) != reminder.days:
        return ""
    login = coordinators_of(countries_of(agreement)).filter(person=reminder.person_id).first()
    return login.email if login else ""


def _write(reminder: AgreementReminder, address: str) -> None:
    from allauth.account.adapter import get_adapter
    from django.urls import reverse

    agreement = reminder.agreement
    names = [str(party.institution) for party in agreement.parties.select_related("institution")]
    page = reverse("convenios:inspect", args=[agreement.pk])
    with translation.override(reminder.person.language):
        context = {
            "title": agreement.title,
            "institutions": ", ".join(names),
            "left": (reminder.last_day - timezone.localdate()).days,
            "last_day": date_format(reminder.last_day, "DATE_FORMAT"),
            "url": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + page,
        }
        get_adapter().render_mail("emails/institutions/agreement_reminder", address, context).send()
