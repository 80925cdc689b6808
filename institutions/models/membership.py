"""Keeps who works where, since when, and who has said so."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import PositionCategory
from institutions.models.institution import Institution
from institutions.querysets import MembershipQuerySet


class MembershipState(models.TextChoices):
    """Who has said that the person works there."""

    CLAIMED = "claimed", _("Said by the person")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Not confirmed")


class MembershipRole(models.TextChoices):
    """What the membership lets a person do for the institution here."""

    MEMBER = "member", _("Member")
    FOCAL_POINT = "focal_point", _("Focal point")


class RefusalReason(models.TextChoices):
    """Why an institution does not know somebody as one of its people. A closed list: nothing is told about her."""

    UNKNOWN = "unknown", _("Does not work here")
    LEFT = "left", _("Does not work here any more")
    ANOTHER_UNIT = "another_unit", _("Works in another unit")
    MISTAKE = "mistake", _("Was recorded by mistake")


class EndReason(models.TextChoices):
    """Why somebody else says that a membership is over. A closed list: nothing is told about her."""

    LEFT = "left", _("Does not work here any more")
    ANOTHER_UNIT = "another_unit", _("Works in another unit")
    HANDED_OVER = "handed_over", _("Somebody else speaks for the institution now")
    OWN_WISH = "own_wish", _("Asked for it herself")


class Membership(models.Model):
    """That a person works in an institution, from one date to another; and whether anybody else has said so.

    One that is merely claimed gives nothing to her, and to the institution's focal point no more than that she says so.
    Two of different institutions may run at a time; of the same one and role they may not overlap.
    """

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="memberships")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=MembershipRole, default=MembershipRole.MEMBER)
    position = models.CharField(_("position"), max_length=20, choices=PositionCategory, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=MembershipState, default=MembershipState.CLAIMED
    )
    starts_on = models.DateField(_("since"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    refused_at = models.DateTimeField(null=True, blank=True)
    refusal = models.CharField(max_length=16, choices=RefusalReason, blank=True)
    # Said by somebody else: it is over from that moment, on its last day too. What she ends herself has none of these.
    ended_by = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=16, choices=EndReason, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
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
            models.CheckConstraint(
                condition=~Q(refusal="", state="refused"), name="membership_refused_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="confirmed") | Q(confirmed_by__isnull=True, confirmed_at__isnull=True),
                name="membership_confirmed_or_not",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, end_reason="")
                | (Q(ended_at__isnull=False, ends_on__isnull=False) & ~Q(end_reason="")),
                name="membership_ended_with_day_and_reason",
            ),
        ]
        indexes = [models.Index(fields=["institution", "state"], name="membership_place_state")]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.institution_id}"
