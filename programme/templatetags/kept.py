"""Prints what stands around every page as it was rendered before: once for each frame, not once a request.

A kept template is handed the frame, the language and its own arguments, nothing else: no request, no reader, no token
of a form. So nothing of one reader can come to another through it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from programme.frame import Frame

register = template.Library()

NAVIGATION = "components/navigation.html"
# A step of a course in each of its states is a piece of some 300 bytes.
MOST = 20_000


@register.simple_tag(takes_context=True)
def kept(context: template.Context, name: str, **given: Hashable) -> SafeString:
    """Print the template `name` with `given`, both alike for all who are shown the same."""
    return _piece(context.get("frame"), name, given)


@register.simple_tag(takes_context=True)
def kept_steps(context: template.Context, name: str, steps: Iterable[Hashable]) -> SafeString:
    """Print the template `name` for each of `steps` as `step`; `last` is true for the last one."""
    return printed_steps(context.get("frame"), name, steps)


def printed_steps(frame: Frame | None, name: str, steps: Iterable[Hashable]) -> SafeString:
    """Return the template `name` printed for each of `steps`, as `kept_steps` does."""
    rows, language = list(steps), get_language()
    end = len(rows) - 1
    pieces = [
        _piece(frame, name, {"step": step, "last": place == end}, language) for place, step in enumerate(rows)
    ]
    return mark_safe("".join(pieces))  # noqa: S308  templates that escape


@register.simple_tag(takes_context=True)
def navigation(context: template.Context) -> SafeString:
    """Print the main navigation, with the present page marked where it is one of its links."""
    frame, request = context.get("frame"), context.get("request")
    known = bool(request and getattr(request, "person", None))
    plain = _piece(frame, NAVIGATION, {"known": known, "here": ""})
    here = request.path if request else ""
    if f'href="{escape(here)}"' not in plain:
        return plain
    return _piece(frame, NAVIGATION, {"known": known, "here": here})


def _piece(frame: Frame | None, name: str, given: dict[str, Any], language: str | None = None) -> SafeString:
    language = language or get_language()
    if not frame:
        # The page that says that something broke is rendered without any frame.
        return _rendered(name, {**given, "LANGUAGE_CODE": language})
    key = (name, language, *given.values())
    piece = frame.pieces.get(key)
    if piece is None:
        if len(frame.pieces) >= MOST:
            frame.pieces.clear()
        piece = _rendered(name, {**given, "frame": frame, "LANGUAGE_CODE": language})
        frame.pieces[key] = piece
    return piece


def _rendered(name: str, given: dict[str, Any]) -> SafeString:
    return SafeString(get_template(name).render(given))
