"""Tells Django of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    """Proof: eligibility, frozen certificates, rendering, public verification."""

    name = "certificates"
    verbose_name = _("certificates")

    def ready(self) -> None:
        """Start to listen, and answer at the learners' door."""
        from certificates import opened, privacy, receivers, timed  # noqa: F401 -- they register themselves
        from certificates.proving import proofs
        from learning.proofs import register

        register(proofs)
        opened.register()
        privacy.register()
        timed.register()
