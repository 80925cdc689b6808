"""Remembers for a minute what is the same for every reader of a kind, and forgets it when a page or a version changes.

The process that made a change sees it at once; the others within a minute.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache

from common import clock
from programme.scope import Reader

SECONDS = 60
GENERATION = "courses.generation"
# Who looks: what a visitor is told of a course is not what its learner is told.
VISITOR = "visitor"
LEARNER = "learner"
Made = TypeVar("Made")


def remember(name: str, make: Callable[[], Made], *, language: str, reader: Reader, sight: str) -> Made:
    """Return what `make` made under `name`, at most a minute ago, for the same language, country, stages and sight.

    None of the three has a default: what one reader may not see would otherwise reach her by way of another's page.
    What is the same for all readers says so by `Reader()`.
    """
    key = f"courses.{cache.get(GENERATION, 0)}.{language}.{reader.name}.{sight}.{name}"
    made = cache.get(key)
    if made is None:
        made = make()
        cache.set(key, made, SECONDS)
    return made


def forget() -> None:
    """Let everything be made anew."""
    cache.set(GENERATION, clock.now().timestamp(), None)
