"""What every screen of an attempt shows: its quiz, its place in a course, its number."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from assessments.content import QuizContent, Said, Texts
from assessments.journey import Place, place_of
from assessments.marking import Rule, needed_points
from assessments.models import Attempt, AttemptAnswer
from common.clock import now
from common.languages import Choice, choices, content_language

# No attempt may last longer, so that what is further off is the day on which the quiz closes. In minutes.
LONGEST_CLOCK = 1200


@dataclass(frozen=True)
class Frame:
    """An attempt as all its screens show it; `needed` is a number of questions, None where points are parted."""

    key: UUID
    title: Said
    place: Place
    number: int
    max_attempts: int
    total: int
    pass_mark: int
    needed: int | None
    choices: tuple[Choice, ...] = ()
    due_at: dt.datetime | None = None
    now: dt.datetime | None = None

    @property
    def attempts_after(self) -> int:
        """How many attempts remain after this one."""
        return max(0, self.max_attempts - self.number)

    @property
    def is_timed(self) -> bool:
        """Say whether a clock is shown: never on a sensitive course, and not for a quiz that closes in some days."""
        return 0 < self.minutes_left <= LONGEST_CLOCK and not self.place.sensitive

    @property
    def minutes_left(self) -> int:
        """How many minutes remain, begun ones counted; 0 where no clock runs."""
        if self.due_at is None or self.now is None:
            return 0
        return max(0, math.ceil((self.due_at - self.now).total_seconds() / 60))


@dataclass(frozen=True)
class Sheet:
    """An attempt with its frozen quiz and its answers, read once for a screen."""

    attempt: Attempt
    quiz: QuizContent
    answers: Mapping[UUID, AttemptAnswer]
    language: str

    def said(self, texts: Texts) -> Said:
        """Return a text in the reader's language, or in the quiz's own."""
        return self.quiz.said(texts, self.language)

    def chosen(self, key: UUID) -> list[str]:
        """Return what was chosen in a question, perhaps nothing."""
        answer = self.answers.get(key)
        return answer.chosen if answer else []

    def is_answered(self, key: UUID) -> bool:
        """Say whether nothing is left to be answered in a question."""
        question = next(each for each in self.quiz.questions if each.key == key)
        return question.is_whole(self.chosen(key))

    def question_url(self, n: int) -> str:
        """Return the address of question `n`."""
        return reverse("assessments:question", args=[self.attempt.key, n])

    def url(self, name: str) -> str:
        """Return the address of another screen of the attempt."""
        return reverse(f"assessments:{name}", args=[self.attempt.key])


def sheet(attempt: Attempt) -> Sheet:
    """Read an attempt with its answers: one query beside the attempt's own."""
    answers = {answer.question_key: answer for answer in attempt.answers.all()}
    return Sheet(attempt, attempt.quiz, answers, content_language())


def frame(read: Sheet) -> Frame:
    """Return what all screens of the attempt show."""
    attempt, quiz = read.attempt, read.quiz
    total = len(quiz.questions)
    whole = all(question.rule in {Rule.ONE, Rule.TYPED} for question in quiz.questions)
    return Frame(
        key=attempt.key,
        title=read.said(quiz.titles),
        place=place_of(attempt),
        number=attempt.number,
        max_attempts=attempt.max_attempts,
        total=total,
        pass_mark=attempt.pass_mark,
        needed=math.ceil(needed_points(questions=total, pass_mark=attempt.pass_mark)) if whole else None,
        choices=choices(quiz.titles, current=read.said(quiz.titles).language),
        due_at=attempt.due_at,
        now=now() if attempt.due_at else None,
    )
