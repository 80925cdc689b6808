"""Keeps where a shelter is exactly, apart from everything that lists, searches, exports or revises institutions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from institutions.models.institution import Institution


class ShelterPlace(models.Model):
    """The exact place of one shelter. Who reads it is kept; nothing but its own screen shows it."""

    # Wagtail would copy references, and with them titles, into its own index.
    wagtail_reference_index_ignore = True

    institution = models.OneToOneField(Institution, on_delete=models.PROTECT, related_name="place")
    address = models.TextField(_("address"), max_length=500, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("exact place of a shelter")
        verbose_name_plural = _("exact places of shelters")
        # No check constraint: PostgreSQL writes the whole failing row, the address with it, into its error and its log.
        default_permissions = ()
        permissions = [("see_shelter_place", "Can see and change the exact place of shelters")]

    def __str__(self) -> str:
        return f"#{self.institution_id}"
