"""What this room does: freezes quizzes, begins attempts, keeps answers, hands attempts in."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from wagtail.models import Locale

from accounts.models import Person
from assessments import events
from assessments.accommodating import extra_time
from assessments.choices import EndedBy
from assessments.content import Kind, QuestionContent, QuizContent
from assessments.freezing import compose
from assessments.marking import (
    READ,
    UNREAD,
    AttemptRefused,
    MarkReason,
    RefusalReason,
    Result,
    as_decimal,
    better,
    mark_attempt,
)
from assessments.mended import mended_by
from assessments.models import (
    Attempt,
    AttemptAnswer,
    FrozenQuestion,
    Question,
    Quiz,
    QuizVersion,
    Regrade,
)
from assessments.terms import is_over, terms_of
from assessments.typed import LONGEST, LONGEST_OPEN, numbers, tidy, tidy_lines
from common.clock import now
from programme.scope import Reader

if TYPE_CHECKING:
    from assessments.querysets import AttemptQuerySet

SEED_LIMIT = 2**31 - 1


def freeze_quiz(*, quiz: Quiz, at: dt.datetime | None = None) -> QuizVersion | None:
    """Return the frozen version of the quiz as published now; None while nothing of it can be asked.

    The same content gives the same row, so that it may be called as often as one likes. A quiz that goes back to
    an older state gets a new number: the newest number is always the one in force. Within `frozen_together` the
    quiz waits, and None is returned.
    """
    held = _HELD.get()
    if held is not None:
        held.add(quiz.translation_key)
        return None
    content = compose(quiz=quiz).content
    if content is None:
        return None
    newest = QuizVersion.objects.of_quiz(content.key).first()
    if newest and newest.fingerprint == content.fingerprint:
        return newest
    try:
        return _write_version(content, (newest.number if newest else 0) + 1, at or now())
    except IntegrityError:
        if QuizVersion.objects.of_quiz(content.key).first() == newest:
            raise
        # Two publications at once: the other one took the number, and perhaps froze the very same content.
        return freeze_quiz(quiz=quiz, at=at)


_HELD: ContextVar[set[uuid.UUID] | None] = ContextVar("quizzes that wait to be frozen", default=None)


@contextmanager
def frozen_together() -> Iterator[None]:
    """Freeze what is published meanwhile once, at the end: fourteen questions in two languages are one version."""
    keys: set[uuid.UUID] = set()
    token = _HELD.set(keys)
    try:
        yield
    finally:
        _HELD.reset(token)
        for quiz in Quiz.objects.filter(translation_key__in=keys, locale=Locale.get_default()):
            freeze_quiz(quiz=quiz)


def _write_version(content: QuizContent, number: int, at: dt.datetime) -> QuizVersion:
    with transaction.atomic():
        version = QuizVersion.objects.create(
            quiz_key=content.key,
            number=number,
            fingerprint=content.fingerprint,
            content=content.to_json(),
            frozen_at=at,
        )
        FrozenQuestion.objects.bulk_create(
            FrozenQuestion(version=version, question_key=question.key, position=position)
            for position, question in enumerate(content.questions, 1)
        )
        transaction.on_commit(
            lambda: events.quiz_frozen.send(QuizVersion, version_id=version.pk, quiz_key=content.key)
        )
    return version


def freeze_quizzes_with(*, question: Question) -> list[QuizVersion]:
    """Freeze every live quiz that lists `question` in any of its languages, or that draws from its course's bank."""
    ids = set(Question.objects.filter(translation_key=question.translation_key).values_list("pk", flat=True))
    holders = {
        quiz.translation_key: quiz
        for quiz in Quiz.objects.filter(live=True)
        if ids & listed_ids(quiz) or (quiz.draws and quiz.collection_id == question.collection_id)
    }
    frozen = [freeze_quiz(quiz=quiz) for quiz in holders.values()]
    return [version for version in frozen if version]


def listed_ids(quiz: Quiz) -> set[int]:
    """Return the ids of the questions that a quiz lists, without fetching them."""
    return {block["value"] for block in quiz.items.raw_data}


