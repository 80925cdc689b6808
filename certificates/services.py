"""Issues, revokes and renders certificates. Everything here may be asked twice and changes nothing more."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import translation

from accounts.models import PersonMerge
from accounts.queries import MISSING_WORDS, details_of, missing_for_completion
from certificates import codes, events
from certificates.content import CertificateContent
from certificates.eligibility import Facts, Reason, judge
from certificates.freezing import freeze, read_picture
from certificates.models import Certificate, RevocationCategory
from certificates.states import months_after
from common import clock
from common.sheets.printable import unprintable
from courses import versions
from learning.models import Completion

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import Person


def reasons_against(completion: Completion) -> tuple[Reason, ...]:
    """Return why a completion has no certificate yet; empty when it may be issued."""
    holder = details_of(completion.enrolment.person)
    return judge(
        Facts(
            annulled=hasattr(completion, "annulment"),
            missing_details=[str(reason) for reason in missing_for_completion(holder)],
            minutes=completion.minutes,
            unprintable=unprintable(holder.certificate_name),
        )
    )


def missing_details(person: Person) -> str:
    """Return what the profile lacks for a certificate, as one phrase in the reader's language."""
    return ", ".join(str(MISSING_WORDS[reason]) for reason in missing_for_completion(person))


def issue_if_eligible(
    *, completion: Completion, at: dt.datetime | None = None, code: str = ""
) -> Certificate | None:
    """Issue the certificate of a completion, once; returns it, or None while a reason stands against it.

    `code` is for one that must be known beforehand; otherwise it is random. Two workers, or a double click,
    meet at the constraint: the second returns what the first issued.
    """
    existing = in_force(completion)
    anew = existing is not None and was_taken_back(existing)
    if (existing and not anew) or reasons_against(completion):
        return existing
    try:
        with transaction.atomic():
            if existing:
                return _in_place_of(existing, at or clock.now(), code or codes.new_code())
            return _issue(completion, at or clock.now(), code=code or codes.new_code())
    except IntegrityError:
        return in_force(completion)


def in_force(completion: Completion) -> Certificate | None:
    """Return the certificate of a completion that none has replaced."""
    return Certificate.objects.filter(completion=completion, replaced_by__isnull=True).first()


def was_taken_back(certificate: Certificate) -> bool:
    """Say whether one no longer counts only since two people were parted (`certificates.parting`)."""
    moment = certificate.revoked_at
    return moment is not None and PersonMerge.objects.filter(undone_at=moment).exists()


def _in_place_of(former: Certificate, at: dt.datetime, code: str) -> Certificate:
    """Issue a new one for the same completion; the former's page then says that it was replaced."""
    new = _issue(former.completion, at, code=code, instead_of=former)
    Certificate.objects.filter(pk=former.pk).update(replaced_by=new)
    Certificate.objects.filter(pk=new.pk).update(replaced_by=None)
    new.refresh_from_db()
    return new


def _waiting() -> QuerySet[Completion]:
    """Return the completions without a certificate, or with one that was taken back when people were parted."""
    parted = PersonMerge.objects.filter(undone_at__isnull=False).values("undone_at")
    lacking = Q(certificates__isnull=True) | Q(
        certificates__replaced_by__isnull=True, certificates__revoked_at__in=parted
    )
    return Completion.objects.filter(lacking).select_related(
        "enrolment__person", "enrolment__course", "version"
    )


def _issue(
    completion: Completion, at: dt.datetime, *, code: str, instead_of: Certificate | None = None
) -> Certificate:
    """Freeze and write. While the one that it replaces is still in force, the new one is written as not in force:
    `one_certificate_in_force` holds at every moment.
    """
    enrolment = completion.enrolment
    months = versions.course_words(enrolment.course, language="es").validity_months
    valid_until = months_after(completion.achieved_on, months) if months else None
    issued_on = clock.local_date(at, enrolment.time_zone)
    certificate = Certificate.objects.create(
        code=code,
        person=enrolment.person,
        completion=completion,
        course=enrolment.course,
        frozen=freeze(completion=completion, code=code, issued_on=issued_on, valid_until=valid_until),
        language=details_of(enrolment.person).language or "es",
        issued_at=at,
        achieved_on=completion.achieved_on,
        valid_until=valid_until,
        replaced_by=instead_of,
    )
    transaction.on_commit(
        lambda: events.certificate_issued.send(sender=Certificate, certificate_id=certificate.pk)
    )
    return certificate


def issue_for_person(*, person: Person) -> list[Certificate]:
    """Issue what waited for the person's details."""
    waiting = _waiting().filter(enrolment__person__canonical_id=person.canonical_id)
    return [made for completion in waiting if (made := issue_if_eligible(completion=completion))]


def issue_all_missing() -> int:
    """Reach from state what the events should have issued. Returns how many certificates were made."""
    rows = _waiting().filter(annulment__isnull=True)
    return sum(1 for completion in rows.iterator(chunk_size=200) if issue_if_eligible(completion=completion))


def revoke(
    *, certificate: Certificate, category: str, by: Person | None, at: dt.datetime | None = None
) -> Certificate:
    """Revoke a certificate, once. It stays in the register and its page says that it no longer counts."""
    category = RevocationCategory(category)
    with transaction.atomic():
        changed = Certificate.objects.filter(pk=certificate.pk, revoked_at__isnull=True).update(
            revoked_at=at or clock.now(), revoked_by=by, revocation_category=category
        )
        if changed:
            transaction.on_commit(
                lambda: events.certificate_revoked.send(sender=Certificate, certificate_id=certificate.pk)
            )
    certificate.refresh_from_db()
    return certificate


def revoke_annulled(*, completion: Completion) -> None:
    """Revoke what was issued for a completion that was annulled, in the name of whoever found the error."""
    for row in Certificate.objects.filter(completion=completion, revoked_at__isnull=True):
        annulment = completion.annulment
        revoke(
            certificate=row,
            category=RevocationCategory.ERROR,
            by=annulment.annulled_by,
            at=annulment.annulled_at,
        )


def revoke_all_annulled() -> int:
    """Reach from state what the events should have revoked. Returns of how many completions."""
    rows = Completion.objects.filter(annulment__isnull=False, certificates__revoked_at__isnull=True)
    found = list(rows.filter(certificates__isnull=False).select_related("annulment").distinct())
    for completion in found:
        revoke_annulled(completion=completion)
    return len(found)


def replace(*, certificate: Certificate, at: dt.datetime | None = None, code: str = "") -> Certificate:
    """Issue a new certificate of the same completion in place of one, with what holds now: a name put right.

    The old one's page then says that it was replaced, not by which. Asked twice, or of one that no longer counts,
    it changes nothing more.
    """
    with transaction.atomic():
        locked = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
        if locked.replaced_by_id or locked.revoked_at or locked.erased_at:
            return locked.replaced_by or locked
        return _in_place_of(locked, at or clock.now(), code or codes.new_code())


def content_in(certificate: Certificate, language: str | None = None) -> CertificateContent:
    """Return the frozen words in `language` (default: the reader's), else in the certificate's own."""
    wanted = (language or translation.get_language() or "es")[:2]
    return CertificateContent.from_json(
        certificate.frozen.get(wanted) or certificate.frozen[certificate.language]
    )


def render(certificate: Certificate, language: str | None = None) -> bytes:
    """Return the PDF, drawn from the frozen words alone and dated at its issue."""
    from certificates.rendering import render_pdf

    return render_pdf(content_in(certificate, language), at=certificate.issued_at, read_picture=read_picture)
