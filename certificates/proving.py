"""Answers at the learners' door: which certificate an enrolment has, or what it waits for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.queries import details_of
from certificates.models import Certificate
from certificates.services import missing_details, reasons_against
from certificates.states import TONES, State
from certificates.words import REASONS, STATES
from common.sheets.printable import unprintable
from learning.models import Completion
from learning.proofs import Proof

if TYPE_CHECKING:
    from learning.models import Enrolment


def proofs(enrolments: Iterable[Enrolment]) -> dict[int, Proof]:
    """Return the proof of each completed enrolment, by enrolment id. Three queries, however many they are."""
    completions = {row.pk: row for row in _completions(list(enrolments))}
    issued = {
        certificate.completion_id: certificate
        for certificate in Certificate.objects.filter(completion__in=completions, replaced_by__isnull=True)
    }
    return {
        row.enrolment_id: _issued(issued[pk]) if pk in issued else _waiting(row)
        for pk, row in completions.items()
    }


def _completions(enrolments: list[Enrolment]) -> list[Completion]:
    """Return the completions; what came with the enrolments, annulments included, is not asked for again."""
    came = [completion for row in enrolments if (completion := row._state.fields_cache.get("completion"))]
    known = [row for row in came if "annulment" in row._state.fields_cache]
    told = {row.enrolment_id for row in known}
    others = [row.pk for row in enrolments if row.pk not in told and not _has_none(row)]
    if not others:
        return known
    asked = Completion.objects.filter(enrolment__in=others)
    return [*known, *asked.select_related("annulment", "enrolment__person")]


def _has_none(row: Enrolment) -> bool:
    return row._state.fields_cache.get("completion", row) is None


def _issued(certificate: Certificate) -> Proof:
    state = certificate.state
    return Proof(
        url=reverse("certificates:download", kwargs={"key": certificate.key})
        if state not in {State.REVOKED, State.WITHDRAWN}
        else "",
        verify_url=reverse("certificates:verify_code", kwargs={"code": certificate.code}),
        code=certificate.code,
        state=_state_words(certificate, state),
        tone=TONES[state],
        withdrawn=withdrawn_words(certificate),
    )


def withdrawn_words(certificate: Certificate) -> str:
    """Return, for its holder, why a revoked certificate counts no more and whom to ask; nothing for another one."""
    if certificate.revoked_at is None:
        return ""
    return _(
        "It was revoked on %(day)s (%(why)s), so that it cannot be downloaded. The course stays completed. "
        "If you think that this is a mistake, ask who facilitates your course or write to the programme."
    ) % {
        "day": date_format(localtime(certificate.revoked_at)),
        "why": certificate.get_revocation_category_display(),
    }


def _state_words(certificate: Certificate, state: State) -> str:
    if state == State.VALID and certificate.valid_until:
        return _("Valid until %(day)s") % {"day": date_format(certificate.valid_until)}
    return str(STATES[state])


def _waiting(completion: Completion) -> Proof:
    person = details_of(completion.enrolment.person)
    filled = {"details": missing_details(person), "letters": " ".join(unprintable(person.certificate_name))}
    return Proof(waiting_for=tuple(str(REASONS[reason]) % filled for reason in reasons_against(completion)))
