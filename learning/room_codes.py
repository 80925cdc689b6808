"""The codes that a room shows and says: they turn with the clock. Pure: no database, no framework.

Each is an HMAC over the session and a window of time, by a secret. Who knows one knows that she was there a moment ago;
who was sent it afterwards knows nothing.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
from dataclasses import dataclass

DIGITS = 6
TOKEN_LENGTH = 16


@dataclass(frozen=True)
class Rhythm:
    """How often a code turns. `after`: for how many seconds the former one is still taken from whoever was slow;
    `before`: how many seconds early the next one is, from a computer whose clock goes ahead.
    """

    name: str
    seconds: int
    after: int
    before: int = 5

    def windows(self, at: dt.datetime) -> range:
        """Return the windows whose codes are taken at a moment: one, or two at an edge."""
        now = at.timestamp()
        first = int((now - self.after) // self.seconds)
        return range(first, int((now + self.before) // self.seconds) + 1)

    def now(self, at: dt.datetime) -> int:
        """Return the window whose code is shown."""
        return int(at.timestamp() // self.seconds)

    def turns_in(self, at: dt.datetime) -> int:
        """Return the seconds until the next code."""
        return self.seconds - int(at.timestamp()) % self.seconds


# A picture is read at once. What is said aloud has to be heard, signed in for, and typed.
PICTURE = Rhythm("qr", seconds=30, after=15)
SPOKEN = Rhythm("spoken", seconds=180, after=30)


def token(secret: str, key: str, window: int) -> str:
    """Return what the picture carries."""
    made = base64.b32encode(_digest(secret, PICTURE, key, window)).decode().lower()
    return made[:TOKEN_LENGTH]


def spoken(secret: str, key: str, window: int) -> str:
    """Return what is said aloud: digits, which are said alike in every ear."""
    number = int.from_bytes(_digest(secret, SPOKEN, key, window)[:8], "big")
    return f"{number % 10**DIGITS:0{DIGITS}}"


def is_token(said: str, *, secret: str, key: str, at: dt.datetime) -> bool:
    """Say whether the picture carries this just now."""
    return _any(said, [token(secret, key, window) for window in PICTURE.windows(at)])


def is_spoken(said: str, *, secret: str, key: str, at: dt.datetime) -> bool:
    """Say whether this is said in the room just now. Blanks and dashes between the digits do not matter."""
    digits = said.replace(" ", "").replace("-", "")
    return _any(digits, [spoken(secret, key, window) for window in SPOKEN.windows(at)])


def _any(said: str, codes: list[str]) -> bool:
    given = said.encode("utf-8", "replace")
    # All are compared, each in the same time: how long it took tells nothing.
    return any([hmac.compare_digest(given, code.encode()) for code in codes])  # noqa: C419


def _digest(secret: str, rhythm: Rhythm, key: str, window: int) -> bytes:
    return hmac.new(secret.encode(), f"{rhythm.name}:{key}:{window}".encode(), hashlib.sha256).digest()
