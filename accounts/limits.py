"""Counts attempts in the cache that every process shares, and says when the next one is welcome.

Two kinds. A *narrow* limit guards one account: exact under any number of parallel requests, because each attempt
takes one of a few slots by the cache's atomic `add`. A *wide* limit is a coarse brake for one network address: a
classroom of 25 shares one, so that it is generous, and it may miscount by a few.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field

from django.core.cache import caches
from django.http import HttpRequest


@dataclass(frozen=True)
class Limit:
    """So many attempts in so many seconds."""

    name: str
    amount: int
    seconds: int


# Five wrong secrets in a quarter of an hour for one account, whoever asks from wherever.
ACCOUNT_GUESSES = Limit("guesses", 5, 15 * 60)
# A PIN has a million values: twenty a day keep a patient guesser busy for centuries.
PIN_GUESSES = Limit("pin-guesses", 20, 24 * 60 * 60)
# A code of a telephone has a million values too, and changes every half minute.
FACTOR_GUESSES = Limit("second-factor-guesses", 5, 15 * 60)
FACTOR_GUESSES_A_DAY = Limit("second-factor-guesses-a-day", 20, 24 * 60 * 60)
# Twenty-five people in one room, each with three slips, within five minutes.
SIGN_UPS = Limit("sign-ups", 150, 5 * 60)
SIGN_INS = Limit("sign-ins", 200, 5 * 60)
# Accounts that are there already, met by signing up: whoever tries addresses to learn whose exist is held up.
KNOWN_ALREADY = Limit("sign-ups-known", 10, 60 * 60)
RESET_MAILS = Limit("reset-mails", 60, 5 * 60)


class TooMany(Exception):
    """No further attempt now; `retry_at` (seconds of the epoch) says when."""

    def __init__(self, retry_at: float) -> None:
        super().__init__("too many attempts")
        self.retry_at = retry_at

    @property
    def minutes(self) -> int:
        """Return the whole minutes still to wait, at least one."""
        return max(1, -int(-(self.retry_at - time.time()) // 60))


@dataclass
class Spent:
    """The slots that attempts took; given back when the secret was right."""

    slots: list[str] = field(default_factory=list)

    def refund(self) -> None:
        """Give the slots back: who knows her PIN is not counted as a guesser."""
        if self.slots:
            caches["shared"].delete_many(self.slots)


def spend(limit: Limit, key: str) -> Spent:
    """Take one slot of a narrow limit or raise TooMany."""
    cache, expiry = caches["shared"], time.time() + limit.seconds
    slots = _slots(limit, key)
    for slot in slots:
        if cache.add(slot, expiry, limit.seconds):
            return Spent([slot])
    taken = cache.get_many(slots).values()
    raise TooMany(min(taken, default=time.time() + 60))


def forget(limit: Limit, key: str) -> None:
    """Free all slots: a facilitator has just handed out a new PIN."""
    caches["shared"].delete_many(_slots(limit, key))


def count(limit: Limit, address: str) -> None:
    """Count one attempt from a network address against a wide limit or raise TooMany."""
    cache, window = caches["shared"], int(time.time() // limit.seconds)
    slot = _name(limit, f"{address}:{window}")
    seen = cache.get(slot, 0)
    if seen >= limit.amount:
        raise TooMany((window + 1) * limit.seconds)
    cache.set(slot, seen + 1, limit.seconds)


def refuse_spent(limit: Limit, address: str) -> None:
    """Raise TooMany where a wide limit is used up, and count nothing: some are counted only where they fail."""
    cache, window = caches["shared"], int(time.time() // limit.seconds)
    if cache.get(_name(limit, f"{address}:{window}"), 0) >= limit.amount:
        raise TooMany((window + 1) * limit.seconds)


def address_of(request: HttpRequest) -> str:
    """Return the reader's network address as allauth reads it (`ALLAUTH_TRUSTED_PROXY_COUNT`)."""
    from allauth.core.internal.ratelimit import get_ip

    return get_ip(request)


def once(name: str, key: str, seconds: int = 24 * 60 * 60) -> bool:
    """Say whether this is the first time that `key` is shown: a form sent twice is acted on once."""
    return bool(caches["shared"].add(_name(Limit(f"once-{name}", 1, seconds), key), 1, seconds))


def _slots(limit: Limit, key: str) -> list[str]:
    return [f"{_name(limit, key)}:{number}" for number in range(limit.amount)]


def _name(limit: Limit, key: str) -> str:
    # Hashed: identifiers are personal data and the cache table is in the backups.
    return f"limit:{limit.name}:{hashlib.sha256(key.encode()).hexdigest()[:32]}"
