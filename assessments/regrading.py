"""Marks a bad question otherwise: its point for everybody, another answer accepted, or not counted at all.

Attempts keep what was answered; a regrade stands beside them and is read whenever one is marked. Nobody loses by it:
where it would take away, what was before stays, and a pass is never taken back.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django_tasks import task

from assessments import events
from assessments.choices import RegradeWay
from assessments.content import Kind, QuestionContent
from assessments.marking import as_decimal
from assessments.mended import is_accepted
from assessments.models import Attempt, AttemptAnswer, QuizVersion, Regrade
from assessments.services import marked_by, regrades_of, waiting_in
from assessments.typed import numbers, tidy
from common.clock import now

if TYPE_CHECKING:
    from accounts.models import Person

BATCH = 200
# Of these another answer can be named: a choice, or what is typed.
ACCEPTING = frozenset({Kind.SINGLE, Kind.TRUE_FALSE, Kind.AREA, Kind.SHORT, Kind.NUMBER})


class Reason(StrEnum):
    """Why nothing is regraded. The wording stands in `assessments.wording_of_items`."""

    NOT_ASKED = "not_asked"
    NO_REASON = "no_reason"
    NO_ANSWER = "no_answer"
    NOT_ACCEPTING = "not_accepting"
    ONLY_QUESTION = "only_question"
    ALREADY = "already"


class NotRegraded(Exception):
    """Nothing was changed; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Foreseen:
    """What a regrade does to attempts that were handed in. `kept`: of whom it would take points, which she keeps."""

    attempts: int = 0
    more: int = 0
    pass_now: int = 0
    kept: int = 0


def foresee(*, version: QuizVersion, question: uuid.UUID, way: str, accepted: str = "") -> Foreseen:
    """Return what a regrade would do, without doing it: three queries for however many. Raises `NotRegraded`."""
    wanted = _made(version, question, way, accepted)
    asked = {row.pk: found for row in _versions(wanted) if (found := _question(row, wanted))}
    answers = {
        pk: (chosen, points)
        for pk, chosen, points in AttemptAnswer.objects.filter(
            question_key=question, attempt__version__in=asked, attempt__submitted_at__isnull=False
        ).values_list("attempt", "chosen", "points")
    }
    attempts, more, pass_now, kept = 0, 0, 0, 0
    rows = Attempt.objects.submitted().filter(version__in=asked, answers_ended_at__isnull=True).order_by()
    for pk, which, keys, points, most, mark, passed in rows.values_list(
        "pk", "version", "questions", "points", "max_points", "pass_mark", "passed"
    ):
        if str(question) not in keys:
            continue
        chosen, had = answers.get(pk, ([], Decimal(0)))
        attempts += 1
        gives = way == RegradeWay.ALL or (
            way == RegradeWay.ACCEPT and is_accepted(asked[which], chosen, wanted.accepted)
        )
        will, over = points, most
        if way == RegradeWay.DROP:
            will, over = points - (had or 0), most - 1
        elif gives:
            will = points - (had or 0) + 1
        gains = over > 0 and will * most > points * over
        more += gains
        kept += over > 0 and will * most < points * over
        pass_now += bool(gains and not passed and will * 100 >= mark * over)
    return Foreseen(attempts, more, pass_now, kept)


def _versions(made: Regrade) -> list[QuizVersion]:
    """Return the versions of the quiz that hold the question."""
    rows = QuizVersion.objects.filter(
        quiz_key=made.quiz_key, frozen_questions__question_key=made.question_key
    )
    return list(rows.distinct())


def _question(version: QuizVersion, made: Regrade) -> QuestionContent | None:
    """Return the question of a version, where it is asked there as it was bad."""
    found = next((each for each in version.quiz.questions if each.key == made.question_key), None)
    return found if found is not None and found.signature == made.meant else None


def regrade(
    *,
    version: QuizVersion,
    question: uuid.UUID,
    way: str,
    reason: str,
    by: Person,
    accepted: str = "",
    at: dt.datetime | None = None,
) -> Regrade:
    """Keep a regrade and begin to mark again, in the background. Raises `NotRegraded`."""
    made = _made(version, question, way, accepted)
    made.reason, made.by, made.at = " ".join(reason.split())[:500], by, at or now()
    if not made.reason:
        raise NotRegraded(Reason.NO_REASON)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise NotRegraded(Reason.ALREADY) from error
    transaction.on_commit(lambda: mark_again.enqueue(regrade_id=made.pk))
    return made


