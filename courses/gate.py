"""The door of lessons and quizzes: this room asks, and the room of learners, which it does not know, answers."""

from dataclasses import dataclass
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True)
class Answer:
    """What the doorkeeper says: either a response that leads elsewhere, or the reader's own part of the page."""

    response: HttpResponse | None = None
    study: Any = None


class Doorkeeper(Protocol):
    """What the upper room must be able to answer."""

    def may_open(self, request: HttpRequest, page: Any) -> Answer:
        """Say whether the reader may open this lesson or quiz page."""

    def standing(self, request: HttpRequest, course: Any) -> Any:
        """Return the reader's standing in a course (a `learning.queries.Standing`)."""


_doorkeeper: list[Doorkeeper] = []


def register(doorkeeper: Doorkeeper) -> None:
    """Put `doorkeeper` at the door; called once, when the upper room is ready."""
    _doorkeeper[:] = [doorkeeper]


def ask(request: HttpRequest, page: Any) -> Answer:
    """Ask whether the reader of `request` may open `page`. Without a doorkeeper nobody may."""
    if not _doorkeeper:
        raise PermissionError("No doorkeeper is registered for lessons.")
    return _doorkeeper[0].may_open(request, page)


def standing(request: HttpRequest, course: Any) -> Any:
    """Ask how the reader stands in `course`; None for a course that has no record yet."""
    if course is None or not _doorkeeper:
        return None
    return _doorkeeper[0].standing(request, course)


