"""Keeps the dated, reversible acts by which two persons count as one."""

from django.db import models
from django.db.models import Q

from accounts.models.person import Person


class PersonMerge(models.Model):
    """The dated, reversible act by which two persons count as one. `canonical` is recomputed from these rows."""

    duplicate = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_away")
    into = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_in")
    reason = models.CharField(max_length=200, blank=True)
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(duplicate=models.F("into")), name="merge_of_two_persons"),
            models.UniqueConstraint(
                fields=["duplicate"], condition=Q(undone_at__isnull=True), name="merged_away_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duplicate_id} → {self.into_id}"
