"""Writes log lines that hold no personal data: one JSON object a line, or the same as text.

A line is built from what the code wrote, never from what a person typed: words put into a message by libraries are
left out, an exception is told by its kind and the places it went through, without its words (a database's error holds
the row) and without the values of variables. See docs/rules/logs.md.
"""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from typing import Any

STYLES = ("json", "text")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
# These put nothing of a person into their messages, and say little without their words.
TRUSTED = (
    "django_tasks",
    "gunicorn.error",
    "programme",
    "certificates",
    "courses",
    "common",
    "accounts",
    "messaging",
)
ROOT = Path(__file__).resolve().parent.parent
HIDDEN = "…"
FRAMES, INNERMOST = 12, 4

request_id: ContextVar[str] = ContextVar("request_id", default="")

_MAIL = re.compile(r"[^\s\"'<>(«]+@[^\s\"'>)»]+")
_DIGITS = re.compile(r"(?<![\w-])\+?\d[\d ().-]{4,}\d(?![\w-])")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|«[^»]*»")
_WARNING = re.compile(r"(?P<file>[^\n]+?):(?P<line>\d+): (?P<kind>\w+):")
_PATH = re.compile(r"(?<![\w.])/[^\s,;)]*")


class JsonLines(logging.Formatter):
    """One JSON object a line, for programs that read logs."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return json.dumps(line_of(record), ensure_ascii=False, default=str)


class TextLines(logging.Formatter):
    """The same as `name=value`, for people who read logs."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = line_of(record)
        head = f"{line.pop('time')} {line.pop('level')} {line.pop('logger')} {line.pop('event')}"
        return " ".join([head, *(f"{name}={value}" for name, value in line.items())])


def line_of(record: logging.LogRecord) -> dict[str, Any]:
    """Return what may be written of a record."""
    line: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "event": words_of(record),
    }
    if request_id.get():
        line["request"] = request_id.get()
    line.update(getattr(record, "fields", {}))
    if record.exc_info and record.exc_info[1] is not None:
        line["error"] = kinds_of(record.exc_info[1])
        line["at"] = places_of(record.exc_info[1])
    return line


def words_of(record: logging.LogRecord) -> str:
    """Return the message: whole where the code is ours, with figures alone where it is a library's."""
    if record.name.startswith("django.security"):
        # Its message is what was sent.
        return "refused a request that was not in order"
    if record.name == "django.request":
        return f"answered {getattr(record, 'status_code', 'with an error')}"
    if record.name == "py.warnings":
        return _warned(record.getMessage())
    if record.name.startswith(TRUSTED):
        return scrubbed(_filled(record, record.args))
    words = (
        _filled(record, _figures(record.args)) if record.args else _QUOTED.sub(HIDDEN, record.getMessage())
    )
    return _PATH.sub(HIDDEN, scrubbed(words))


def _warned(said: str) -> str:
    """Return kind and place of a warning of Python's, whose words may show a value."""
    found = _WARNING.match(said)
    return f"{found['kind']} in {_short(found['file'])}:{found['line']}" if found else "warning"


def scrubbed(words: str) -> str:
    """Return the words without what looks like an e-mail or a telephone: the net below the rope."""
    return _DIGITS.sub(HIDDEN, _MAIL.sub(HIDDEN, words))


def kinds_of(error: BaseException) -> str:
    """Return the kinds of an exception and of what led to it, the first cause last."""
    kinds: list[str] = []
    seen: BaseException | None = error
    for _step in range(FRAMES):
        if seen is None:
            break
        # Caches that fail one after the other lengthen the chain without saying more.
        if type(seen).__name__ not in kinds:
            kinds.append(type(seen).__name__)
        seen = seen.__cause__ or seen.__context__
    return " < ".join(kinds)


def places_of(error: BaseException) -> list[str]:
    """Return our own places that an exception went through and the innermost ones: file, line, function, no value."""
    frames = extract_tb(error.__traceback__) if error.__traceback__ else []
    places = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    own = [place for frame, place in zip(frames, places, strict=True) if _is_ours(frame.filename)]
    inner = [place for place in places[-INNERMOST:] if place not in own]
    return [*own[-FRAMES:], *inner]


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(ROOT)) if _is_ours(filename) else "/".join(path.parts[-3:])


def _is_ours(filename: str) -> bool:
    return Path(filename).is_relative_to(ROOT) and "site-packages" not in Path(filename).parts


def _filled(record: logging.LogRecord, args: Any) -> str:
    try:
        return str(record.msg) % args if args else str(record.msg)
    except (TypeError, ValueError, KeyError):
        # Words that stood for a figure were taken out.
        return str(record.msg)


def _figures(args: Any) -> Any:
    if isinstance(args, dict):
        return {name: _figure(value) for name, value in args.items()}
    return tuple(_figure(value) for value in args)


def _figure(value: Any) -> Any:
    return value if isinstance(value, (bool, int, float)) or value is None else HIDDEN


def configuration(*, style: str, level: str) -> dict[str, Any]:
    """Return the settings of logging for a site on the internet."""
    formatter = "common.logs.JsonLines" if style == "json" else "common.logs.TextLines"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": formatter}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Django's own handlers write whole messages, and mail them.
            "django": {"handlers": [], "level": level, "propagate": True},
            # Each request has a line of ours; of Django's only what broke is new.
            "django.request": {"level": "ERROR"},
            # Statements with what was typed in them, at DEBUG.
            "django.db.backends": {"level": "WARNING"},
        },
    }
