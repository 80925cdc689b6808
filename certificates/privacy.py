"""This room's part of the personal-data download and of erasure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from accounts import privacy, tallies
from certificates.models import Certificate
from certificates.services import content_in
from certificates.words import STATES

if TYPE_CHECKING:
    from accounts.models import Person

LABELS = {
    "certificates": _("Certificates"),
    "code": _("Code"),
    "holder": _("Name on the certificate"),
    "course": _("Course"),
    "hours": _("Length"),
    "issued_at": _("Issued on"),
    "state": _("State"),
}


def register() -> None:
    """Add this room's part to the registry."""
    privacy.register("certificates", export=export, erase=erase, title=_("Certificates"), labels=LABELS)
    tallies.register("certificates", _("Certificates"), _how_many)


def _how_many(people: list[int]) -> dict[int, int]:
    rows = Certificate.objects.filter(person__in=people).order_by().values_list("person")
    return dict(rows.annotate(Count("pk")))


def export(person: Person) -> dict[str, Any]:
    """Return a person's certificates with the words printed on them."""
    rows = Certificate.objects.filter(person__canonical_id=person.canonical_id)
    return {"certificates": [_row(row) for row in rows]}


def _row(certificate: Certificate) -> dict[str, Any]:
    content = content_in(certificate, certificate.language)
    return {
        "code": certificate.code,
        "holder": content.holder,
        "course": content.course_title,
        "hours": content.hours,
        "issued_at": certificate.issued_at,
        "state": str(STATES[certificate.state]),
    }


def erase(person: Person) -> None:
    """Keep the register: what the law asks of it is decided with the register's own erasure (not built yet)."""
