"""Keeps completions: immutable facts, and the second rows that annul erroneous ones."""

from django.db import models
from django.db.models import Q


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
