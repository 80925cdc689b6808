"""How well the questions of a quiz measure: difficulty, discrimination and Cronbach's alpha. Pure.

Formulas, with population variances, x the points of a question and T those of the whole quiz:

    difficulty      p = Σx / n: the share of the points, 1 where everybody knew it
    discrimination  r = cov(x, T − x) / (s_x · s_(T−x)): the correlation with the rest of the quiz, so that a question
                    does not agree with itself (Henrysson 1963, Psychometrika 28, 211–218)
    alpha           k/(k − 1) · (1 − Σ s_x² / s_T²) over k questions (Cronbach 1951, Psychometrika 16, 297–334)

They are told with n; below `FEW` they say little, below `FEWEST` nothing is told.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

FEWEST, FEW = 10, 30
EASY, HARD = 0.95, 0.3
WEAK, NEGATIVE = 0.2, 0.0
# Of two questions alpha says nothing; below this a quiz asks of several things, or by chance.
LOW_ALPHA = 0.7
ROUNDING = 1e-9


@dataclass(frozen=True)
class Sums:
    """What is summed over the attempts that asked a question: x its points, t those of the whole quiz."""

    n: int
    x: float = 0.0
    xx: float = 0.0
    xt: float = 0.0
    t: float = 0.0
    tt: float = 0.0

    @property
    def difficulty(self) -> float:
        """Return the share of the points, 0 to 1."""
        return self.x / self.n

    @property
    def variance(self) -> float:
        """Return the variance of the question's points."""
        return _clean(self.xx / self.n - (self.x / self.n) ** 2)

    @property
    def total_variance(self) -> float:
        """Return the variance of the whole quiz's points."""
        return _clean(self.tt / self.n - (self.t / self.n) ** 2)

    @property
    def discrimination(self) -> float | None:
        """Return the correlation with the rest of the quiz; None where either is the same for everybody."""
        covariance = self.xt / self.n - (self.x / self.n) * (self.t / self.n)
        rest = _clean(self.total_variance + self.variance - 2 * covariance)
        if not self.variance or not rest:
            return None
        return max(-1.0, min(1.0, (covariance - self.variance) / math.sqrt(self.variance * rest)))


def _clean(variance: float) -> float:
    """Take for nothing what rounding left of it."""
    return variance if variance > ROUNDING else 0.0


def alpha(questions: Collection[Sums]) -> float | None:
    """Return Cronbach's alpha of questions that were all asked in the same attempts; None where it says nothing."""
    k = len(questions)
    total = next(iter(questions)).total_variance if questions else 0.0
    if k < 2 or not total:
        return None
    return k / (k - 1) * (1 - sum(one.variance for one in questions) / total)


class Hint(StrEnum):
    """What a trainer may look at. The wording stands in `assessments.wording_of_items`."""

    EASY = "easy"
    HARD = "hard"
    NEGATIVE = "negative"
    WEAK = "weak"
    SAME = "same"
    UNCHOSEN = "unchosen"
    RIVAL = "rival"


def hints(sums: Sums, *, right: int = 0, wrong: Collection[int] = ()) -> tuple[Hint, ...]:
    """Return what deserves a look; `right` chose the right choice, `wrong` each of the others, where one is chosen."""
    found = []
    if sums.difficulty > EASY:
        found.append(Hint.EASY)
    elif sums.difficulty < HARD:
        found.append(Hint.HARD)
    agreement = sums.discrimination
    if agreement is None:
        found += [] if Hint.EASY in found else [Hint.SAME]
    elif agreement < NEGATIVE:
        found.append(Hint.NEGATIVE)
    elif agreement < WEAK:
        found.append(Hint.WEAK)
    if wrong and max(wrong) > right:
        found.append(Hint.RIVAL)
    if any(count == 0 for count in wrong) and Hint.EASY not in found:
        found.append(Hint.UNCHOSEN)
    return tuple(found)
