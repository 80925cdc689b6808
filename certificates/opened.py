"""Opens the register of certificates to duties."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts import disclosures, rights
from accounts.models import DutyKind

WHAT = "certificates"


def register() -> None:
    """Let coordinators put errors right in their countries, others read: a monitor without names or codes."""
    rights.allow(
        DutyKind.COORDINATOR,
        permissions=["certificates.view_certificate", "certificates.change_certificate"],
        addresses=["constancias:history*"],
        posts=["constancias:index*", "constancias:inspect", "constancias:revoke"],
    )
    rights.allow(
        DutyKind.MONITOR,
        DutyKind.AUDITOR,
        permissions=["certificates.view_certificate"],
        addresses=["constancias:index*", "constancias:inspect"],
        posts=["constancias:index"],
    )
    disclosures.call(WHAT, _("Register of certificates"))
