"""This room's part of the personal-data download and of erasure."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts import privacy, tallies
from certificates.models import Certificate
from certificates.services import content_in
from certificates.words import STATES
from common import clock

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
    privacy.note_acts({"certificates.Certificate.revoked_by": "the work of whoever revoked it"})
    privacy.register(
        privacy.REGISTER,
        export=export,
        erase=erase,
        title=_("Certificates"),
        labels=LABELS,
        covers={"certificates.Certificate.person"},
        kept=[
            _(
                "The code of each certificate, with a fingerprint that does not tell your name: its page then says "
                "that the record was withdrawn at your request, and the certificate can no longer be downloaded."
            )
        ],
    )
    tallies.register("certificates", _("Certificates"), _how_many)


def _how_many(people: list[int]) -> dict[int, int]:
    rows = Certificate.objects.filter(person__in=people).order_by().values_list("person")
    return dict(rows.annotate(Count("pk")))


def export(person: Person) -> dict[str, Any]:
    """Return a person's certificates with the words printed on them."""
    rows = Certificate.objects.filter(person__canonical_id=person.canonical_id, erased_at__isnull=True)
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
    """Empty every certificate of hers: the code stays, and a fingerprint of the name that was printed."""
    moment = clock.now()
    for row in Certificate.objects.filter(person=person, erased_at__isnull=True).iterator(chunk_size=100):
        close(row, at=moment)


def close(certificate: Certificate, *, at: dt.datetime) -> None:
    """Leave of one certificate its code and a fingerprint."""
    # Reversed only by whoever has the site's key and a guess; a plain sum of a name is found by trying names.
    printed = fingerprint(content_in(certificate, certificate.language).holder)
    Certificate.objects.filter(pk=certificate.pk).update(frozen={}, holder_hash=printed, erased_at=at)


def fingerprint(holder: str) -> str:
    """Return what is kept of a printed name: it tells whether a paper's name was this one, and not the name."""
    return salted_hmac(
        "certificates.holder", " ".join(holder.casefold().split()), algorithm="sha256"
    ).hexdigest()