def start_attempt(
    *,
    person: Person,
    context: uuid.UUID,
    quiz_key: uuid.UUID,
    pass_mark: int,
    max_attempts: int,
    reader: Reader,
    signed_in_as: Person | None = None,
    timed: bool = True,
    before: bool = False,
    at: dt.datetime | None = None,
) -> Attempt:
    """Return the open attempt within `context`, or begin the next one with those of the newest frozen questions
    that concern `reader`. `timed` False leaves a time limit aside; the day on which the quiz closes stays. `before`:
    it is taken before the course, is one alone within `context`, and its result tells nothing.

    Raises `AttemptRefused` when the quiz has no version or no question for her, is not open, is passed already, or its
    attempts are used up.
    """
    at = at or now()
    tries = [ended_in_time(attempt, at) for attempt in _tries(context, quiz_key, before)]
    unfinished = next((attempt for attempt in tries if attempt.submitted_at is None), None)
    if unfinished:
        return unfinished
    version = QuizVersion.objects.of_quiz(quiz_key).first()
    terms = terms_of(quiz_key) if timed else terms_of(quiz_key).untimed()
    reason = _refusal(version, tries, pass_mark, max_attempts) or terms.refusal(at)
    if version is None or reason:
        raise AttemptRefused(reason or RefusalReason.NO_VERSION)
    seed = secrets.randbelow(SEED_LIMIT)
    asked = version.quiz.asked_of(reader, seed)
    if not asked:
        raise AttemptRefused(RefusalReason.NOTHING_FOR_HER)
    try:
        with transaction.atomic():
            return Attempt.objects.create(
                person=person,
                signed_in_as=signed_in_as,
                context=context,
                version=version,
                quiz_key=quiz_key,
                before=before,
                number=len(tries) + 1,
                seed=seed,
                questions=[str(question.key) for question in asked],
                pass_mark=pass_mark,
                max_attempts=max_attempts,
                started_at=at,
                due_at=terms.due_at(at, extra_percent=extra_time(person) if terms.minutes else 0),
            )
    except IntegrityError:
        begun = _tries(context, quiz_key, before).open().first()
        if begun is None:
            raise
        # A double click or a second device began it between our look and our writing: theirs is ours.
        return begun


def _tries(context: uuid.UUID, quiz_key: uuid.UUID, before: bool) -> AttemptQuerySet:
    if before:
        # Whichever form it was: nobody takes both before.
        return Attempt.objects.filter(context=context, before=True).select_related("version")
    return Attempt.objects.within(context, quiz_key).select_related("version")


def ended_in_time(attempt: Attempt, at: dt.datetime | None = None) -> Attempt:
    """Return the attempt; where its time is up, handed in as it stood then, whether or not the timer came by."""
    if attempt.submitted_at is None and is_over(attempt.due_at, at or now()):
        return submit_attempt(attempt=attempt, at=attempt.due_at, ended_by=EndedBy.TIME)
    return attempt


def waiting_in(result: Result) -> int:
    """Return how many open answers nobody has read yet."""
    return sum(each.reason is MarkReason.WAITING for each in result.marks.values())


def _refusal(
    version: QuizVersion | None, tries: list[Attempt], pass_mark: int, max_attempts: int
) -> RefusalReason | None:
    if version is None:
        return RefusalReason.NO_VERSION
    # By the pass mark asked for now: a mark raised meanwhile must not lock the door to trying again.
    if any(_reaches(attempt, pass_mark) for attempt in tries):
        return RefusalReason.ALREADY_PASSED
    if any(attempt.to_read for attempt in tries):
        return RefusalReason.STILL_READ
    return RefusalReason.ATTEMPTS_USED_UP if len(tries) >= max_attempts else None


def _reaches(attempt: Attempt, pass_mark: int) -> bool:
    if attempt.points is None or attempt.max_points is None:
        return False
    return attempt.points * 100 >= pass_mark * attempt.max_points


