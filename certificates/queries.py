"""What a verifier sees: the minimum of personal data, in her language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts.models import Erasure
from certificates import codes
from certificates.content import CertificateContent
from certificates.models import Certificate
from certificates.services import content_in
from certificates.states import TONES, State
from certificates.words import AT_HER_REQUEST, EXPLANATIONS, PROBLEMS, STATES, UNKNOWN
from common import clock


@dataclass(frozen=True)
class Verdict:
    """The answer to a code. Without a certificate, `trouble` says what to look at again.

    `content` is None for a code that no longer counts: the name is not published any more. Nor does a replaced one
    name its successor: whoever kept a person's old paper would learn by it what she is called today.
    """

    code: str
    trouble: str = ""
    state: State | None = None
    title: str = ""
    words: str = ""
    tone: str = ""
    content: CertificateContent | None = None
    course_title: str = ""
    issued_at: dt.datetime | None = None
    valid_until: dt.date | None = None
    revoked_at: dt.datetime | None = None
    category: str = ""
    checked_at: dt.datetime | None = None


def verdict_on(typed: str) -> Verdict:
    """Return the verdict on a code as somebody typed it. One query for a code that may be ours, none otherwise."""
    problem = codes.problem(typed)
    code = codes.normalise(typed)[:60]
    if problem:
        return Verdict(code=code, trouble=str(PROBLEMS[problem]))
    certificate = Certificate.objects.filter(code=code).first()
    if certificate is None:
        return Verdict(code=code, trouble=str(UNKNOWN))
    return _verdict(certificate)


def _verdict(certificate: Certificate) -> Verdict:
    if certificate.erased_at:
        return _of_erased(certificate)
    state, content = certificate.state, content_in(certificate)
    counts = state in {State.VALID, State.EXPIRED}
    return Verdict(
        code=certificate.code,
        state=state,
        title=str(STATES[state]),
        words=str(EXPLANATIONS[state]),
        tone=TONES[state],
        content=content if counts else None,
        course_title=content.course_title,
        issued_at=certificate.issued_at,
        valid_until=certificate.valid_until,
        revoked_at=certificate.revoked_at,
        category=certificate.get_revocation_category_display(),
        checked_at=clock.now(),
    )


def _of_erased(certificate: Certificate) -> Verdict:
    """Tell neither name nor course nor whether it was ever revoked: with a date they could find her again."""
    state = State.WITHDRAWN
    asked = Erasure.objects.filter(person_id=certificate.person_id, way=Erasure.Way.REQUEST).exists()
    title, words = AT_HER_REQUEST if asked else (STATES[state], EXPLANATIONS[state])
    return Verdict(
        code=certificate.code,
        state=state,
        title=str(title),
        words=str(words),
        tone=TONES[state],
        checked_at=clock.now(),
    )
