"""Keeps trainings that happened before Senda, or outside of it: what a sheet says of them, and nothing more."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PastTraining(models.Model):
    """A training of before: its title as it was called, when, where, by whom.

    It is no cohort and no course of today: nobody asked its version anything, so that it completes no course, gives
    no certificate and is never added to those who completed one here.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    folded_title = models.CharField(max_length=200, editable=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    hours = models.DecimalField(_("hours"), max_digits=6, decimal_places=2, null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    trainer = models.CharField(_("trainer"), max_length=200, blank=True)

    class Meta:
        ordering = ["-starts_on", "title"]
        verbose_name = _("training of before")
        verbose_name_plural = _("trainings of before")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="past_training_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["folded_title", "starts_on", "ends_on"], name="past_training_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PastParticipation(models.Model):
    """That a person took part in a training of before, with the result and the mark that the sheet gives her."""

    training = models.ForeignKey(PastTraining, on_delete=models.PROTECT, related_name="participations")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="past_trainings")
    mark = models.DecimalField(_("mark"), max_digits=5, decimal_places=2, null=True, blank=True)
    result = models.CharField(_("result"), max_length=40, blank=True)
    batch = models.ForeignKey("imports.Import", null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("participation in a training of before")
        verbose_name_plural = _("participations in trainings of before")
        constraints = [
            models.UniqueConstraint(fields=["training", "person"], name="past_participation_once"),
            models.CheckConstraint(
                condition=Q(mark__isnull=True) | Q(mark__range=(0, 100)), name="past_mark_is_a_percentage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.training_id}"
