"""Keeps which units a focal point looks after."""

from django.db import models

from institutions.models.institution import Institution
from institutions.models.membership import Membership


class AssignedUnit(models.Model):
    """That a focal point of a counterpart looks after one of its units, with what is below it."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="assigned_units")
    unit = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="assigned_to")
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "unit"], name="unit_assigned_once")]

    def __str__(self) -> str:
        return f"{self.membership_id} · {self.unit_id}"
