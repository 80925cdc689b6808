"""Keeps who works where, since when, and who has said so."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from institutions.models.institution import Institution


class MembershipState(models.TextChoices):
    """Who has said that the person works there."""

    CLAIMED = "claimed", _("Said by the person")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Not confirmed")


class MembershipRole(models.TextChoices):
    """What the membership lets a person do for the institution here."""

    MEMBER = "member", _("Member")
    FOCAL_POINT = "focal_point", _("Focal point")


class Membership(models.Model):
    """That a person works in an institution, from one date to another."""

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="memberships")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=MembershipRole, default=MembershipRole.MEMBER)
    state = models.CharField(max_length=10, choices=MembershipState, default=MembershipState.CLAIMED)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["person", "institution", "role"],
                condition=Q(ends_on__isnull=True),
                name="membership_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.institution_id}"
