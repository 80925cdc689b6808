"""Makes PINs and says which are too easy."""

import re
import secrets

PIN_LENGTH = 6
_DIGITS = re.compile(r"\d{6,10}")
_RUNS = "01234567890123456789", "98765432109876543210"


def new_pin() -> str:
    """Return a random PIN of `PIN_LENGTH` digits that is not too easy."""
    while True:
        pin = "".join(secrets.choice("0123456789") for _ in range(PIN_LENGTH))
        if not too_easy(pin):
            return pin


def is_pin(secret: str) -> bool:
    """Say whether `secret` is made of six to ten digits."""
    return bool(_DIGITS.fullmatch(secret)) and secret.isascii()


def too_easy(pin: str) -> bool:
    """Say whether a PIN is what everybody tries first: 111111, 123456, 654321, 121212, 123123."""
    if any(pin in run for run in _RUNS):
        return True
    return any(pin == (pin[:size] * len(pin))[: len(pin)] for size in (1, 2, 3))
