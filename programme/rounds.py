"""Keeps the list of what the timer does every five minutes. Each app adds its steps when it is ready.

As of a night, a step must be idempotent and reach from the rows what is due: a round that fails, or comes late,
harms nobody. What takes long a step leaves to tasks.
"""

import datetime as dt
import logging
from collections.abc import Callable

logger = logging.getLogger(__name__)

Step = Callable[[dt.datetime], str]

_steps: dict[str, Step] = {}


def register(name: str, step: Step) -> None:
    """Add a step; the same name again replaces it."""
    _steps[name] = step


def names() -> list[str]:
    """Return the steps in the order in which they run."""
    return sorted(_steps)


def run(*, at: dt.datetime) -> None:
    """Run every step, each on its own: one that fails keeps none of the others from running."""
    for name in names():
        try:
            _steps[name](at)
        except Exception:
            logger.exception("The step %s of the timer's round failed", name)
