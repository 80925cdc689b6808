"""This room's part of the personal-data download and of erasure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from accounts import privacy, tallies
from messaging.models import Delivery, Kind, Message, MessageText, Refusal, Reminder

if TYPE_CHECKING:
    from accounts.models import Person

LABELS = {
    "received": _("Messages that you were sent"),
    "written": _("Messages that you wrote"),
    "reminders": _("Reminders"),
    "refused": _("What you do not want mails about"),
    "subject": _("Subject"),
    "message": _("Message"),
    "about": _("About"),
    "state": _("State"),
    "on": _("Date"),
}
COVERS = {
    "messaging.Message.person",
    "messaging.Message.by",
    "messaging.Delivery.person",
    "messaging.Reminder.person",
    "messaging.Refusal.person",
}
EMPTY = "—"


def register() -> None:
    """Add this room's part to the registry."""
    privacy.register(
        "messaging",
        export=export,
        erase=erase,
        title=_("Messages"),
        labels=LABELS,
        covers=COVERS,
        kept=[_("That a message was written to a group on a day, without its words if they were yours.")],
    )
    tallies.register("messaging", _("Messages"), _how_many)


def _how_many(people: list[int]) -> dict[int, int]:
    rows = Delivery.objects.filter(person__in=people).order_by().values_list("person")
    return dict(rows.annotate(Count("pk")))


def export(person: Person) -> dict[str, Any]:
    """Return what was written to a person and by her, and what she refuses."""
    hers = {"person__canonical_id": person.canonical_id}
    received = Delivery.objects.filter(**hers).select_related("message").order_by("message__at", "pk")
    written = Message.objects.filter(by__canonical_id=person.canonical_id).order_by("at", "pk")
    reminders = Reminder.objects.filter(**hers).order_by("made_at", "pk")
    refused = Refusal.objects.filter(**hers).order_by("at", "pk")
    return {
        "received": [_text(row.message) | {"state": row.get_state_display()} for row in received],
        "written": [_text(row) for row in written.prefetch_related("texts")],
        "reminders": [
            {"about": row.get_kind_display(), "on": row.made_at, "state": row.get_state_display()}
            for row in reminders
        ],
        "refused": [{"about": Kind(row.kind).label, "on": row.at} for row in refused],
    }


def _text(message: Message) -> dict[str, Any]:
    return {"subject": message.subject, "message": message.body, "on": message.at}


def erase(person: Person) -> None:
    """Delete what was written to her alone or by her, and that anything was sent to her."""
    Delivery.objects.filter(person=person).delete()
    Reminder.objects.filter(person=person).delete()
    Refusal.objects.filter(person=person).delete()
    hers = Message.objects.filter(by=person) | Message.objects.filter(person=person)
    MessageText.objects.filter(message__in=hers).delete()
    Message.objects.filter(pk__in=list(hers.values_list("pk", flat=True))).update(subject=EMPTY, body=EMPTY)
