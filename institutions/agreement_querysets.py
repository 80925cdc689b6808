"""The words of queries over agreements: the state of each, said to the database as `institutions.terms` says it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from institutions.terms import BINDING, WINDOW, State


class AgreementQuerySet(models.QuerySet):
    """Questions about agreements."""

    model: Any

    def with_terms(self, today: dt.date) -> AgreementQuerySet:
        """Add `end` (addenda reckoned in), `renewal_prepared`, `renewal_starts_on`, `state`, `last_day`."""
        addenda = self.model._meta.get_field("addenda").related_model._base_manager  # type: ignore[union-attr]
        naming = addenda.filter(agreement=OuterRef("pk"), new_ends_on__isnull=False)
        newest = naming.order_by("-signed_on", "-pk").values("new_ends_on")[:1]
        renewals = self.model._base_manager.filter(renews=OuterRef("pk"))
        signed = renewals.filter(signed_on__isnull=False)
        rows = self.annotate(
            end=Coalesce(Subquery(newest), F("ends_on")),
            renewal_prepared=Exists(renewals.filter(signed_on__isnull=True)),
            renewal_starts_on=Subquery(signed.values("starts_on")[:1]),
        )
        return rows.annotate(state=_state(today), last_day=Coalesce(F("ended_on"), F("end")))

    def in_state(self, *states: State) -> AgreementQuerySet:
        """Return those in one of these states, after `with_terms`."""
        return self.filter(state__in=[str(state) for state in states])

    def binding(self, on: dt.date) -> AgreementQuerySet:
        """Return those that bind on a day, renewal under way or not."""
        return self.with_terms(on).in_state(*BINDING)

    def with_party(self, institutions: Collection[int]) -> AgreementQuerySet:
        """Return those in which one of these institutions is a party, each once."""
        return self.filter(Exists(_parties(self.model).filter(institution__in=institutions)))

    def in_countries(self, countries: Collection[str]) -> AgreementQuerySet:
        """Return those that apply in one of these countries, or whose institutions stand there."""
        parties = _parties(self.model).filter(institution__country__in=countries)
        through = self.model.countries.through._base_manager.filter(
            agreement=OuterRef("pk"), country__in=countries
        )
        return self.filter(Exists(parties) | Exists(through))


def _parties(model: type[models.Model]) -> models.QuerySet:
    parts = model._meta.get_field("parties").related_model._base_manager  # type: ignore[union-attr]
    return parts.filter(agreement=OuterRef("pk"))


def _state(today: dt.date) -> Case:
    by_end = Q(end__isnull=False, end__lte=today + WINDOW)
    unanswered = Q(renewal_starts_on__isnull=True, ended_on__isnull=True)
    return Case(
        When(Q(signed_on__isnull=True) | Q(starts_on__isnull=True), then=Value(str(State.DRAFT))),
        When(ended_on__lt=today, then=Value(str(State.ENDED))),
        When(renewal_starts_on__lte=today, then=Value(str(State.RENEWED))),
        When(end__lt=today, then=Value(str(State.EXPIRED))),
        When(starts_on__gt=today, then=Value(str(State.UPCOMING))),
        When(unanswered & (Q(renewal_prepared=True) | by_end), then=Value(str(State.RENEWING))),
        default=Value(str(State.IN_FORCE)),
        output_field=models.CharField(),
    )
