"""Keeps the names that an institution had, from one date to another, and which institution took over from it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from institutions.models.institution import Institution


class InstitutionName(models.Model):
    """A name that ended: by a new one, or, with a successor, because another institution took over.

    The present name stands in `Institution` alone. Without a beginning it held for as long as anybody knows.
    """

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"))
    successor = models.ForeignKey(
        Institution,
        verbose_name=_("successor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["ends_on"]
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="former_name_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=models.F("institution")),
                name="institution_not_its_own_successor",
            ),
            models.UniqueConstraint(
                fields=["institution"],
                condition=Q(successor__isnull=False),
                name="institution_succeeded_once",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name
