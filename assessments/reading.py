"""Has open answers read by a person: by the criteria of their rubric, with some words to the learner.

Who may read whose answers is asked by the room of learners. A disclosure is told to the safeguarding contact without
a word of what was written: that stays where it is, between who wrote and who read it.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from assessments import events
from assessments.content import QuestionContent
from assessments.marking import as_decimal
from assessments.models import Attempt, AttemptAnswer, Handover
from assessments.services import marked, waiting_in
from assessments.typed import tidy_lines
from common.clock import now

if TYPE_CHECKING:
    from accounts.models import Person

logger = logging.getLogger(__name__)

LONGEST_COMMENT = 1000


class NotToBeRead(Exception):
    """The attempt is not handed in, the question is none to be read, or her answers are past their term."""


class UnknownCriterion(Exception):
    """The rubric of the question has no such criterion."""


def question_of(answer: AttemptAnswer) -> QuestionContent:
    """Return the open question that an answer belongs to. Raises `NotToBeRead`."""
    attempt = answer.attempt
    found = next((each for each in attempt.quiz.questions if each.key == answer.question_key), None)
    if found is None or not found.is_free or attempt.submitted_at is None or not any(answer.chosen):
        raise NotToBeRead(answer.pk)
    return found


def open_answers(attempt: Attempt) -> list[AttemptAnswer]:
    """Return the answers of an attempt that a person reads, in the order of its questions."""
    rows = {row.question_key: row for row in attempt.answers.all()}
    keys = [question.key for question in attempt.quiz.questions if question.is_free]
    return [rows[key] for key in keys if key in rows and any(rows[key].chosen)]


def read_answer(
    *,
    answer: AttemptAnswer,
    met: Collection[str],
    comment: str,
    by: Person,
    at: dt.datetime | None = None,
) -> Attempt:
    """Note which criteria an open answer meets, and mark the attempt again; read once more, the last reading stands.

    A pass that was announced is never taken back: who has passed stays so, whatever a second reading finds.
    Raises `NotToBeRead` and `UnknownCriterion`.
    """
    question = question_of(answer)
    if not set(met) <= question.choice_keys:
        raise UnknownCriterion(sorted(set(met) - question.choice_keys))
    with transaction.atomic():
        attempt = (
            Attempt.objects.select_for_update(of=("self",))
            .select_related("version")
            .get(pk=answer.attempt_id)
        )
        row = attempt.answers.get(pk=answer.pk)
        row.met = [key for key in question.answer_keys if key in met]
        row.comment = tidy_lines(comment)[:LONGEST_COMMENT]
        row.read_by, row.read_at = by, at or now()
        row.save(update_fields=["met", "comment", "read_by", "read_at"])
        _mark_again(attempt)
    return attempt


def _mark_again(attempt: Attempt) -> None:
    answers = {row.question_key: row for row in attempt.answers.all()}
    result = marked(attempt, answers)
    had_passed = bool(attempt.passed)
    attempt.points, attempt.max_points = as_decimal(result.points), result.max_points
    attempt.passed = had_passed or result.passed
    attempt.to_read = waiting_in(result)
    attempt.save(update_fields=["points", "max_points", "passed", "to_read"])
    for row in answers.values():
        row.points = as_decimal(result.marks[row.question_key].points)
    AttemptAnswer.objects.bulk_update(answers.values(), ["points"])
    if attempt.passed and not had_passed:
        transaction.on_commit(lambda: events.attempt_marked.send(Attempt, attempt_id=attempt.pk))


def hand_over(*, answer: AttemptAnswer, by: Person, at: dt.datetime | None = None) -> tuple[Handover, bool]:
    """Note that the safeguarding contact is told of an answer; returns the row and whether it is new.

    Raises `NotToBeRead`.
    """
    question_of(answer)
    try:
        with transaction.atomic():
            made = Handover.objects.create(answer=answer, person=answer.attempt.person, by=by, at=at or now())
    except IntegrityError:
        return Handover.objects.get(answer=answer), False
    logger.info("Hand-over %s to the safeguarding contact", made.key)
    return made, True
