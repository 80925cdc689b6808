"""Words why nothing was written, how a mail stands, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from messaging.models import Fault, State
from messaging.writing import Reason

if TYPE_CHECKING:
    from messaging.models import Delivery

REFUSALS: dict[Reason, Promise] = {
    Reason.NOT_YOURS: gettext_lazy("This is not your group."),
    Reason.NOBODY: gettext_lazy("There is nobody to whom this would go."),
    Reason.NO_TEXT: gettext_lazy("Write a subject and a message in at least one language."),
    Reason.OTHER_GROUP: gettext_lazy("That session is of another group."),
}

TONES: dict[str, str] = {
    State.QUEUED: "soon",
    State.SENDING: "soon",
    State.DEFERRED: "soon",
    State.FAILED: "stop",
    State.UNSURE: "stop",
    State.NO_ADDRESS: "off",
    State.REFUSED: "off",
    State.PAST: "off",
}

REMEDIES: dict[str, Promise] = {
    State.DEFERRED: gettext_lazy("Nothing to do: the site tries again by itself."),
    State.UNSURE: gettext_lazy("Ask her before you write again: it may have arrived."),
    State.NO_ADDRESS: gettext_lazy("Tell her in the room, or by the text for the group chat."),
    State.REFUSED: gettext_lazy("Her decision. Tell her in the room if it matters."),
}

FAULT_REMEDIES: dict[str, Promise] = {
    Fault.REFUSED: gettext_lazy("Ask her whether her e-mail is right: she changes it in her profile."),
    Fault.ADDRESS: gettext_lazy("Ask her whether her e-mail is right: she changes it in her profile."),
    Fault.CONTENT: gettext_lazy("Shorten the message or take links out, and write anew."),
}


def say_why(row: Delivery) -> str:
    """Return why a mail did not go, with the server's figures, which whoever runs the site asks for."""
    if not row.last_error or row.state == State.SENT:
        return ""
    words = str(Fault(row.last_error).label)
    return f"{words} ({row.last_code})" if row.last_code else words


def say_remedy(row: Delivery) -> str:
    """Return what the facilitator can do."""
    if row.state == State.FAILED:
        return str(FAULT_REMEDIES.get(row.last_error) or _("Write again, or tell her in the room."))
    return str(REMEDIES.get(row.state, ""))