def save_answer(
    *,
    attempt: Attempt,
    question_key: uuid.UUID,
    chosen: Collection[str],
    client_id: uuid.UUID | None = None,
    at: dt.datetime | None = None,
) -> AttemptAnswer:
    """Keep what a person answered to one question; the newest answer by time stands, whichever arrives last.

    `at`, aware, is when it was given, perhaps without a network: before the attempt began and in the future nothing is
    given. `client_id` is what the device calls it: sent again, it changes nothing.

    Raises `AttemptRefused` for a question or a choice that the attempt never showed, for two answers where one is
    asked, and once the attempt is handed in or its time is up. An answer counts as late by when it arrives: a clock
    that somebody may set is no witness.
    """
    if is_over(attempt.due_at, now()) and ended_in_time(attempt).ended_by == EndedBy.TIME:
        raise AttemptRefused(RefusalReason.TIME_IS_UP)
    at = max(attempt.started_at, min(at, now())) if at else now()
    question = _question(attempt, question_key)
    keys = allowed_choices(question, chosen)
    with transaction.atomic():
        _locked_open(attempt)
        answer, created = AttemptAnswer.objects.get_or_create(
            attempt=attempt,
            question_key=question_key,
            defaults={"chosen": keys, "answered_at": at, "client_id": client_id},
        )
        same = client_id is not None and answer.client_id == client_id
        # An answer given before the session ended must not undo one given since on another device.
        if not created and not same and answer.answered_at <= at:
            answer.chosen, answer.answered_at, answer.client_id = keys, at, client_id
            answer.save(update_fields=["chosen", "answered_at", "client_id"])
    return answer


def _question(attempt: Attempt, question_key: uuid.UUID) -> QuestionContent:
    for question in attempt.quiz.questions:
        if question.key == question_key:
            return question
    raise AttemptRefused(RefusalReason.FOREIGN_QUESTION)


def allowed_choices(question: QuestionContent, chosen: Collection[str]) -> list[str]:
    """Return the chosen keys once each, in the question's own order, or the text that was typed.

    Raises `AttemptRefused` for what the question does not take.
    """
    if question.is_typed:
        return typed_answer(question, chosen)
    if question.is_gapped:
        return filled_gaps(question, chosen)
    if question.is_free:
        return open_answer(chosen)
    # A thing that has no partner yet sends an empty one.
    given = set(filter(None, chosen)) if question.is_paired else set(chosen)
    if not given <= question.choice_keys:
        raise AttemptRefused(RefusalReason.FOREIGN_CHOICE)
    keys = [key for key in question.answer_keys if key in given]
    if len(keys) > _most(question, keys):
        raise AttemptRefused(RefusalReason.ONE_CHOICE_ONLY)
    return keys


def _most(question: QuestionContent, keys: Collection[str]) -> int:
    if question.is_paired:
        return len({key.rpartition(":")[0] for key in keys})
    return len(keys) if question.takes_several else 1


def filled_gaps(question: QuestionContent, given: Collection[str]) -> list[str]:
    """Return what was typed into the gaps as «key:text», tidied, empty ones left out. Raises `AttemptRefused`."""
    typed: dict[str, str] = {}
    for key, _, words in (each.partition(":") for each in given):
        text = tidy(words)
        if key not in question.choice_keys:
            raise AttemptRefused(RefusalReason.FOREIGN_CHOICE)
        if len(text) > LONGEST:
            raise AttemptRefused(RefusalReason.TOO_LONG)
        if text and typed.setdefault(key, text) != text:
            raise AttemptRefused(RefusalReason.ONE_CHOICE_ONLY)
    return [f"{key}:{typed[key]}" for key in question.answer_keys if key in typed]


def typed_answer(question: QuestionContent, given: Collection[str]) -> list[str]:
    """Return what was typed, tidied; nothing where the field was emptied. Raises `AttemptRefused`."""
    texts = [text for text in map(tidy, given) if text]
    if len(texts) > 1:
        raise AttemptRefused(RefusalReason.ONE_CHOICE_ONLY)
    if texts and len(texts[0]) > LONGEST:
        raise AttemptRefused(RefusalReason.TOO_LONG)
    if texts and question.kind is Kind.NUMBER and not numbers(texts[0]):
        raise AttemptRefused(RefusalReason.NO_NUMBER)
    return texts


