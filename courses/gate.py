"""The doors at which this room asks the room of learners, which it does not know: who may open a lesson, and whom
would a new version touch. And what it tells there itself: where a lesson asks for a private note, whose a course is.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from programme.scope import Reader

if TYPE_CHECKING:
    from courses.manifest import Manifest
    from courses.models import Course


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


@dataclass(frozen=True)
class CohortTouched:
    """A cohort with dates that a new version would touch, with the number of its people in progress."""

    name: str
    people: int
    starts_on: dt.date | None
    ends_on: dt.date | None


@dataclass(frozen=True)
class Impact:
    """How many people a new version of a course would touch, and how. Each is counted once in each figure.

    `in_progress` are all. `following` of them are in no cohort with dates and follow it at once; of these `more_to_do`
    would be asked something that they are not asked today, and for `nothing_left` nothing would be left to do.
    `in_dated_cohorts` keep their version until a facilitator accepts the new one, `cohorts` says in which. `completed`
    keep what they have. `outside` work where the course is not offered to new people; they keep their path.
    """

    completed: int = 0
    in_progress: int = 0
    following: int = 0
    more_to_do: int = 0
    nothing_left: int = 0
    in_dated_cohorts: int = 0
    outside: int = 0
    cohorts: tuple[CohortTouched, ...] = ()


Gauge = Callable[["Course", "Manifest"], Impact]
Count = Callable[["Course", frozenset[str]], int]
_gauge: list[Gauge] = []
_outside: list[Count] = []


def register_impact(gauge: Gauge, *, outside: Count) -> None:
    """Let the upper room tell whom a proposed version would touch, and how many learn outside given countries."""
    _gauge[:] = [gauge]
    _outside[:] = [outside]


def learners_outside(course: "Course", countries: frozenset[str]) -> int:
    """Ask how many are in progress who work in none of `countries`; of an unlimited course nobody."""
    return _outside[0](course, countries) if _outside and countries else 0


def impact(course: "Course", manifest: "Manifest") -> Impact:
    """Ask whom it would touch if `manifest` were released."""
    return _gauge[0](course, manifest) if _gauge else Impact()


Counter = Callable[[Iterable[int]], Mapping[int, int]]
_counter: list[Counter] = []


def register_counter(counter: Counter) -> None:
    """Let the upper room tell how many people are in the middle of each course."""
    _counter[:] = [counter]


def in_progress(course_ids: Iterable[int]) -> Mapping[int, int]:
    """Ask how many people are in the middle of each of these courses; a course without any may be left out."""
    return _counter[0](course_ids) if _counter else {}


@dataclass(frozen=True)
class OwnCourse:
    """A course that a trainer may look into, in words."""

    course: "Course"
    title: str
    code: str


def own_course(user: Any, course_id: int) -> OwnCourse:
    """Return a course of the trainer `user`. Raises Http404 for other people's courses."""
    from common.text import without_unverified
    from courses.staff.permissions import page_or_404

    page = page_or_404(user, course_id)
    return OwnCourse(page.record, without_unverified(page.title), page.record.code or "")


def notebook_questions(activity: UUID, reader: Reader) -> frozenset[str]:
    """Return the ids of the reflections that the live lesson `activity` shows `reader`, in all its languages."""
    from courses.blocks.scoping import is_for
    from courses.models import LessonPage

    pages = LessonPage.objects.live().filter(translation_key=activity).only("body")
    return frozenset(
        str(block["id"])
        for page in pages
        for block in page.body.raw_data
        if block["type"] == "reflection" and block.get("id") and is_for(block["value"], reader)
    )
