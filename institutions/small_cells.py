"""Hides the figures from which somebody could be told, in a table that leaves the organisation. Pure rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

FEWEST = 10

Key = TypeVar("Key")


def hidden(figures: Mapping[Key, int], fewest: int = FEWEST) -> set[Key]:
    """Return whose figures are not shown beside their total: those under `fewest`, nought included.

    One figure alone would follow by subtraction: then the smallest that is left is hidden with it. That there
    was nobody may follow; it tells of nobody.
    """
    out = {key for key, figure in figures.items() if figure < fewest}
    rest = sorted(figures.keys() - out, key=lambda key: figures[key])
    if len(out) == 1 and rest and any(figures[key] for key in out):
        out.add(rest[0])
    return out
