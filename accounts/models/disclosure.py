"""Keeps who saw or exported what of whom: the programme's own eyes, watched."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.person import Person


class Act(models.TextChoices):
    """What was done with what people told."""

    VIEWED = "viewed", _("Seen")
    EXPORTED = "exported", _("Exported")


class Role(models.TextChoices):
    """As what somebody acted, at that moment: duties end, and a record says what was."""

    ADMINISTRATOR = "administrator", _("Administration")
    COORDINATOR = "coordinator", _("Country coordination")
    MONITOR = "monitor", _("Monitoring and evaluation")
    AUDITOR = "auditor", _("Audit")
    STAFF = "staff", _("Programme staff")
    FACILITATOR = "facilitator", _("Facilitation")
    FOCAL_POINT = "focal_point", _("Focal point")


class Disclosure(models.Model):
    """That somebody saw or exported things of people. No name stands here: whose they were is said by keys."""

    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        Person, verbose_name=_("who"), on_delete=models.PROTECT, related_name="disclosures_made"
    )
    role = models.CharField(_("as"), max_length=16, choices=Role)
    act = models.CharField(_("what was done"), max_length=10, choices=Act)
    what = models.CharField(_("what"), max_length=40)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    rows = models.PositiveIntegerField(_("rows"), default=1)
    of = models.ForeignKey(
        Person,
        verbose_name=_("whose"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="disclosures",
    )
    # By what a list was narrowed: keys of its filters, and values of closed lists. Never what somebody typed.
    narrowed = models.CharField(_("narrowed by"), max_length=200, blank=True)
    # Numbers and no keys to the tables: the rooms of institutions and of groups lie above this one.
    institution_id = models.BigIntegerField(_("institution"), null=True, blank=True)
    group_id = models.BigIntegerField(_("group"), null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("disclosure")
        verbose_name_plural = _("disclosures")
        indexes = [
            models.Index(fields=["-at", "-id"], name="disclosure_newest"),
            models.Index(fields=["by", "-at"], name="disclosure_by"),
            models.Index(fields=["what", "-at"], name="disclosure_what"),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} {self.act} {self.what}"


class DisclosedPerson(models.Model):
    """That a person stood among the rows of an export, so that she can be told of it."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "disclosure"], name="person_disclosed_once_an_export")
        ]

    def __str__(self) -> str:
        return f"{self.disclosure_id} {self.person_id}"
