"""Remembers for a minute what is the same for every reader, and forgets it when a page or a version changes.

The process that made a change sees it at once; the others within a minute.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache

from common import clock

SECONDS = 60
GENERATION = "courses.generation"
Made = TypeVar("Made")


def remember(name: str, make: Callable[[], Made]) -> Made:
    """Return what `make` made under `name`, at most a minute ago."""
    key = f"courses.{cache.get(GENERATION, 0)}.{name}"
    made = cache.get(key)
    if made is None:
        made = make()
        cache.set(key, made, SECONDS)
    return made


def forget() -> None:
    """Let everything be made anew."""
    cache.set(GENERATION, clock.now().timestamp(), None)
