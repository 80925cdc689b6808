"""The learner's own part of a lesson or quiz page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.middleware import person_of
from assessments.accommodating import extra_time
from assessments.marking import RefusalReason
from assessments.terms import Terms, terms_of
from assessments.wording import say_refusal
from common.clock import now
from common.languages import foreign
from common.prepared import NUMBERS, Prepared
from courses import versions
from learning.access import Refusal
from learning.attempts import attempts_at, standing_of
from learning.forms_of_a_pair import quiz_for
from learning.learned import pair_of
from learning.models import CompletionWay, Enrolment, EnrolmentState
from learning.queries.path import DONE, Stop, progress_of, way_of
from learning.retrying import Again
from learning.room_quizzes import is_closed
from learning.words import REFUSALS, say_used_up
from learning.words_of_learning import say_learned

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import Person
    from learning.querysets import EnrolmentQuerySet


@dataclass(frozen=True)
class Position:
    """The `n`th, counted from 1, `of` so many activities."""

    n: int
    of: int


@dataclass(frozen=True)
class PastAttempt:
    """A try that was handed in, with the address of its result."""

    number: int
    submitted_at: dt.datetime
    url: str


@dataclass(frozen=True)
class Neighbour:
    """The activity before or after this one."""

    title: str
    url: str
    lang: str


@dataclass(frozen=True)
class Shown:
    """What all learners are shown alike of whom it says the same: nothing in it is one person's.

    A page is kept under it (`programme.wholes`), so that whatever is added here parts those who are shown different
    things, and what is not here cannot be printed in what they share.
    """

    consulting: ClassVar[bool] = False

    course_title: str
    course_url: str
    course_lang: str
    position: Position
    done: bool
    skipped: bool
    shut: bool
    previous: Neighbour | None
    next: Neighbour | None
    complete_url: str
    skip_url: str
    minutes: int
    sensitive: bool


@dataclass(frozen=True)
class Study:
    """What a lesson or quiz page shows of the learner's way through the course.

    `reflections` maps a block's id to what she wrote there; `left` says how many required activities are not done.
    """

    consulting: ClassVar[bool] = False

    enrolment: Enrolment
    activity: versions.Activity
    course_title: str
    course_url: str
    course_lang: str
    position: Position
    trail: tuple[Stop, ...]
    here: Stop
    done: bool
    skipped: bool
    way: str
    previous: Stop | None
    next: Stop | None
    complete_url: str
    skip_url: str
    reflect_url: str
    quiz_url: str
    minutes: int
    sensitive: bool
    country: str
    routes: frozenset[str]
    reflections: Mapping[str, str]
    left: str
    completed: bool
    attempts: tuple[PastAttempt, ...] = ()
    attempts_left: int = 0
    retry_words: str = ""
    attempt_open: bool = False
    terms: Terms = field(default_factory=Terms)
    quiz_closed: str = ""
    extra_percent: int = 0
    # It is taken before the course, and tells nothing; and of the test after it, what was learned since.
    before: bool = False
    learned: str = ""

    @property
    def shut(self) -> bool:
        """Say whether she left the lesson aside: it stays there, closed, and does not jump at her."""
        return self.skipped and self.way != CompletionWay.DONE

    @property
    def shown(self) -> Shown:
        """Return what she shares with all who are shown the same of this lesson."""
        return Shown(
            course_title=self.course_title,
            course_url=self.course_url,
            course_lang=self.course_lang,
            position=self.position,
            done=self.done,
            skipped=self.skipped,
            shut=self.shut,
            previous=_named(self.previous),
            next=_named(self.next),
            complete_url=self.complete_url,
            skip_url=self.skip_url,
            minutes=self.minutes,
            sensitive=self.sensitive,
        )


def _named(stop: Stop | None) -> Neighbour | None:
    return Neighbour(stop.title, stop.url, stop.lang) if stop else None


def _standing(canonical_id: int) -> EnrolmentQuerySet:
    rows = Enrolment.objects.filter(person__canonical_id=canonical_id).standing()
    return rows.select_related("version", "course").defer("version__manifest").order_by("-enrolled_at", "-pk")


STANDING = Prepared(_standing, NUMBERS[0])


def find_enrolment(person: Person, activity: UUID) -> Enrolment | None:
    """Return the enrolment within which `person` meets `activity`: the one begun last that was not left.

    One query whatever the number of enrolments, and another where this process meets new versions: frozen
    manifests are parsed once a process.
    """
    rows = STANDING.objects(person.canonical_id or person.pk)
    versions.parse_manifests(row.version for row in rows)
    return next((row for row in rows if versions.manifest_of(row.version).find(activity)), None)


def study(request: HttpRequest, enrolment: Enrolment, activity: UUID) -> Study:
    """Return the learner's part of the page of `activity`. One query."""
    progress = progress_of(enrolment, notes_of=activity, reader=person_of(request))
    way = way_of(enrolment, request)
    place = way.places.get(activity)
    if place is None:
        # Published a moment ago for people of other countries only.
        raise Http404
    trail = way.seen(progress, activity)
    asked = way.asked[place]
    forms, done = way.forms_of(asked), activity in progress.done
    return Study(
        enrolment=enrolment,
        activity=asked,
        course_title=way.course.title,
        course_url=way.course.url,
        course_lang=foreign(way.course.language),
        position=Position(place + 1, len(trail)),
        trail=trail,
        here=trail[place],
        done=done,
        skipped=activity in progress.skipped,
        way=progress.done.get(activity, ""),
        previous=_neighbour(trail, place, -1),
        next=_neighbour(trail, place, +1),
        complete_url=forms.complete,
        skip_url=forms.skip,
        reflect_url=forms.reflect,
        quiz_url=forms.quiz,
        minutes=trail[place].minutes,
        sensitive=enrolment.course.sensitive,
        country=enrolment.at_country_id,
        routes=enrolment.reader.routes,
        reflections=progress.notes,
        left=_left_words(trail),
        completed=enrolment.state == EnrolmentState.COMPLETED,
        **_attempts(enrolment, asked, passed=done),
    )


