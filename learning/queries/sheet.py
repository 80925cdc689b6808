"""The signed sheet of a session: what is printed for it, and the scans that came back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from common.languages import interface_language
from courses.versions import course_words
from learning.models import Enrolment, Session, SheetScan, WalkIn
from learning.queries.room import participants
from learning.sign_in_sheet import Sheet
from programme.frame import frame_for

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True)
class SheetScreen:
    """A session's sheet as who runs the group sees it. `languages`: in which it can be printed."""

    session: Session
    starts: dt.datetime
    ends: dt.datetime
    people: int
    languages: tuple[tuple[str, str], ...]
    scans: tuple[SheetScan, ...]


def sheet_screen(session: Session) -> SheetScreen:
    """Return how many are printed and which scans there are."""
    starts, ends = session.local_times
    return SheetScreen(
        session=session,
        starts=starts,
        ends=ends,
        people=len(participants(session)),
        languages=tuple((code, str(name)) for code, name in settings.LANGUAGES),
        scans=tuple(session.scans.select_related("attached_by")),
    )


def sheet_of(request: HttpRequest, session: Session, *, language: str = "") -> Sheet:
    """Return what is printed: in the language that was asked for, else in the one in which the group reads its course.

    A sensitive course is not named on paper that lies about.
    """
    words = course_words(session.cohort.course, language=interface_language())
    starts, ends = session.local_times
    frame = frame_for(request)
    wanted = language if language in dict(settings.LANGUAGES) else words.language
    return Sheet(
        title=session.title,
        course="" if words.sensitive else words.title,
        group=session.cohort.name,
        place=session.place,
        starts=starts,
        ends=ends,
        facilitators=[str(person) for person in session.facilitators.all()],
        names=[_name(who) for who in participants(session).values()],
        check_in_address=request.build_absolute_uri(reverse("learning:check_in_code")),
        platform=frame.name,
        organisation=frame.organisation,
        language=wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
    )


def _name(who: Enrolment | WalkIn) -> str:
    return str(who.person) if isinstance(who, Enrolment) else who.name
