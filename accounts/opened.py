"""Opens this room's screens to duties, and gives words to what is kept of who looked at them."""

from django.utils.translation import gettext_lazy as _

from accounts import disclosures, rights
from accounts.models import DutyKind


def register() -> None:
    """Let auditors read duties and disclosures, and coordinators answer privacy requests of their countries."""
    rights.allow(
        DutyKind.AUDITOR,
        permissions=["accounts.view_duty", "accounts.view_disclosure"],
        addresses=["encargos:index*", "encargos:inspect", "auditoria:index*"],
        posts=["auditoria:index"],
    )
    rights.allow(
        DutyKind.COORDINATOR,
        permissions=["accounts.answer_data_request"],
        addresses=["solicitudes:index*", "solicitudes:history*"],
        posts=["solicitudes:answer", "solicitudes:note_down"],
    )
    disclosures.call("disclosures", _("Who saw what"))
    disclosures.call("logins", _("Logins"))
    disclosures.call("requests", _("Privacy requests"))
    disclosures.call("codes", _("Personal codes handed out"))
