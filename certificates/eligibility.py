"""The rule of eligibility: whether a completion earns a certificate, and why not yet. Pure: no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a completion has no certificate (yet). The wording stands in `certificates.words`."""

    ANNULLED = "annulled"
    DETAILS_MISSING = "details_missing"
    NOTHING_CREDITED = "nothing_credited"
    NAME_UNPRINTABLE = "name_unprintable"


@dataclass(frozen=True)
class Facts:
    """What decides: `missing_details` names what the profile still lacks, `minutes` what is credited,
    `unprintable` the letters of the name that no font of the certificate has."""

    annulled: bool
    missing_details: Sequence[str]
    minutes: int
    unprintable: str = ""


def judge(facts: Facts) -> tuple[Reason, ...]:
    """Return why there is no certificate, most final reason first; empty when it may be issued.

    Example: Farid completed a course of 265 minutes and never wrote the name for his certificate. The completion
    stands and counts; the certificate waits, and is issued the moment he saves his name.
    """
    reasons = (
        (facts.annulled, Reason.ANNULLED),
        (facts.minutes <= 0, Reason.NOTHING_CREDITED),
        (bool(facts.missing_details), Reason.DETAILS_MISSING),
        (bool(facts.unprintable), Reason.NAME_UNPRINTABLE),
    )
    return tuple(reason for holds, reason in reasons if holds)