def _attempts(enrolment: Enrolment, asked: versions.Activity, *, passed: bool) -> dict[str, Any]:
    """Return the tries at a quiz within this enrolment: one query, four once they are used up, none for a lesson."""
    if asked.quiz is None:
        return {}
    rows = attempts_at(enrolment, asked)
    again = Again(0) if passed else standing_of(enrolment, asked, rows)
    handed_in = [(row, row.submitted_at) for row in rows if row.submitted_at]
    return {
        "attempts": tuple(
            PastAttempt(row.number, at, reverse("assessments:result", kwargs={"key": row.key}))
            for row, at in handed_in
        ),
        "attempts_left": again.left,
        "retry_words": say_used_up(again),
        "attempt_open": len(handed_in) < len(rows),
        "before": asked.is_before,
        "learned": say_learned(pair_of(enrolment)) if asked.is_after and handed_in else "",
        **_how_taken(
            enrolment,
            asked.key,
            quiz_for(enrolment, asked) or asked.quiz,
            still_read=any(row.to_read for row in rows),
        ),
    }


def _how_taken(enrolment: Enrolment, activity: UUID, quiz_key: UUID, *, still_read: bool) -> dict[str, Any]:
    """Return between which days and how long the quiz is taken, and why it is not now: two queries, or three."""
    terms = terms_of(quiz_key)
    terms = terms.untimed() if enrolment.course.sensitive else terms
    refusal = RefusalReason.STILL_READ if still_read else terms.refusal(now())
    words = say_refusal(refusal) if refusal else ""
    if is_closed(enrolment, activity):
        words = str(REFUSALS[Refusal.QUIZ_CLOSED])
    return {
        "terms": terms,
        "quiz_closed": words,
        "extra_percent": extra_time(enrolment.person) if terms.minutes else 0,
    }


def _left_words(trail: tuple[Stop, ...]) -> str:
    left = sum(1 for stop in trail if stop.required and stop.state != DONE)
    if not left:
        return _("Nothing required is left.")
    return ngettext("%(n)s required activity is left.", "%(n)s required activities are left.", left) % {
        "n": left
    }


def _neighbour(trail: tuple[Stop, ...], place: int, step: int) -> Stop | None:
    """Return the nearest stop in that direction whose page is there to be opened."""
    index = place + step
    while 0 <= index < len(trail):
        if trail[index].url and not trail[index].withdrawn:
            return trail[index]
        index += step
    return None
