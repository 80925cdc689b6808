"""Keeps corrections of the country of work under which an enrolment was made."""

from django.db import models
from django.db.models import Q


class CountryCorrection(models.Model):
    """That the country of an enrolment was corrected: from which, to which, by whom and when. Never changed."""

    enrolment = models.ForeignKey(
        "learning.Enrolment", on_delete=models.PROTECT, related_name="country_corrections"
    )
    before = models.ForeignKey("programme.Country", on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey("programme.Country", on_delete=models.PROTECT, related_name="+")
    corrected_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField()

    class Meta:
        ordering = ["corrected_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(before=models.F("after")), name="correction_changes_country")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.before_id} → {self.after_id}"