def open_answer(given: Collection[str]) -> list[str]:
    """Return what was written, its lines kept; nothing where the field was emptied. Raises `AttemptRefused`."""
    texts = [text for text in map(tidy_lines, given) if text]
    if len(texts) > 1:
        raise AttemptRefused(RefusalReason.ONE_CHOICE_ONLY)
    if texts and len(texts[0]) > LONGEST_OPEN:
        raise AttemptRefused(RefusalReason.TOO_LONG_OPEN)
    return texts


def _locked_open(attempt: Attempt) -> None:
    """Lock the attempt's row: no answer slips in while another device hands the attempt in."""
    if not Attempt.objects.select_for_update().open().filter(pk=attempt.pk).exists():
        raise AttemptRefused(RefusalReason.ALREADY_SUBMITTED)


def submit_attempt(
    *, attempt: Attempt, at: dt.datetime | None = None, ended_by: EndedBy = EndedBy.HAND
) -> Attempt:
    """Hand the attempt in and mark it by the questions that it showed. A second time changes nothing.

    Who hands in when the time is up hands in what stood there then.
    """
    at = at or now()
    if is_over(attempt.due_at, at):
        at, ended_by = attempt.due_at or at, EndedBy.TIME
    with transaction.atomic():
        locked = Attempt.objects.select_for_update(of=("self",)).select_related("version").get(pk=attempt.pk)
        if locked.submitted_at is None:
            answers = {answer.question_key: answer for answer in locked.answers.all()}
            _close(locked, answers, marked(locked, answers), at, ended_by)
            locked.refresh_from_db(
                fields=["submitted_at", "points", "max_points", "passed", "to_read", "ended_by"]
            )
    return locked


def marked(attempt: Attempt, answers: Mapping[uuid.UUID, AttemptAnswer]) -> Result:
    """Mark the answers by the attempt's own frozen questions and its own pass mark, and by what was regraded since."""
    return marked_by(attempt, answers, regrades_of(attempt.quiz_key))


def regrades_of(quiz_key: uuid.UUID) -> list[Regrade]:
    """Return what was regraded of a quiz, in the order in which it was."""
    return list(Regrade.objects.filter(quiz_key=quiz_key).select_related("version").order_by("at", "pk"))


def marked_by(
    attempt: Attempt, answers: Mapping[uuid.UUID, AttemptAnswer], regrades: Collection[Regrade]
) -> Result:
    """Mark the answers with these regrades. Nobody loses by one: what it would take away stays as it was."""
    questions = attempt.quiz.questions
    told = {each.key: counted(each, answers[each.key]) for each in questions if each.key in answers}
    first = mark_attempt(questions=questions, answers=told, pass_mark=attempt.pass_mark)
    mended = mended_by(questions, told, regrades)
    if not (mended.given or mended.dropped):
        return first
    again = mark_attempt(
        questions=questions,
        answers=told,
        pass_mark=attempt.pass_mark,
        given=mended.given,
        dropped=mended.dropped,
    )
    return better(first, again)


def counted(question: QuestionContent, answer: AttemptAnswer) -> list[str]:
    """Return what of an answer is marked: of an open one whether somebody has read it, and the criteria it meets."""
    if not question.is_free or not any(answer.chosen):
        return list(answer.chosen)
    return [UNREAD] if answer.read_at is None else [READ, *(answer.met or [])]


def _close(
    attempt: Attempt,
    answers: Mapping[uuid.UUID, AttemptAnswer],
    result: Result,
    at: dt.datetime,
    ended_by: EndedBy,
) -> None:
    """Write the result once: the guarded update decides who announces it."""
    closed = (
        Attempt.objects.open()
        .filter(pk=attempt.pk)
        .update(
            submitted_at=at,
            ended_by=ended_by,
            points=as_decimal(result.points),
            max_points=result.max_points,
            passed=result.passed,
            to_read=waiting_in(result),
        )
    )
    if not closed:
        return
    for answer in answers.values():
        answer.points = as_decimal(result.marks[answer.question_key].points)
    AttemptAnswer.objects.bulk_update(answers.values(), ["points"])
    transaction.on_commit(lambda: events.attempt_marked.send(Attempt, attempt_id=attempt.pk))
