"""Keeps how a figure is printed: `area.figure value unit limit data-size ok`, or `SHORT` in place of `ok`."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.site import Site


@dataclass
class Report:
    """What a benchmark writes its figures to."""

    site: Site
    short: list[str] = field(default_factory=list)

    def figure(
        self,
        name: str,
        value: float,
        unit: str,
        *,
        size: str,
        at_most: float | None = None,
        at_least: float | None = None,
    ) -> None:
        """Print one figure. `name` is `area.figure`; `size` says on how much data: `300-enrolments`."""
        good = (at_most is None or value <= at_most) and (at_least is None or value >= at_least)
        if not good:
            self.short.append(name)
        words = [name, number(value), unit, limit(at_most, at_least), size, "ok" if good else "SHORT"]
        print(*(word.replace(", ", ",").replace(" ", "-") for word in words), flush=True)


def limit(at_most: float | None, at_least: float | None) -> str:
    if at_most is not None:
        return f"<={number(at_most)}"
    return "-" if at_least is None else f">={number(at_least)}"


def number(value: float) -> str:
    """Four digits that mean something, never in powers of ten."""
    if value == int(value) or abs(value) >= 1000:
        return str(round(value))
    return f"{value:.4g}"


def seconds(action: Callable[[], object], *, times: int = 5, warm_up: int = 1) -> float:
    """The median time of one call; the first calls, which load and compile, are left out."""
    for _ in range(warm_up):
        action()
    return statistics.median(once(action) for _ in range(times))


def once(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started
