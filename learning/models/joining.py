"""Keeps requests to join a cohort, its waiting list included, and how people were moved from one to another."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class RequestState(models.TextChoices):
    """How a request to join stands. Who waits for a seat was approved where that is asked."""

    OPEN = "open", _("Waits for the facilitator")
    WAITING = "waiting", _("On the waiting list")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Taken back")


PENDING = (RequestState.OPEN, RequestState.WAITING)


class JoinRequest(models.Model):
    """That a person asked to join a cohort. The waiting list is those in state `waiting`, by `asked_at`.

    `institution` is the one whose code she used: her enrolment will stand under it.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="join_requests")
    cohort = models.ForeignKey("learning.Cohort", on_delete=models.PROTECT, related_name="join_requests")
    institution = models.ForeignKey(
        "institutions.Institution", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "cohort"],
                condition=Q(state__in=["open", "waiting"]),
                name="asked_to_join_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="join_refused_with_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["cohort", "state", "asked_at"], name="waiting_in_order")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.cohort_id} {self.state}"


class CohortChange(models.Model):
    """That an enrolment went from one cohort to another, with all that was done in it. Never changed."""

    enrolment = models.ForeignKey(
        "learning.Enrolment", on_delete=models.PROTECT, related_name="cohort_changes"
    )
    from_cohort = models.ForeignKey(
        "learning.Cohort", null=True, on_delete=models.PROTECT, related_name="moved_out"
    )
    to_cohort = models.ForeignKey("learning.Cohort", on_delete=models.PROTECT, related_name="moved_in")
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_cohort__isnull=True) | ~Q(from_cohort=F("to_cohort")),
                name="change_of_cohort_changes_it",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="change_of_cohort_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.from_cohort_id} → {self.to_cohort_id}"
