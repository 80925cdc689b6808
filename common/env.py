"""Typed readers of environment variables that fail loudly, naming the variable and what it takes."""

import os
from collections.abc import Iterable

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off"}


def text(name: str, default: str | None = None) -> str:
    """Return the variable as it stands; without a default it must be set and not empty."""
    value = os.environ.get(name, "")
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} must be set to a text that is not empty.")
    return default


def flag(name: str, default: bool = False) -> bool:
    """Return the variable as yes or no."""
    raw = os.environ.get(name, "")
    word = raw.strip().lower()
    if not word:
        return default
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name} takes yes or no (1/0, true/false, on/off), not {raw!r}.")


def whole(name: str, default: int, *, low: int = 0, high: int = 2**31) -> int:
    """Return the variable as a whole number between `low` and `high`, both included."""
    raw = os.environ.get(name)
    if raw is None or raw == "":
        return default
    try:
        value = int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} takes a whole number, not {raw!r}.") from None
    if not low <= value <= high:
        raise ImproperlyConfigured(f"{name} takes a whole number from {low} to {high}, not {value}.")
    return value


def words(name: str, default: Iterable[str] = ()) -> list[str]:
    """Return the variable as a list, parted by commas; empty parts are dropped."""
    raw = os.environ.get(name)
    if raw is None:
        return list(default)
    return [part.strip() for part in raw.split(",") if part.strip()]
