"""Compares how other programs part a point with how it is parted here."""

from __future__ import annotations

from collections.abc import Sequence

CLOSE = 0.5


def is_our_rule(fractions: Sequence[float]) -> bool:
    """Say whether percentages of several answers are ours: each right one gives a share, each wrong one takes it."""
    right = [fraction for fraction in fractions if fraction > 0]
    if not right:
        return False
    share = 100 / len(right)
    wrong = [fraction for fraction in fractions if fraction <= 0]
    return all(abs(each - share) < CLOSE for each in right) and all(
        abs(each + share) < CLOSE for each in wrong
    )


def percent(value: float) -> str:
    """Return a percentage as Moodle writes it: «33.33333», «-50», «100».

    >>> percent(100 / 3)
    '33.33333'
    """
    return f"{value:.5f}".rstrip("0").rstrip(".")
