"""Remembers what is the same for every reader of a kind, until a page, a version or what they show changes.

How long, and how other processes hear of a change, stands in `programme.remembered`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from programme import remembered
from programme.scope import Reader

# Who looks: what a visitor is told of a course is not what its learner is told.
VISITOR = "visitor"
LEARNER = "learner"
Made = TypeVar("Made")


def remember(name: str, make: Callable[[], Made], *, language: str, reader: Reader, sight: str) -> Made:
    """Return what `make` made under `name` for the same language, country, stages and sight.

    None of the three has a default: what one reader may not see would otherwise reach her by way of another's page.
    What is the same for all readers says so by `Reader()`.
    """
    return remembered.remember(f"courses.{language}.{reader.name}.{sight}.{name}", make)
