"""The open answers that somebody reads: those that wait, and one of them with its rubric."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from assessments.content import Said
from assessments.models import Attempt, AttemptAnswer
from assessments.queries.pairs import Say
from assessments.reading import open_answers
from common.languages import content_language
from learning.models import Cohort, Enrolment
from learning.readers import attempts_to_read, facilitates
from programme.models import Identity

if TYPE_CHECKING:
    from accounts.http import SignedRequest
    from accounts.models import User
    from assessments.content import QuestionContent


@dataclass(frozen=True)
class WaitingLine:
    """An attempt with open answers to be read. `who` is empty where it is read without a name."""

    url: str
    quiz: Said
    who: str
    group: str
    handed_in: dt.datetime | None
    to_read: int


@dataclass(frozen=True)
class Criterion:
    """A criterion of the rubric."""

    key: str
    said: Said
    met: bool


@dataclass(frozen=True)
class OpenAnswer:
    """An answer to be read, with its rubric and what was said of it. `n` is its place among the open ones, from 1."""

    n: int
    stem: Said
    guidance: Said
    text: str
    criteria: tuple[Criterion, ...]
    comment: str
    read_at: dt.datetime | None
    handed_over_at: dt.datetime | None


@dataclass(frozen=True)
class ReadingScreen:
    """The open answers of one attempt."""

    key: UUID
    quiz: Said
    who: str
    group: str
    answers: tuple[OpenAnswer, ...]
    has_contact: bool
    contact_phone: str
    url: str


def waiting_answers(user: User) -> list[WaitingLine]:
    """Return what waits for a login: three queries, however much it is."""
    attempts = list(attempts_to_read(user))
    rows = Enrolment.objects.filter(key__in=[each.context for each in attempts]).select_related(
        "cohort", "person"
    )
    enrolments = {row.key: row for row in rows}
    named = _named(user)
    return [_line(attempt, enrolments[attempt.context], named) for attempt in attempts]


def _named(user: User) -> set[int]:
    return set(Cohort.objects.facilitated_by(user.person).values_list("pk", flat=True))


def _line(attempt: Attempt, enrolment: Enrolment, named: set[int]) -> WaitingLine:
    quiz = attempt.version.quiz
    cohort = enrolment.cohort
    return WaitingLine(
        url=reverse("learning:read_answers", args=[attempt.key]),
        quiz=quiz.said(quiz.titles, content_language()),
        who=str(enrolment.person) if cohort and cohort.pk in named else "",
        group=cohort.name if cohort else "",
        handed_in=attempt.submitted_at,
        to_read=attempt.to_read,
    )


def reading_screen(request: SignedRequest, attempt: Attempt, enrolment: Enrolment) -> ReadingScreen:
    """Return the open answers of an attempt, with what was found in them."""
    quiz, language = attempt.quiz, content_language()
    questions = {question.key: question for question in quiz.questions}
    identity = Identity.for_request(request)
    rows = open_answers(attempt)
    return ReadingScreen(
        key=attempt.key,
        quiz=quiz.said(quiz.titles, language),
        who=str(enrolment.person) if facilitates(request.user, enrolment) else "",
        group=enrolment.cohort.name if enrolment.cohort else "",
        answers=tuple(
            _answer(n, row, questions[row.question_key], lambda texts: quiz.said(texts, language))
            for n, row in enumerate(rows, 1)
        ),
        has_contact=bool(identity.safeguarding_email),
        contact_phone=identity.safeguarding_phone,
        url=reverse("learning:read_answers", args=[attempt.key]),
    )


def _answer(n: int, row: AttemptAnswer, question: QuestionContent, say: Say) -> OpenAnswer:
    met = set(row.met or ())
    handed = row.handovers.first()
    return OpenAnswer(
        n=n,
        stem=say(question.stems),
        guidance=say(question.explanations),
        text=row.chosen[0],
        criteria=tuple(Criterion(each.key, say(each.texts), each.key in met) for each in question.choices),
        comment=row.comment,
        read_at=row.read_at,
        handed_over_at=handed.at if handed else None,
    )
