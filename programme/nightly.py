"""Keeps the list of what is put in order every night. Each app adds its steps when it is ready.

A step must be idempotent: it reaches from the rows what an event should have reached, so that a night that
fails, or runs twice, harms nobody. It returns one line for the report.
"""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass

from programme.models import Pulse

logger = logging.getLogger(__name__)

Step = Callable[[dt.datetime], str]


@dataclass(frozen=True)
class StepReport:
    """What became of one step."""

    name: str
    done: bool
    words: str


_steps: dict[str, tuple[int, Step]] = {}


def register(name: str, step: Step, *, order: int = 50) -> None:
    """Add a step; lower `order` runs earlier, equal ones by name. The same name again replaces the step."""
    _steps[name] = (order, step)


def names() -> list[str]:
    """Return the steps in the order in which they run."""
    return sorted(_steps, key=lambda name: (_steps[name][0], name))


def run(*, at: dt.datetime) -> list[StepReport]:
    """Run every step, each on its own: one that fails keeps none of the others from running."""
    reports = [_run_one(name, at) for name in names()]
    Pulse.objects.update_or_create(name=Pulse.NIGHTLY, defaults={"beat_at": at})
    return reports


def _run_one(name: str, at: dt.datetime) -> StepReport:
    try:
        return StepReport(name, True, _steps[name][1](at))
    except Exception as error:
        logger.exception("The nightly step %s failed", name)
        return StepReport(name, False, type(error).__name__)
