"""Answers in which state an agreement is on a day, and what of its dates does not go together. Pure rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

REMINDERS = (180, 90, 30)
WINDOW = dt.timedelta(days=REMINDERS[0])


class State(StrEnum):
    """In which state an agreement is."""

    DRAFT = "draft"
    UPCOMING = "upcoming"
    IN_FORCE = "in_force"
    RENEWING = "renewing"
    RENEWED = "renewed"
    EXPIRED = "expired"
    ENDED = "ended"


BINDING = frozenset({State.IN_FORCE, State.RENEWING})


class Wrong(StrEnum):
    """What is the matter with an agreement."""

    SIGNED_WITHOUT_START = "signed_without_start"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    ENDED_UNSIGNED = "ended_unsigned"
    ENDED_BEFORE_IT_BEGAN = "ended_before_it_began"
    NO_PARTIES = "no_parties"
    NOBODY_SIGNS = "nobody_signs"
    PARTY_TWICE = "party_twice"
    ADDENDUM_TO_A_DRAFT = "addendum_to_a_draft"
    ADDENDUM_BEFORE_SIGNATURE = "addendum_before_signature"
    ADDENDUM_ENDS_TOO_EARLY = "addendum_ends_too_early"
    RENEWS_ITSELF = "renews_itself"
    RENEWS_IN_A_CIRCLE = "renews_in_a_circle"
    RENEWS_A_DRAFT = "renews_a_draft"
    RENEWS_BEFORE_IT_BEGAN = "renews_before_it_began"
    SIGNED_IN_THE_FUTURE = "signed_in_the_future"


@dataclass(frozen=True)
class Terms:
    """The dates of an agreement, addenda reckoned in, and what is known of its renewal."""

    signed_on: dt.date | None
    starts_on: dt.date | None
    end: dt.date | None = None
    ended_on: dt.date | None = None
    renewal_prepared: bool = False
    renewal_starts_on: dt.date | None = None
    """When the signed renewal begins; None without one."""


@dataclass(frozen=True)
class Added:
    """The dates of one addendum."""

    signed_on: dt.date
    new_ends_on: dt.date | None = None


def end_of(ends_on: dt.date | None, addenda: Sequence[Added]) -> dt.date | None:
    """Return the last day: that of the newest addendum that names one, else the agreement's own."""
    naming = [row for row in addenda if row.new_ends_on]
    return max(naming, key=lambda row: row.signed_on).new_ends_on if naming else ends_on


def state_of(terms: Terms, today: dt.date) -> State:
    """Return the state on a day. `institutions.querysets` says the same to the database."""
    if terms.signed_on is None or terms.starts_on is None:
        return State.DRAFT
    if terms.ended_on and terms.ended_on < today:
        return State.ENDED
    if terms.renewal_starts_on and terms.renewal_starts_on <= today:
        return State.RENEWED
    if terms.end and terms.end < today:
        return State.EXPIRED
    if terms.starts_on > today:
        return State.UPCOMING
    return State.RENEWING if _is_renewing(terms, today) else State.IN_FORCE


def _is_renewing(terms: Terms, today: dt.date) -> bool:
    if terms.renewal_starts_on or terms.ended_on:
        return False
    return terms.renewal_prepared or bool(terms.end and terms.end - today <= WINDOW)


def due_reminder(end: dt.date | None, today: dt.date) -> int | None:
    """Return which reminder is due so long before the last day: the nearest alone, None where none is."""
    left = (end - today).days if end else -1
    return min((days for days in REMINDERS if 0 <= left <= days), default=None)


def wrong_dates(
    *,
    signed_on: dt.date | None,
    starts_on: dt.date | None,
    ends_on: dt.date | None,
    ended_on: dt.date | None,
    today: dt.date,
) -> list[Wrong]:
    """Return what is wrong with the agreement's own dates."""
    found = {
        Wrong.SIGNED_IN_THE_FUTURE: signed_on and signed_on > today,
        Wrong.SIGNED_WITHOUT_START: signed_on and not starts_on,
        Wrong.ENDS_BEFORE_IT_BEGINS: starts_on and ends_on and ends_on < starts_on,
        Wrong.ENDED_UNSIGNED: ended_on and not signed_on,
        Wrong.ENDED_BEFORE_IT_BEGAN: ended_on and starts_on and ended_on < starts_on,
    }
    return [reason for reason, is_so in found.items() if is_so]


def wrong_addendum(added: Added, *, signed_on: dt.date | None, starts_on: dt.date | None) -> list[Wrong]:
    """Return what is wrong with an addendum beside the agreement that it changes."""
    if signed_on is None:
        return [Wrong.ADDENDUM_TO_A_DRAFT]
    found = {
        Wrong.ADDENDUM_BEFORE_SIGNATURE: added.signed_on < signed_on,
        Wrong.ADDENDUM_ENDS_TOO_EARLY: starts_on and added.new_ends_on and added.new_ends_on < starts_on,
    }
    return [reason for reason, is_so in found.items() if is_so]


def wrong_parties(parties: Sequence[tuple[int, bool]]) -> list[Wrong]:
    """Return what is wrong with the parties, given as (institution, does it sign?)."""
    found = {
        Wrong.NO_PARTIES: not parties,
        Wrong.PARTY_TWICE: len({institution for institution, _ in parties}) < len(parties),
        Wrong.NOBODY_SIGNS: parties and not any(signs for _, signs in parties),
    }
    return [reason for reason, is_so in found.items() if is_so]


def wrong_renewal(
    *,
    me: int | None,
    former: Sequence[int],
    former_signed: bool,
    former_starts_on: dt.date | None,
    starts_on: dt.date | None,
) -> Wrong | None:
    """Return what is wrong with renewing `former[0]`, whose own predecessors follow it."""
    if me is not None and me == former[0]:
        return Wrong.RENEWS_ITSELF
    if me is not None and me in former:
        return Wrong.RENEWS_IN_A_CIRCLE
    if not former_signed:
        return Wrong.RENEWS_A_DRAFT
    if starts_on and former_starts_on and starts_on <= former_starts_on:
        return Wrong.RENEWS_BEFORE_IT_BEGAN
    return None
