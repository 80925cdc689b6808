"""Typed readers of environment variables that fail loudly, naming the variable and what it takes.

What was given is said too, without what could be a secret: of an address only what stands outside of its user and
password, of a key only its length.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off"}
SHOWN = 60
DATABASES = ("postgres", "postgresql", "sqlite")
# Those of libpq that an administrator of such a site needs.
DATABASE_OPTIONS = {
    *("sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "application_name", "options"),
    *("target_session_attrs", "channel_binding", "passfile", "service"),
}
MAIL_SERVERS = ("smtp", "smtps", "smtp+tls", "smtp+ssl")
MAIL_ELSEWHERE = ("filemail", "consolemail", "memorymail", "dummymail")
# As Django's own check counts.
SECRET_LENGTH, SECRET_VARIETY = 50, 5
HOST = re.compile(r"\.?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\.?", re.IGNORECASE)
HOST_V6 = re.compile(r"\[[0-9a-f:.]+\]", re.IGNORECASE)


class Refused(ImproperlyConfigured):
    """A variable makes no sense; the words name it and say what it takes."""


@contextmanager
def said_in_one_line() -> Iterator[None]:
    """End the program with the one line that helps, in place of a page of Python that hides it."""
    try:
        yield
    except Refused as refusal:
        sys.exit(f"Senda does not start: {refusal}")


def text(name: str, default: str | None = None) -> str:
    """Return the variable as it stands; without a default it must be set and not empty."""
    value = os.environ.get(name, "")
    if re.search(r"[\x00-\x1f\x7f]", value):
        # A line break in a sender would be a header of its own.
        raise Refused(f"{name} takes one line without control characters.")
    if value:
        return value
    if default is None:
        raise Refused(f"{name} must be set to a text that is not empty.")
    return default


def secret(name: str) -> str:
    """Return a key that nobody guesses; it is never shown."""
    value = text(name)
    if len(value) < SECRET_LENGTH or len(set(value)) < SECRET_VARIETY:
        raise Refused(f"{name} takes at least {SECRET_LENGTH} random characters; it has {len(value)}.")
    return value


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
    raise _refusal(name, "yes or no (1/0, true/false, on/off)", raw)


def whole(name: str, default: int, *, low: int = 0, high: int = 2**31 - 1) -> int:
    """Return the variable as a whole number between `low` and `high`, both included."""
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    takes = f"a whole number from {low} to {high}"
    # int() alone would take « 1_0 » and the digits of every script.
    if not re.fullmatch(r"-?[0-9]{1,12}", raw) or not low <= int(raw) <= high:
        raise _refusal(name, takes, raw)
    return int(raw)


def choice(name: str, default: str, options: Iterable[str]) -> str:
    """Return one of `options`, whatever its capitals."""
    raw = os.environ.get(name, "").strip()
    known = {option.lower(): option for option in options}
    if raw and raw.lower() not in known:
        raise _refusal(name, f"one of {', '.join(known.values())}", raw)
    return known[raw.lower()] if raw else default


def words(name: str, default: Iterable[str] = ()) -> list[str]:
    """Return the variable as a list, parted by commas; empty parts are dropped."""
    raw = os.environ.get(name)
    if raw is None:
        return list(default)
    return [part.strip() for part in raw.split(",") if part.strip()]


def hosts(name: str) -> list[str]:
    """Return host names, at least one. «*» is let through: a check of its own says why it is a mistake."""
    takes = "host names parted by commas, without https:// and without a port"
    found = words(name)
    if not found:
        raise Refused(f"{name} must be set: it takes {takes}.")
    for host in found:
        if host != "*" and not HOST.fullmatch(host) and not HOST_V6.fullmatch(host):
            raise _refusal(name, takes, host)
    return found


def web_address(name: str, default: str) -> str:
    """Return the address of a site: scheme and host, no path, no slash at the end."""
    raw = text(name, default).rstrip("/")
    takes = "the address of a site, such as https://senda.example.org, without a path"
    parts = _split(name, takes, raw)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise _refusal(name, takes, raw)
    if parts.path or parts.query or parts.fragment or re.search(r"\s", raw):
        raise _refusal(name, takes, raw)
    return raw


def database(name: str, default: str) -> str:
    """Return the address of a database that Senda runs on."""
    raw = text(name, default)
    takes = "postgres://user:password@host:port/name, or sqlite:////absolute/path"
    parts = _split(name, takes, raw)
    relative = parts.scheme == "sqlite" and not parts.path.startswith("//")
    if parts.scheme not in DATABASES or relative or not parts.path.strip("/"):
        raise _refusal(name, takes, raw)
    unknown = dict(parse_qsl(parts.query, keep_blank_values=True)).keys() - DATABASE_OPTIONS
    if unknown:
        options = ", ".join(sorted(DATABASE_OPTIONS))
        raise Refused(f"{name} takes these behind the «?»: {options}; not «{shown(min(unknown))}».")
    return raw


def redis(name: str) -> str:
    """Return the address of a Redis, or nothing."""
    raw = text(name, "")
    takes = "redis://host:port/number, rediss://… or unix://path"
    if raw:
        parts = _split(name, takes, raw)
        numbered = re.fullmatch(r"(/[0-9]{0,3})?", parts.path) is not None and parts.hostname
        if not (
            (parts.scheme in {"redis", "rediss"} and numbered) or (parts.scheme == "unix" and parts.path)
        ):
            raise _refusal(name, takes, raw)
    return raw


def mail(name: str, default: str) -> str:
    """Return the address of a mail server, or of the folder in which mail is written."""
    raw = text(name, default)
    takes = "smtp://, smtps:// or smtp+tls://user:password@host:port"
    parts = _split(name, takes, raw)
    reached = parts.scheme in MAIL_SERVERS and parts.hostname
    if not reached and parts.scheme not in MAIL_ELSEWHERE:
        raise _refusal(name, takes, raw)
    return raw


def sender(name: str, default: str) -> str:
    """Return the sender of a mail: an address, with or without a name."""
    raw = text(name, default)
    if not _is_email(parseaddr(raw)[1]):
        raise _refusal(name, "an e-mail address, such as Senda <senda@example.org>", raw)
    return raw


def email(name: str) -> str:
    """Return an e-mail address, or nothing."""
    raw = text(name, "")
    if raw and not _is_email(raw):
        raise _refusal(name, "an e-mail address, such as listening@example.org", raw)
    return raw


def folder(name: str, default: Path) -> Path:
    """Return a folder, which need not be there yet; what is above it must not be a file."""
    path = Path(text(name, str(default)))
    above = next((part for part in (path, *path.parents) if part.exists()), path)
    if not path.is_absolute() or not above.is_dir() or not _can_be_made(path, above):
        raise _refusal(name, "the absolute path of a folder", str(path))
    return path


def _can_be_made(path: Path, above: Path) -> bool:
    """Say whether a folder that is not there can be made. One that is there may be read-only to a command."""
    return path == above or (os.access(above, os.W_OK) and not above.is_relative_to("/proc"))


def settings_module(default: str) -> None:
    """Set which settings are loaded, unless the variable says so; one that is not there is refused in words."""
    name = "DJANGO_SETTINGS_MODULE"
    os.environ[name] = module = os.environ.get(name) or default
    try:
        found = find_spec(module)
    except (ImportError, ValueError):
        found = None
    if found is None:
        raise _refusal(name, "lms.settings.production or lms.settings.development", module)


def _split(name: str, takes: str, raw: str) -> SplitResult:
    try:
        parts = urlsplit(raw)
        # Read for its own refusal: a port that is no number.
        if parts.port != 0:
            return parts
    except ValueError:
        pass
    raise _refusal(name, takes, raw)


def _is_email(value: str) -> bool:
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True


def _refusal(name: str, takes: str, given: str) -> Refused:
    return Refused(f"{name} takes {takes}, not «{shown(given)}».")


def shown(given: str) -> str:
    """Return what was given, on one line, without the user and password of an address and not at length."""
    # Up to the last @, since a password may hold one; and what follows a «?» may be a password too.
    safe = re.sub(r"(?<=//).*@", "…@", re.sub(r"\s+", " ", given))
    if "//" not in safe and re.search(r":[^ ]*@", safe):
        safe = safe.rsplit("@", 1)[1]
    safe = safe.split("?", 1)[0]
    return safe if len(safe) <= SHOWN else f"{safe[:SHOWN]}…"
