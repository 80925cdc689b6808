"""The door to an attempt's place in a course: this room asks, and the room of learners answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assessments.models import Attempt


@dataclass(frozen=True)
class Place:
    """Where an attempt stands: whence one came (`title`, `url`), where one goes afterwards, how to try again.

    `again_url` takes a POST that begins the next attempt; while it is empty, the result page leads back to `url`.
    On `sensitive` pages the quick exit is shown. After handing in without a pass, `attempts_left` counts those given
    besides (None: the attempt's own limit is all there is), and `retry_words` say how another one comes back. `readers`
    says who reads an open answer.
    """

    title: str = ""
    url: str = "/"
    after_url: str = "/"
    sensitive: bool = False
    again_url: str = ""
    attempts_left: int | None = None
    retry_words: str = ""
    # Who reads what she writes in her own words.
    readers: str = ""
    # What was learned since the test before the course, in words.
    learned: str = ""


_guide: list[Callable[[Attempt], Place]] = []


def register(guide: Callable[[Attempt], Place]) -> None:
    """Put `guide` at the door; called once, when the upper room is ready."""
    _guide[:] = [guide]


def place_of(attempt: Attempt) -> Place:
    """Ask where `attempt` stands; without a guide it stands alone."""
    return _guide[0](attempt) if _guide else Place()
