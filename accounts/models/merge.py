"""Keeps the dated, reversible acts by which two persons count as one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.person import Person


class PersonMerge(models.Model):
    """The dated, reversible act by which two persons count as one. `canonical` is recomputed from these rows."""

    duplicate = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_away")
    into = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_in")
    reason = models.CharField(max_length=200, blank=True)
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undo_reason = models.CharField(max_length=200, blank=True)
    undone_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("merge of people")
        verbose_name_plural = _("merges of people")
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(duplicate=models.F("into")), name="merge_of_two_persons"),
            models.UniqueConstraint(
                fields=["duplicate"], condition=Q(undone_at__isnull=True), name="merged_away_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=False) | Q(undone_by__isnull=True, undo_reason=""),
                name="merge_undone_with_a_date",
            ),
        ]

    @property
    def in_force(self) -> bool:
        """Say whether both still count as one by this act."""
        return self.undone_at is None

    def __str__(self) -> str:
        return f"{self.duplicate_id} → {self.into_id}"
