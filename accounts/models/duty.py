"""Keeps the dated duties of the programme's people: coordination of a country, monitoring, audit."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.person import Person


class DutyKind(models.TextChoices):
    """What somebody has been asked to do for the programme, besides what groups allow."""

    COORDINATOR = "coordinator", _("Coordination of a country")
    MONITOR = "monitor", _("Monitoring and evaluation")
    AUDITOR = "auditor", _("Audit")


class DutyQuerySet(models.QuerySet):
    """Duties."""

    def in_force(self, on: dt.date) -> DutyQuerySet:
        """Return those that count on a day: begun, not past their last day, not ended by anybody."""
        return self.not_over(on).filter(starts_on__lte=on)

    def not_over(self, on: dt.date) -> DutyQuerySet:
        """Return those that count on a day or will count later."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), ended_at=None)


class Duty(models.Model):
    """That a person coordinates, monitors or audits, from one date to another; granted and ended by somebody.

    Rights are never copied from here to anything else: they are read at each request, so that a day that has passed
    or an end that somebody set counts at once.
    """

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="duties"
    )
    kind = models.CharField(_("duty"), max_length=12, choices=DutyKind)
    country = models.ForeignKey(
        "programme.Country",
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty: the whole programme."),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    granted_by = models.ForeignKey(
        Person, verbose_name=_("granted by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    granted_at = models.DateTimeField(_("granted on"))
    reason = models.CharField(_("why"), max_length=200)
    ended_at = models.DateTimeField(_("ended on"), null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        Person,
        verbose_name=_("ended by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    end_reason = models.CharField(_("why it ended"), max_length=200, blank=True, editable=False)

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["-granted_at", "-pk"]
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="duty_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(kind=DutyKind.AUDITOR) | Q(ends_on__isnull=False),
                name="duty_of_audit_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(kind=DutyKind.COORDINATOR) | Q(country__isnull=False),
                name="duty_of_coordination_has_a_country",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "country"],
                condition=Q(ended_at__isnull=True, ends_on__isnull=True),
                name="duty_open_once_a_country",
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(ended_at__isnull=True, ends_on__isnull=True, country__isnull=True),
                name="duty_open_once_for_the_whole",
            ),
        ]
        indexes = [models.Index(fields=["person", "ended_at"], name="duty_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.country_id or ''}".strip()
