"""The state of a certificate on a given day. Pure."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum


class State(StrEnum):
    """What a certificate is worth today; the gravest state that holds."""

    VALID = "valid"
    EXPIRED = "expired"
    REPLACED = "replaced"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"


TONES = {
    State.VALID: "",
    State.EXPIRED: "off",
    State.REPLACED: "off",
    State.REVOKED: "stop",
    State.WITHDRAWN: "off",
}


def state_on(
    day: dt.date, *, valid_until: dt.date | None, revoked: bool, replaced: bool, erased: bool = False
) -> State:
    """Return the state on `day`; the last day of validity still counts.

    Erased goes before all: of somebody who asked to be forgotten nobody learns that she was once revoked.
    """
    if erased:
        return State.WITHDRAWN
    if revoked:
        return State.REVOKED
    if replaced:
        return State.REPLACED
    if valid_until is not None and day > valid_until:
        return State.EXPIRED
    return State.VALID


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or the last day of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    first = dt.date(day.year + years, month + 1, 1)
    following = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first.replace(day=1) + dt.timedelta(days=day.day - 1), following - dt.timedelta(days=1))
