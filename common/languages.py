"""Answers in which language a reader wants what trainers wrote, apart from the language of the interface."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language, get_language_info

# The parameter of an address with which a reader chooses the language of what trainers wrote.
ASKED = "contenido"
_wanted: ContextVar[str] = ContextVar("content_language", default="")


def is_known(code: str | None) -> bool:
    """Say whether `code` is a language of this site; what a forged cookie or address says is not."""
    return code in dict(settings.LANGUAGES)


def source_language() -> str:
    """Return the language in which courses are written, and to which a reader falls back."""
    return str(settings.LANGUAGE_CODE)[:2]


def interface_language() -> str:
    """Return the language of menus and buttons, two letters."""
    return (get_language() or settings.LANGUAGE_CODE)[:2]


def content_language() -> str:
    """Return the language in which the reader wants lessons, two letters: her choice, else the interface's."""
    return _wanted.get() or interface_language()


def foreign(written: str) -> str:
    """Return `written` where it differs from the interface's language and must be marked by `lang`, else nothing."""
    return "" if written == interface_language() else written


@contextmanager
def reading_in(code: str) -> Iterator[None]:
    """Let `content_language` answer `code` inside; an empty or unknown one leaves it to the interface's."""
    token = _wanted.set(code if is_known(code) else "")
    try:
        yield
    finally:
        _wanted.reset(token)


@dataclass(frozen=True)
class Choice:
    """A language in which something can be read, named in itself."""

    code: str
    name: str
    url: str
    current: bool


def choices(codes: Collection[str], *, current: str, path: str = "") -> tuple[Choice, ...]:
    """Return the languages among `codes` with the addresses that choose them; nothing where there is no choice."""
    found = tuple(
        Choice(
            code,
            get_language_info(code)["name_local"].capitalize(),
            f"{path}?{ASKED}={code}",
            code == current,
        )
        for code, _name in settings.LANGUAGES
        if code in codes
    )
    return found if len(found) > 1 else ()
