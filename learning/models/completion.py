"""Keeps completions: immutable facts, the second rows that annul erroneous ones, and who proposed that."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Completion(models.Model):
    """That an enrolment fulfilled its rule. Written once, never changed.

    `achieved_on` is the local date of the last fulfilling fact; it decides the rule in force, the reporting period
    and the certificate's date, however late the fact was typed in at `recorded_at`. `rule` and `evidence` are JSON
    of `learning.completion`.
    """

    enrolment = models.OneToOneField(
        "learning.Enrolment", on_delete=models.PROTECT, related_name="completion"
    )
    version = models.ForeignKey("courses.CourseVersion", on_delete=models.PROTECT, related_name="completions")
    rule = models.JSONField()
    evidence = models.JSONField()
    minutes = models.PositiveIntegerField()
    achieved_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["achieved_on"])]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.achieved_on}"


class CompletionAnnulment(models.Model):
    """That a completion was recorded in error: who found it, who agreed, and why."""

    completion = models.OneToOneField(Completion, on_delete=models.PROTECT, related_name="annulment")
    reason = models.CharField(max_length=300)
    annulled_at = models.DateTimeField()
    annulled_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(annulled_by=models.F("agreed_by")), name="annulled_by_two_people"
            )
        ]

    def __str__(self) -> str:
        return f"{self.completion_id}"


class ProposalState(models.TextChoices):
    """What came of a proposal to annul a completion."""

    OPEN = "open", _("Waits for a second person")
    AGREED = "agreed", _("Annulled")
    REFUSED = "refused", _("The completion stands")


class AnnulmentProposal(models.Model):
    """That a correction took away what a completion stood on. One person proposes it, another one decides."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    completion = models.ForeignKey(Completion, on_delete=models.PROTECT, related_name="proposals")
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=ProposalState, default=ProposalState.OPEN)
    proposed_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["completion"], condition=Q(state="open"), name="one_open_annulment_proposal"
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_by__isnull=True)
                | (Q(answered_by__isnull=False) & ~Q(answered_by=models.F("proposed_by"))),
                name="annulment_answered_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.completion_id} {self.state}"
