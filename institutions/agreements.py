"""Answers which agreements bind an institution, and in which state one is."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from institutions.agreement_querysets import AgreementQuerySet
from institutions.counterparts import Kin, above
from institutions.models import Agreement, Institution
from institutions.terms import Added, State, Terms, end_of, state_of


def in_force(
    institution: Institution, on: dt.date | None = None, kin: Kin | None = None
) -> AgreementQuerySet:
    """Return the agreements that bind an institution on a day: its own, and those of the counterpart above it."""
    rows = Agreement.objects.with_party(above([institution.pk], kin))
    return rows.binding(on or timezone.localdate()).order_by("starts_on", "pk")


def state(agreement: Agreement, on: dt.date | None = None) -> State:
    """Return the state of one agreement on a day."""
    return state_of(terms_of(agreement), on or timezone.localdate())


def terms_of(agreement: Agreement) -> Terms:
    """Return its dates, addenda reckoned in, and how its renewal stands."""
    renewal = Agreement.objects.filter(renews=agreement.pk).only("signed_on", "starts_on").first()
    signed = renewal if renewal and renewal.signed_on else None
    added = [Added(row.signed_on, row.new_ends_on) for row in agreement.addenda.all()]
    return Terms(
        signed_on=agreement.signed_on,
        starts_on=agreement.starts_on,
        end=end_of(agreement.ends_on, added),
        ended_on=agreement.ended_on,
        renewal_prepared=renewal is not None and signed is None,
        renewal_starts_on=signed.starts_on if signed else None,
    )


def countries_of(agreement: Agreement) -> set[str]:
    """Return the codes of the countries where it applies: those it names, else those of its institutions."""
    named = set(agreement.countries.values_list("code", flat=True))
    return named or set(agreement.parties.values_list("institution__country", flat=True))
