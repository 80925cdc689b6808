"""What stands behind a link of invitation, and what a facilitator needs to send it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common import clock
from common.languages import content_language
from courses import versions
from learning import joining, seats
from learning.models import Cohort, Completion, Enrolment, EnrolmentCode, EnrolmentState, RequestState
from learning.queries.her_room import HerSession, coming_sessions
from learning.words import REFUSALS
from learning.words_of_groups import say_asked

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import Person
    from courses.models import Course

SESSIONS_SHOWN = 6


@dataclass(frozen=True)
class InvitationScreen:
    """What whoever opens the link reads. `free`: seats left, None where they are not limited."""

    code: str
    words: versions.CourseWords
    group: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    modality: str
    place: str
    with_whom: tuple[str, ...]
    free: int | None
    approves: bool
    closed: str
    # How many wait for a seat already.
    before: int
    sessions: tuple[HerSession, ...]
    pending: str
    enrolment: Enrolment | None
    # When she completed the course before, if she did: whoever joins begins it again.
    completed_on: dt.date | None = None

    @property
    def full(self) -> bool:
        """Say whether whoever comes now waits."""
        return self.free == 0


@dataclass(frozen=True)
class Sending:
    """What a facilitator sends, shows or prints."""

    code: str
    link: str
    text: str


def link_of(request: HttpRequest, code: str) -> str:
    """Return the whole address of an invitation."""
    return request.build_absolute_uri(reverse("invitation:join", kwargs={"code": code}))


def invitation_screen(request: HttpRequest, row: EnrolmentCode, person: Person | None) -> InvitationScreen:
    """Return what the link is for, and how the reader stands. Facilitators by the name that they show on screen."""
    cohort = row.cohort
    place = row.institution or (cohort.institution if cohort else None)
    return InvitationScreen(
        code=row.code,
        words=versions.course_words(row.course, language=content_language(), request=request),
        group=cohort.name if cohort else "",
        starts_on=cohort.starts_on if cohort else None,
        ends_on=cohort.ends_on if cohort else None,
        modality=cohort.get_modality_display() if cohort else "",
        place=place.name if place else "",
        with_whom=_facilitators(cohort),
        free=seats.left(cohort) if cohort else None,
        approves=bool(cohort and cohort.asks_approval),
        closed=why_nobody_joins(cohort) if cohort else "",
        before=_waiting(cohort),
        sessions=_sessions(cohort),
        pending=_pending(cohort, person),
        enrolment=_enrolment(row, person),
        completed_on=completed_on(person, row.course) if person else None,
    )


def why_nobody_joins(cohort: Cohort) -> str:
    """Return in words why a group takes nobody; nothing for one that does, or is merely full."""
    refusal = seats.why_closed(cohort, on=timezone.localdate())
    return str(REFUSALS[refusal]) if refusal else ""


def _waiting(cohort: Cohort | None) -> int:
    return cohort.join_requests.filter(state=RequestState.WAITING).count() if cohort and cohort.seats else 0


def _sessions(cohort: Cohort | None) -> tuple[HerSession, ...]:
    """Return when it meets next. Where, she reads when she is in it: the place may be a shelter's."""
    return coming_sessions(cohort, at=clock.now())[:SESSIONS_SHOWN] if cohort else ()


def _facilitators(cohort: Cohort | None) -> tuple[str, ...]:
    if cohort is None:
        return ()
    names = cohort.facilitators.order_by("display_name").values_list("display_name", flat=True)
    return tuple(name for name in names if name)


def _pending(cohort: Cohort | None, person: Person | None) -> str:
    if cohort is None or person is None:
        return ""
    request = joining.pending_of(person).filter(cohort=cohort).select_related("cohort").first()
    return say_asked(request, joining.place_of(request)) if request else ""


def _enrolment(row: EnrolmentCode, person: Person | None) -> Enrolment | None:
    if person is None:
        return None
    rows = Enrolment.objects.of(person).filter(course=row.course, state=EnrolmentState.ACTIVE)
    return rows.order_by("-enrolled_at").first()


def completed_on(person: Person, course: Course) -> dt.date | None:
    """Return the day on which somebody completed a course the last time; None if she did not."""
    rows = Completion.objects.filter(
        enrolment__person__canonical_id=person.canonical_id, enrolment__course=course
    )
    last = rows.filter(annulment__isnull=True).order_by("-achieved_on").first()
    return last.achieved_on if last else None


def sending(request: HttpRequest, cohort: Cohort) -> Sending | None:
    """Return the link of a cohort with a text ready to be sent; None where no code of it is in force."""
    today = timezone.localdate()
    codes = [row for row in cohort.codes.order_by("pk") if not row.valid_until or row.valid_until >= today]
    if not codes:
        return None
    link = link_of(request, codes[0].code)
    return Sending(codes[0].code, link, _text(request, cohort, link))


def _text(request: HttpRequest, cohort: Cohort, link: str) -> str:
    """A message is read over somebody's shoulder: of a sensitive course it tells neither title nor group."""
    words = versions.course_words(cohort.course, language=content_language(), request=request)
    if cohort.course.sensitive:
        lines = [_("You are invited to a course.")]
    else:
        lines = [_("You are invited to the course «%(title)s».") % {"title": words.title}, cohort.name]
    if cohort.starts_on:
        lines.append(_("It starts on %(day)s.") % {"day": date_format(cohort.starts_on)})
    lines.append(_("Join here, it is free: %(link)s") % {"link": link})
    return "\n".join(lines)
