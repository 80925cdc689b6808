"""Opens this room's screens to duties, and gives words to what is kept of who looked at them."""

from django.utils.translation import gettext_lazy as _

from accounts import disclosures, rights
from accounts.models import DutyKind


def register() -> None:
    """Let auditors read duties and disclosures, and take the latter along as a file."""
    rights.allow(
        DutyKind.AUDITOR,
        permissions=["accounts.view_duty", "accounts.view_disclosure"],
        addresses=["encargos:index*", "encargos:inspect", "auditoria:index*"],
        posts=["auditoria:index"],
    )
    disclosures.call("disclosures", _("Who saw what"))
