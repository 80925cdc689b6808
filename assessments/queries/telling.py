"""The screen of an attempt that was handed in: what was reached, what is missing, what to look at again."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace
from fractions import Fraction
from uuid import UUID

from django.urls import reverse

from assessments.choices import Feedback
from assessments.content import QuestionContent, Said
from assessments.marking import Mark, MarkReason, Result, needed_points
from assessments.marking import mark as mark_answer
from assessments.models import Attempt
from assessments.queries.frame import Frame, Sheet, frame, sheet
from assessments.queries.pairs import AnswerLine, answer_lines, right_lines
from assessments.services import counted, marked
from assessments.terms import terms_of
from assessments.wording import MARKS, points_words
from common.clock import now

# Width of one bend of the path, in the units of its drawing.
STEP = 20


@dataclass(frozen=True)
class CriterionLine:
    """A criterion by which an open answer was read."""

    said: Said
    met: bool


@dataclass(frozen=True)
class ToldQuestion:
    """One question after handing in. `better` stays empty while the quiz may still be tried again."""

    n: int
    stem: Said
    mark: str
    is_dropped: bool
    is_regraded: bool
    is_right: bool
    is_typed: bool
    is_paired: bool
    is_free: bool
    waits: bool
    criteria: tuple[CriterionLine, ...]
    comment: str
    chosen: tuple[AnswerLine, ...]
    better: tuple[Said, ...]
    explanation: Said


@dataclass(frozen=True)
class ObjectiveLine:
    """How far one objective of the course is reached in this quiz."""

    title: Said
    reached: str
    total: int
    width: int
    whole_path: str
    walked_path: str


@dataclass(frozen=True)
class ResultScreen:
    """The result of an attempt, with what may be done next."""

    frame: Frame
    passed: bool
    points: str
    needed: str
    unanswered: int
    submitted_at: dt.datetime | None
    attempts_left: int
    passed_otherwise: bool
    open_url: str
    objectives: tuple[ObjectiveLine, ...]
    to_review: tuple[ToldQuestion, ...]
    right: tuple[ToldQuestion, ...]
    error: str = ""
    ended: bool = False
    ended_by: str = ""
    tells_later: dt.datetime | None = None
    tells_points_alone: bool = False
    to_read: int = 0
    has_open: bool = False
    before: bool = False

    @property
    def is_last_word(self) -> bool:
        """Whether neither a pass nor another attempt is left."""
        return not (self.passed or self.passed_otherwise or self.attempts_left or self.open_url)


@dataclass(frozen=True)
class _Others:
    """The other attempts within the same context."""

    begun: int
    passed: bool
    open_key: UUID | None


def result_screen(*, attempt: Attempt, error: str = "") -> ResultScreen:
    """Return the result of an attempt that was handed in, marked by the questions that it showed."""
    read = sheet(attempt)
    others = _others(attempt)
    result = marked(attempt, read.answers)
    ended = attempt.answers_ended_at is not None
    framed = frame(read)
    left = 0 if others.passed else _left(framed, others)
    terms = terms_of(attempt.quiz_key)
    # What was known before the course is told when it is over, beside what is known then.
    telling = terms.tells_answers(now()) and not attempt.before
    told = () if ended or not telling else _told(read, result, tells_key=_tells_key(framed, others, left))
    if result.max_points != framed.total:
        # A question that was bad does not count any more.
        total = result.max_points
        needed = math.ceil(needed_points(questions=total, pass_mark=attempt.pass_mark))
        framed = replace(framed, total=total, needed=framed.needed and needed)
    total = framed.total
    return ResultScreen(
        frame=framed,
        passed=bool(attempt.passed),
        points=points_words(Fraction(attempt.points or 0) if ended else result.points),
        needed=points_words(needed_points(questions=total, pass_mark=attempt.pass_mark)),
        ended=ended,
        unanswered=0
        if ended
        else sum(mark.reason is MarkReason.UNANSWERED for mark in result.marks.values()),
        submitted_at=attempt.submitted_at,
        attempts_left=left,
        passed_otherwise=others.passed,
        open_url=_open_url(read, others),
        objectives=() if ended or attempt.before else _objectives(read, result),
        to_review=tuple(each for each in told if not each.is_right),
        right=tuple(each for each in told if each.is_right),
        error=error,
        ended_by=attempt.ended_by,
        to_read=attempt.to_read,
        has_open=any(question.is_free for question in read.quiz.questions),
        tells_later=terms.closes_at if not telling and terms.feedback is Feedback.CLOSED else None,
        tells_points_alone=not ended and not telling,
        before=attempt.before,
    )


def _left(framed: Frame, others: _Others) -> int:
    if framed.place.attempts_left is not None:
        return framed.place.attempts_left
    return max(0, framed.max_attempts - others.begun)


def _tells_key(framed: Frame, others: _Others, left: int) -> bool:
    """Say whether the right choices are told. Where another attempt may always come back, only a pass tells them."""
    never_again = framed.place.attempts_left is None and not (left or others.open_key)
    return others.passed or never_again


def _others(attempt: Attempt) -> _Others:
    rows = list(
        Attempt.objects.within(attempt.context, attempt.quiz_key, before=attempt.before).values_list(
            "key", "submitted_at", "passed"
        )
    )
    return _Others(
        begun=len(rows),
        passed=any(passed for _, _, passed in rows),
        open_key=next((key for key, submitted_at, _ in rows if submitted_at is None), None),
    )


def _open_url(read: Sheet, others: _Others) -> str:
    return reverse("assessments:resume", args=[others.open_key]) if others.open_key else ""


def _told(read: Sheet, result: Result, *, tells_key: bool) -> list[ToldQuestion]:
    return [
        _told_question(read, n, question, result.marks[question.key], tells_key)
        for n, question in enumerate(read.quiz.questions, 1)
    ]


def _told_question(
    read: Sheet, n: int, question: QuestionContent, mark: Mark, tells_key: bool
) -> ToldQuestion:
    is_right = mark.reason in {MarkReason.RIGHT, MarkReason.DROPPED}
    return ToldQuestion(
        n=n,
        stem=read.said(question.asked),
        mark=str(MARKS[mark.reason]),
        is_dropped=mark.reason is MarkReason.DROPPED,
        is_regraded=_is_regraded(read, question, mark),
        is_right=is_right,
        is_typed=question.is_typed or question.is_gapped or question.is_free,
        is_paired=question.is_paired,
        is_free=question.is_free,
        waits=mark.reason is MarkReason.WAITING,
        criteria=_criteria(read, question),
        comment=answer.comment if (answer := read.answers.get(question.key)) else "",
        chosen=answer_lines(question, read.chosen(question.key), read.said),
        better=() if is_right or not tells_key else right_lines(question, read.said),
        explanation=read.said(question.explanations),
    )


def _is_regraded(read: Sheet, question: QuestionContent, mark: Mark) -> bool:
    """Say whether the question is marked otherwise than by its own key."""
    answer = read.answers.get(question.key)
    return mark != mark_answer(question, counted(question, answer) if answer else ())


def _criteria(read: Sheet, question: QuestionContent) -> tuple[CriterionLine, ...]:
    """Return the rubric of an open answer once somebody has read it."""
    answer = read.answers.get(question.key)
    if not question.is_free or answer is None or answer.read_at is None:
        return ()
    met = set(answer.met or ())
    return tuple(CriterionLine(read.said(each.texts), each.key in met) for each in question.choices)


def _objectives(read: Sheet, result: Result) -> tuple[ObjectiveLine, ...]:
    """Return points by objective, where the questions name at least two of them in words."""
    groups: dict[str, list[Mark]] = {}
    for question in read.quiz.questions:
        if question.objective and not question.objective.isdigit():
            groups.setdefault(question.objective, []).append(result.marks[question.key])
    if len(groups) < 2:
        return ()
    language = read.quiz.source_language
    return tuple(_objective(Said(title, language), marks) for title, marks in groups.items())


def _objective(title: Said, marks: list[Mark]) -> ObjectiveLine:
    points = sum((mark.points for mark in marks), Fraction(0))
    return ObjectiveLine(
        title=title,
        reached=points_words(points),
        total=len(marks),
        width=STEP * len(marks),
        whole_path=_path(len(marks)),
        walked_path=_path(int(points)),
    )


def _path(steps: int) -> str:
    """Return the path of so many steps, each a bend to the other side, or nothing for none."""
    bends = ("c6 -6 14 -6 20 0", "c6 6 14 6 20 0")
    return "M0 8" + "".join(bends[step % 2] for step in range(steps)) if steps else ""
