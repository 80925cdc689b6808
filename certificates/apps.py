"""Tells Django of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    """Proof: eligibility, frozen certificates, rendering, public verification."""

    name = "certificates"
    verbose_name = _("certificates")
