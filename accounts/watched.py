"""What is given and forgotten of a person's duties, and of who looked at what of hers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts import disclosures, privacy
from accounts.models import Disclosure, Duty, Person
from accounts.watching_queries import acts_of
from common.clock import now

LABELS = {
    "duties": _("Duties"),
    "duty": _("Duty"),
    "country": _("Country"),
    "starts_on": _("From"),
    "ends_on": _("Last day"),
    "ended_at": _("Ended on"),
    "who_looked": _("Who looked"),
    "at": _("When"),
    "as": _("As"),
    "act": _("What was done"),
    "what": _("What"),
}

WORK = "what somebody did by her task; the row is told to whom it concerns"
COVERS = {"accounts.Duty.person", "accounts.Disclosure.of", "accounts.DisclosedPerson.person"}


def export(person: Person) -> dict[str, Any]:
    """Return her duties, and who looked at what of hers: by task, as the page says it too."""
    return {
        "duties": [_duty(row) for row in person.duties.select_related("country").order_by("pk")],
        "who_looked": [_act(row) for row in acts_of(person)],
    }


def _duty(row: Duty) -> dict[str, Any]:
    return {
        "duty": row.get_kind_display(),
        "country": str(row.country or ""),
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "ended_at": row.ended_at,
    }


def _act(row: Disclosure) -> dict[str, Any]:
    return {
        "at": row.at,
        "as": row.get_role_display(),
        "act": row.get_act_display(),
        "what": disclosures.words_of(row.what),
    }


def erase(person: Person) -> None:
    """End her duties, and take away words in which her name may stand. That somebody looked stays, by keys."""
    Duty.objects.filter(person=person, ended_at=None).update(ended_at=now())
    Duty.objects.filter(person=person).update(reason="", end_reason="")
    Disclosure.objects.filter(of=person).update(reason="")


def register() -> None:
    """Add this part."""
    privacy.note_acts(
        dict.fromkeys(["accounts.Duty.granted_by", "accounts.Duty.ended_by", "accounts.Disclosure.by"], WORK)
    )
    privacy.register(
        "watched", export, erase, title=_("Who sees what of yours"), labels=LABELS, covers=COVERS
    )
