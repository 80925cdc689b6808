"""Areas of a picture, in hundredths of its width and height: for pointing at, or choosing from the list below. Pure.

«10 20 30 25» is a rectangle: from the left, from the top, width, height. «50 40 12» is a circle: its middle and its
radius, this one in hundredths of the width.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

NUMBERS = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?(?:[ ;]+\d{1,3}(?:[.,]\d{1,2})?){2,3}")
# The width of a drawing on which areas are laid; its height follows that of the picture.
CANVAS = 1000
CORNER = 12
# A finger needs 24 pixels of the 330 that a picture has on a small telephone.
SMALLEST = 7
LETTERS = "ABCDEFGH"


@dataclass(frozen=True)
class Area:
    """A rectangle by left, top, width and height; or, where `radius` is given, a circle about `left`, `top`."""

    left: float
    top: float
    width: float = 0
    height: float = 0
    radius: float = 0

    def box(self, ratio: float = 1) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom in hundredths. `ratio` is the picture's height by its width."""
        if not self.radius:
            return self.left, self.top, self.left + self.width, self.top + self.height
        high = self.radius / ratio
        return self.left - self.radius, self.top - high, self.left + self.radius, self.top + high

    def middle(self) -> tuple[float, float]:
        """Return where its letter stands."""
        return (
            (self.left, self.top) if self.radius else (self.left + self.width / 2, self.top + self.height / 2)
        )


def area_of(said: str) -> Area | None:
    """Return the area that somebody wrote; None for what is none.

    >>> area_of("50 40 12,5")
    Area(left=50.0, top=40.0, width=0, height=0, radius=12.5)
    """
    text = " ".join(said.split())
    if not NUMBERS.fullmatch(text):
        return None
    numbers = [float(Decimal(number.replace(",", "."))) for number in re.split(r"[ ;]+", text)]
    if len(numbers) == 3:
        return Area(numbers[0], numbers[1], radius=numbers[2])
    return Area(*numbers)


def is_inside(area: Area, ratio: float = 1) -> bool:
    """Say whether an area lies within the picture."""
    left, top, right, bottom = area.box(ratio)
    return min(left, top) >= 0 and max(right, bottom) <= 100


def is_large_enough(area: Area, ratio: float = 1) -> bool:
    """Say whether a finger meets it on a small telephone."""
    left, top, right, bottom = area.box(ratio)
    return right - left >= SMALLEST and (bottom - top) * ratio >= SMALLEST


def are_apart(areas: Iterable[Area], ratio: float = 1) -> bool:
    """Say whether the middle of none lies within another: who points there would mean two."""
    return not any(
        _holds(one, other, ratio) or _holds(other, one, ratio) for one, other in combinations(areas, 2)
    )


def _holds(area: Area, other: Area, ratio: float) -> bool:
    left, top, right, bottom = area.box(ratio)
    across, down = other.middle()
    return left <= across <= right and top <= down <= bottom


@dataclass(frozen=True)
class Shape:
    """An area as it is drawn: on a canvas of `CANVAS` by the picture's ratio, with its letter; `n` counts from 1."""

    n: int
    letter: str
    corner: int
    left: int
    top: int
    width: int
    height: int
    across: int
    down: int


def shapes(areas: Sequence[str], ratio: float) -> tuple[Shape, ...]:
    """Return areas as they are drawn over their picture, lettered in this order; what is none is left out."""
    found = ((n, area_of(said)) for n, said in enumerate(areas, 1))
    return tuple(_shape(n, area, ratio) for n, area in found if area is not None)


def _shape(n: int, area: Area, ratio: float) -> Shape:
    left, top, right, bottom = area.box(ratio)
    across, down = area.middle()
    wide, high = CANVAS / 100, CANVAS * ratio / 100
    return Shape(
        n=n,
        letter=LETTERS[(n - 1) % len(LETTERS)],
        corner=round(area.radius * wide) if area.radius else CORNER,
        left=round(left * wide),
        top=round(top * high),
        width=round((right - left) * wide),
        height=round((bottom - top) * high),
        across=round(across * wide),
        down=round(down * high),
    )
