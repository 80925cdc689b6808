"""What opens in a session, as who facilitates chooses it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from assessments.models import Attempt
from common.languages import content_language
from courses import versions
from learning.models import ContentOpening, Enrolment, QuizClosing, Session

if TYPE_CHECKING:
    from django.http import HttpRequest

    from courses.versions import Outline


@dataclass(frozen=True)
class Choice:
    """An activity of the course, and whether it opens in the session."""

    key: UUID
    title: str
    lang: str
    chosen: bool


@dataclass(frozen=True)
class QuizLine:
    """A quiz of the course: whether it is closed to the group, and how many are in the middle of it."""

    key: UUID
    title: str
    lang: str
    closed_at: dt.datetime | None
    in_hand: int


@dataclass(frozen=True)
class ContentScreen:
    """The activities of a session's course. `code`: in two halves; `opened`: to how many the code opened them."""

    session: Session
    starts: dt.datetime
    choices: tuple[Choice, ...]
    code: tuple[str, str]
    for_all: bool
    opened: int
    quizzes: tuple[QuizLine, ...] = ()


def activities_of(session: Session) -> list[versions.Activity]:
    """Return the activities of the version that the group follows."""
    version = session.cohort.version or versions.current(session.cohort.course)
    return list(versions.manifest_of(version)) if version else []


def content_screen(request: HttpRequest, session: Session) -> ContentScreen:
    """Return what opens in a session and to whom it has."""
    activities = activities_of(session)
    manifest = versions.Manifest(tuple(activities), ())
    words = versions.outline(manifest, language=content_language(), request=request)
    openings = ContentOpening.objects.filter(session=session).values_list("enrolment_id", flat=True)
    hers = list(openings)
    half = len(session.content_code) // 2
    return ContentScreen(
        session=session,
        starts=session.local_times[0],
        choices=tuple(_choice(words.of(activity.key), session) for activity in activities),
        code=(session.content_code[:half], session.content_code[half:]),
        for_all=None in hers,
        opened=sum(1 for one in hers if one is not None),
        quizzes=_quizzes(session, activities, words),
    )


def _quizzes(session: Session, activities: list[versions.Activity], words: Outline) -> tuple[QuizLine, ...]:
    """Return the quizzes of the course: two queries, none where it has none."""
    quizzes = [activity for activity in activities if activity.quiz]
    if not quizzes:
        return ()
    rows = QuizClosing.objects.standing().filter(cohort=session.cohort_id)
    closed = dict(rows.values_list("activity", "closed_at"))
    contexts = Enrolment.objects.filter(cohort=session.cohort_id).values("key")
    hers = Attempt.objects.open().filter(context__in=contexts)
    in_hand = Counter(hers.values_list("before", "quiz_key"))
    said = [(activity, words.of(activity.key)) for activity in quizzes]
    manifest = versions.Manifest(tuple(activities), ())
    return tuple(
        QuizLine(
            each.key, each.title, each.language, closed.get(each.key), _open(in_hand, manifest, activity)
        )
        for activity, each in said
    )


def _open(
    in_hand: Counter[tuple[bool, UUID]], manifest: versions.Manifest, activity: versions.Activity
) -> int:
    return sum(in_hand[activity.is_before, quiz] for quiz in manifest.forms_of(activity))


def _choice(words: versions.ActivityWords, session: Session) -> Choice:
    return Choice(words.key, words.title, words.language, str(words.key) in session.opens)
