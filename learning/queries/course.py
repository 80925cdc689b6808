"""How a reader stands in a course: what the course page offers her."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.queries import MISSING_WORDS, details_of, missing_for_completion
from courses import versions
from learning.beside import Link, session_links
from learning.completion import Left
from learning.models import Enrolment, EnrolmentState
from learning.proofs import Proof, proofs_for
from learning.queries.her_room import HerSession, her_sessions
from learning.queries.path import CURRENT, DONE, Stop, progress_of, way_of
from learning.services import outcome_of
from learning.words import SHUT, say_left

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import Person
    from courses.models import Course
    from programme.models import Country
    from programme.scope import Reader


@dataclass(frozen=True)
class LeftItem:
    """One thing that is left, in words, with the page where it is done."""

    text: str
    title: str = ""
    url: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Standing:
    """The reader's standing in a course. Without an enrolment, only whether she is signed in and the country of her
    profile, to be confirmed. `outside`: the course is not offered any more where she works; she keeps her path.
    `not_offered`: she works where nobody can enrol. `beside`: optional activities done, beside the `done` of `of`.
    """

    signed_in: bool
    enrolment: Enrolment | None = None
    trail: tuple[Stop, ...] = ()
    left: tuple[LeftItem, ...] = ()
    continue_at: Stop | None = None
    proof: Proof | None = None
    waiting_for: tuple[str, ...] = ()
    done: int = 0
    beside: int = 0
    of: int = 0
    country: Country | None = None
    sessions: tuple[HerSession, ...] = ()
    # What rooms above offer with them: calendar files.
    session_links: tuple[Link, ...] = ()
    outside: bool = False
    not_offered: bool = False

    @property
    def states(self) -> dict[UUID, str]:
        """Return the state of each activity by key."""
        return {stop.key: stop.state for stop in self.trail}

    @property
    def reader(self) -> Reader | None:
        """Return for whom the course is shown; None where she is not enrolled, whatever her profile says."""
        return self.enrolment.reader if self.enrolment else None

    @property
    def version(self) -> versions.CourseVersion | None:
        """Return the version that she takes or completed; None where she is not enrolled."""
        return self.enrolment.version if self.enrolment else None

    @property
    def begun(self) -> bool:
        """Say whether she did or opened anything yet: a release may have made optional all that she has done."""
        return self.enrolment is not None and (
            bool(self.enrolment.last_activity) or DONE in self.states.values()
        )

    @property
    def in_progress(self) -> bool:
        """Say whether she is taking the course now."""
        return self.enrolment is not None and self.enrolment.state == EnrolmentState.ACTIVE

    @property
    def completed(self) -> bool:
        """Say whether she has completed it."""
        return self.enrolment is not None and self.enrolment.state == EnrolmentState.COMPLETED


def standing_in(request: HttpRequest, person: Person | None, course: Course) -> Standing:
    """Return how `person` stands in `course`. Five queries at most, and four more where a workshop is part of it."""
    if not person:
        return Standing(signed_in=False)
    enrolment = latest_enrolment(person, course)
    if enrolment is None:
        elsewhere = bool(person.country_id) and not _is_offered(course, person.country_id)
        return Standing(signed_in=True, country=person.country, not_offered=elsewhere)
    trail = way_of(enrolment, request).seen(progress_of(enrolment))
    counts = versions.manifest_of(enrolment.version).rule(enrolment.modality).activities
    asked = [stop for stop in trail if stop.required and counts]
    active = enrolment.state == EnrolmentState.ACTIVE
    return Standing(
        signed_in=True,
        enrolment=enrolment,
        trail=trail,
        left=tuple(left_item(item, trail) for item in outcome_of(enrolment).left) if active else (),
        continue_at=continue_at(trail, enrolment),
        proof=proofs_for([enrolment]).get(enrolment.pk) if not active else None,
        waiting_for=_waiting_for(person) if active else (),
        done=sum(1 for stop in asked if stop.state == DONE),
        beside=sum(1 for stop in trail if stop.state == DONE and stop not in asked),
        of=len(asked),
        country=enrolment.at_country,
        sessions=her_sessions(enrolment),
        session_links=tuple(session_links(enrolment)),
        outside=active and not _is_offered(course, enrolment.at_country_id),
    )


def _is_offered(course: Course, country: str | None) -> bool:
    """Say whether people who work in `country` may enrol."""
    offered = versions.scope_of(course).countries
    return not offered or country in offered


def _waiting_for(person: Person) -> tuple[str, ...]:
    missing = [str(MISSING_WORDS[reason]) for reason in missing_for_completion(details_of(person))]
    return (
        (_("Your details for the certificate: %(details)s.") % {"details": ", ".join(missing)},)
        if missing
        else ()
    )


def latest_enrolment(person: Person, course: Course) -> Enrolment | None:
    """Return the enrolment that counts: the one begun last that was not left."""
    rows = (
        Enrolment.objects.of(person)
        .standing()
        .filter(course=course)
        .select_related("version", "course", "at_country")
        .defer("version__manifest")
        .order_by("-enrolled_at", "-pk")
    )
    return rows.first()


def continue_at(trail: tuple[Stop, ...], enrolment: Enrolment) -> Stop | None:
    """Return where the learner goes on: the activity she had open last if it is not done, else the first not done."""
    open_ones = [stop for stop in trail if stop.state != DONE and stop.url and not stop.withdrawn]
    last = next((stop for stop in open_ones if stop.key == enrolment.last_activity), None)
    current = next((stop for stop in open_ones if stop.state == CURRENT), None)
    return last or current or (open_ones[0] if open_ones else None)


def left_item(left: Left, trail: tuple[Stop, ...]) -> LeftItem:
    """Return one thing left in words; a page withdrawn meanwhile has no address and says so by its lack.

    An activity that is not on her path was kept for people of other countries or stages since the release.
    """
    stop = next((stop for stop in trail if stop.key == left.activity), None)
    if stop is None:
        return LeftItem(str(SHUT) if left.activity else say_left(left))
    return LeftItem(say_left(left), title=stop.title, url="" if stop.withdrawn else stop.url, lang=stop.lang)
