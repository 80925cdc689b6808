"""Hides the figures from which somebody could be told, in a table that leaves the organisation. Pure rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

FEWEST = 10

Key = TypeVar("Key")


def hidden(figures: Mapping[Key, int], fewest: int = FEWEST) -> set[Key]:
    """Return whose figures are not shown beside their total: those under `fewest`, nought included.

    What is hidden is a figure too: the total less all that is shown. Alone, or small together, it would tell of
    few people («14 of 22 were women» says that eight were not): then the smallest that is left is hidden with it.
    That there was nobody may follow; it tells of nobody. The total itself is shown from `fewest` on.
    """
    out = {key for key, figure in figures.items() if figure < fewest}
    rest = sorted(figures.keys() - out, key=lambda key: figures[key])
    together = sum(figures[key] for key in out)
    if together and rest and (len(out) == 1 or together < fewest):
        out.add(rest[0])
    return out
