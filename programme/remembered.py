"""Remembers what is the same for every reader until somebody changes it, and forgets it then.

What is remembered belongs to a generation, which every process reads from the shared cache: the process that made a
change begins a new one at once, the others hear of it within a minute (with Redis, within a second). After ten
minutes all is made anew in any case, for what changes without a word. Nothing is copied: what is remembered is handed
out as it is, so that it must be something that nobody changes.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from django.conf import settings
from django.core.cache import caches
from django.db import transaction

GENERATION = "senda.generation"
# Some 25 kB each where it is a lesson: 25 MB at most in a process.
MOST = 1_000
LIFE_SECONDS = 600
Made = TypeVar("Made")


class _Memory:
    """What this process remembers, and of which generation."""

    def __init__(self) -> None:
        self.generation = ""
        self.heard_at = self.begun_at = 0.0
        self.held: dict[Hashable, Any] = {}

    def look(self) -> dict[Hashable, Any]:
        """Return what is remembered of the present generation."""
        now = time.monotonic()
        if now - self.begun_at > LIFE_SECONDS:
            self.held, self.begun_at = {}, now
        if now - self.heard_at > settings.SENDA_REMEMBERED_SECONDS or not self.generation:
            self.turn_to(caches["hints"].get(GENERATION) or _begin())
        return self.held

    def turn_to(self, generation: str) -> None:
        """Go on in `generation`; what belongs to another one is dropped."""
        if generation != self.generation:
            # A new dictionary: whoever is still making something puts it into the old one, which goes.
            self.held = {}
        self.generation, self.heard_at = generation, time.monotonic()


_memory = _Memory()


def remember(name: Hashable, make: Callable[[], Made]) -> Made:
    """Return what `make` made under `name` in this generation."""
    held = _memory.look()
    if name not in held:
        made = make()
        if len(held) >= MOST:
            held.clear()
        held[name] = made
        return made
    return cast("Made", held[name])


def recall(name: Hashable) -> Any:
    """Return what is remembered under `name` in this generation, or None."""
    return _memory.look().get(name)


def forget() -> None:
    """Let everything be made anew, here at once and soon in every process."""
    _memory.turn_to(_begin())


def forget_after_commit(**_signal: Any) -> None:
    """Forget once a change is there for everybody. Fit to receive a signal."""
    transaction.on_commit(forget)


def _begin() -> str:
    generation = secrets.token_hex(8)
    caches["hints"].set(GENERATION, generation, None)
    return generation