def _made(version: QuizVersion, key: uuid.UUID, way: str, accepted: str) -> Regrade:
    question = next((each for each in version.quiz.questions if each.key == key), None)
    if question is None or way not in RegradeWay.values:
        raise NotRegraded(Reason.NOT_ASKED)
    said = ""
    if way == RegradeWay.ACCEPT:
        said = _answer(question, accepted)
    if way == RegradeWay.DROP and len(version.quiz.questions) < 2:
        raise NotRegraded(Reason.ONLY_QUESTION)
    return Regrade(version=version, quiz_key=version.quiz_key, question_key=key, way=way, accepted=said)


def _answer(question: QuestionContent, accepted: str) -> str:
    if question.kind not in ACCEPTING:
        raise NotRegraded(Reason.NOT_ACCEPTING)
    said = tidy(accepted)
    if question.is_typed:
        if not said or (question.kind is Kind.NUMBER and not numbers(said)):
            raise NotRegraded(Reason.NO_ANSWER)
        return said[:200]
    if said not in question.choice_keys or said in question.right_keys:
        raise NotRegraded(Reason.NO_ANSWER)
    return said


def _attempts(made: Regrade) -> Iterator[int]:
    """Yield the keys of attempts that were handed in and asked the question: those whose answers are gone stay."""
    asked = [row.pk for row in _versions(made) if _question(row, made)]
    rows = Attempt.objects.submitted().filter(version__in=asked, answers_ended_at__isnull=True)
    last, key = 0, str(made.question_key)
    while batch := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", "questions")[:BATCH]):
        last = batch[-1][0]
        yield from (pk for pk, keys in batch if key in keys)


@task()
def mark_again(regrade_id: int) -> int:
    """Mark the attempts of a regrade again; returns how many changed. Cut off and begun again, it ends alike."""
    made = Regrade.objects.get(pk=regrade_id)
    changed = sum(_mark_again(pk) for pk in _attempts(made))
    Regrade.objects.filter(pk=regrade_id, done_at__isnull=True).update(done_at=now())
    return changed


def go_on() -> int:
    """Go on with what was cut off; returns how many regrades that were."""
    left = Regrade.objects.filter(done_at__isnull=True).values_list("pk", flat=True)
    return len([mark_again.enqueue(regrade_id=pk) for pk in left])


@transaction.atomic
def _mark_again(pk: int) -> bool:
    """Mark one attempt again by everything that is regraded by now. A pass stays; a new one is announced."""
    attempt = Attempt.objects.select_for_update(of=("self",)).select_related("version").get(pk=pk)
    answers = {answer.question_key: answer for answer in attempt.answers.all()}
    result = marked_by(attempt, answers, regrades_of(attempt.quiz_key))
    had_passed, before = bool(attempt.passed), (attempt.points, attempt.max_points, attempt.passed)
    attempt.points, attempt.max_points = as_decimal(result.points), result.max_points
    attempt.passed, attempt.to_read = had_passed or result.passed, waiting_in(result)
    if before == (attempt.points, attempt.max_points, attempt.passed):
        return False
    attempt.save(update_fields=["points", "max_points", "passed", "to_read"])
    for answer in answers.values():
        if answer.question_key in result.marks:
            answer.points = as_decimal(result.marks[answer.question_key].points)
    AttemptAnswer.objects.bulk_update(answers.values(), ["points"])
    if attempt.passed and not had_passed:
        transaction.on_commit(lambda: events.attempt_marked.send(Attempt, attempt_id=pk))
    return True


def kept_of(quiz_keys: Collection[uuid.UUID]) -> list[Regrade]:
    """Return what was regraded of these quizzes, the newest first."""
    rows = Regrade.objects.filter(quiz_key__in=quiz_keys).select_related("by", "version")
    return list(rows.order_by("-at", "-pk"))
