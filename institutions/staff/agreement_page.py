"""Gathers what the page of one agreement shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Addendum, Agreement, AgreementParty, FormerPaper
from institutions.terms import State
from institutions.words import STATES


@dataclass(frozen=True)
class Reminded:
    """A reminder that was sent: how long before the end, when, to how many."""

    days: int
    sent_on: dt.datetime
    readers: int


@dataclass(frozen=True)
class AgreementScreen:
    """One agreement, as staff read it."""

    agreement: Agreement
    state: State
    state_words: str
    last_day: dt.date | None
    days_left: int | None
    parties: Sequence[AgreementParty]
    addenda: Sequence[Addendum]
    countries: str
    former: Agreement | None
    renewal: Agreement | None
    reminded: Sequence[Reminded]
    may_renew: bool
    has_paper: bool
    former_papers: Sequence[FormerPaper]
    may_forget: bool
    why: str


def agreement_screen(pk: int, *, may_change: bool, may_forget: bool = False) -> AgreementScreen:
    """Return the page of an agreement that is there. Eight queries at most."""
    today = timezone.localdate()
    row = Agreement.objects.with_terms(today).select_related("renews").get(pk=pk)
    renewal = Agreement.objects.filter(renews=row).first()
    last_day = row.last_day
    return AgreementScreen(
        agreement=row,
        state=State(row.state),
        state_words=str(STATES[State(row.state)]),
        last_day=last_day,
        days_left=(last_day - today).days if last_day and last_day >= today else None,
        parties=list(row.parties.select_related("institution__country")),
        addenda=list(row.addenda.all()),
        countries=", ".join(str(country) for country in row.countries.all()),
        former=row.renews,
        renewal=renewal,
        reminded=_reminded(row),
        may_renew=may_change and row.signed_on is not None and renewal is None,
        has_paper=bool(row.paper),
        former_papers=list(row.former_papers.select_related("replaced_by")),
        may_forget=may_forget,
        why=_why(row, renewal),
    )


def _reminded(agreement: Agreement) -> list[Reminded]:
    sent = agreement.reminders.filter(sent_at__isnull=False).order_by("sent_at")
    found: dict[tuple[int, dt.date], list[dt.datetime]] = {}
    for row in sent:
        found.setdefault((row.days, row.last_day), []).append(row.sent_at)
    return [Reminded(days, times[0], len(times)) for (days, _day), times in found.items()]


def _why(row: Agreement, renewal: Agreement | None) -> str:
    """Return why it counts as being renewed, in words."""
    if row.state != State.RENEWING:
        return ""
    if renewal is not None:
        return _("A renewal is being prepared.")
    return _("It ends within six months, and nobody has begun its renewal.")
