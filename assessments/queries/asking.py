"""The screens of an open attempt: one question, and the look over all of them before handing in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.content import Kind, QuestionContent, Said
from assessments.gaps import pieces, typed_by_gap
from assessments.models import Attempt
from assessments.queries.frame import Frame, Sheet, frame, sheet
from assessments.queries.pictured import Pictured, letter_of, pictured
from assessments.wording import saved_words


@dataclass(frozen=True)
class Waypoint:
    """A question on the trail: `state` is done, ahead or current."""

    n: int
    state: str
    url: str
    stem: Said


@dataclass(frozen=True)
class OptionLine:
    """A choice as the form shows it."""

    key: str
    said: Said
    checked: bool
    # By which it stands in the picture.
    letter: str = ""


@dataclass(frozen=True)
class PairLine:
    """A thing to be matched or put in its place, with what there is to choose from."""

    said: Said
    options: tuple[OptionLine, ...]


@dataclass(frozen=True)
class GapLine:
    """A stretch of a text and the gap behind it: its number, 0 where the text ends."""

    text: str
    n: int
    key: str
    typed: str


@dataclass(frozen=True)
class QuestionScreen:
    """One question of an open attempt."""

    frame: Frame
    n: int
    stem: Said
    takes_several: bool
    is_typed: bool
    is_free: bool
    is_number: bool
    typed: str
    options: tuple[OptionLine, ...]
    pairs: tuple[PairLine, ...]
    is_order: bool
    gaps: tuple[GapLine, ...]
    trail: tuple[Waypoint, ...]
    answered: int
    unanswered: int
    saved: str
    action_url: str
    next_url: str
    previous_url: str
    review_url: str
    is_last: bool
    picture: Pictured | None = None
    error: str = ""


@dataclass(frozen=True)
class ReviewScreen:
    """All questions of an open attempt, before it is handed in."""

    frame: Frame
    trail: tuple[Waypoint, ...]
    missing: tuple[Waypoint, ...]
    answered: int
    unanswered: int
    submit_url: str
    last_url: str


def question_screen(
    *, attempt: Attempt, n: int, error: str = "", refused: Sequence[str] | None = None
) -> QuestionScreen | None:
    """Return question `n` (from 1) of an attempt, or None where the quiz has no such question.

    `refused` is what was typed and not taken: it stands in its field again, to be mended.
    """
    read = sheet(attempt)
    total = len(read.quiz.questions)
    if not 1 <= n <= total:
        return None
    question = read.quiz.questions[n - 1]
    typed = read.chosen(question.key) if refused is None else refused
    trail = _trail(read, current=n)
    answered = sum(read.is_answered(each.key) for each in read.quiz.questions)
    return QuestionScreen(
        frame=frame(read),
        n=n,
        stem=read.said(question.asked),
        takes_several=question.takes_several,
        is_typed=question.is_typed,
        is_free=question.is_free,
        is_number=question.kind is Kind.NUMBER,
        typed=next(iter(typed), ""),
        options=_options(read, question) if question.is_chosen else (),
        gaps=_gaps(read, question, typed) if question.is_gapped else (),
        pairs=_pairs(read, question) if question.is_paired else (),
        is_order=question.kind is Kind.ORDER,
        trail=trail,
        answered=answered,
        unanswered=total - answered,
        saved=_saved(read, question),
        action_url=read.question_url(n),
        next_url=read.question_url(n + 1) if n < total else read.url("review"),
        previous_url=read.question_url(n - 1) if n > 1 else "",
        review_url=read.url("review"),
        is_last=n == total,
        picture=pictured(question, read.quiz.shown(question, attempt.seed), read.said),
        error=error,
    )


def review_screen(*, attempt: Attempt) -> ReviewScreen:
    """Return the look over all questions, with those that have no answer."""
    read = sheet(attempt)
    trail = _trail(read)
    missing = tuple(point for point in trail if point.state == "ahead")
    return ReviewScreen(
        frame=frame(read),
        trail=trail,
        missing=missing,
        answered=len(trail) - len(missing),
        unanswered=len(missing),
        submit_url=read.url("submit"),
        last_url=read.question_url(len(trail)),
    )


def resume_url(*, attempt: Attempt) -> str:
    """Return where to go on: the first question without an answer, the look over all, or the result."""
    read = sheet(attempt)
    if attempt.submitted_at is not None:
        return read.url("result")
    ahead = next((n for n, each in enumerate(read.quiz.questions, 1) if not read.is_answered(each.key)), None)
    return read.question_url(ahead) if ahead else read.url("review")


def _trail(read: Sheet, current: int = 0) -> tuple[Waypoint, ...]:
    return tuple(
        Waypoint(n, _state(read, question, n == current), read.question_url(n), read.said(question.asked))
        for n, question in enumerate(read.quiz.questions, 1)
    )


def _state(read: Sheet, question: QuestionContent, is_current: bool) -> str:
    if is_current:
        return "current"
    return "done" if read.is_answered(question.key) else "ahead"


def _options(read: Sheet, question: QuestionContent) -> tuple[OptionLine, ...]:
    chosen = read.chosen(question.key)
    shown = read.quiz.shown(question, read.attempt.seed)
    return tuple(
        OptionLine(choice.key, read.said(choice.texts), choice.key in chosen, letter_of(question, place))
        for place, choice in enumerate(shown)
    )


def _pairs(read: Sheet, question: QuestionContent) -> tuple[PairLine, ...]:
    chosen, seed = read.chosen(question.key), read.attempt.seed
    things = question.shown(seed) if question.kind is Kind.ORDER else question.things
    partners = question.partners(seed)
    return tuple(
        PairLine(
            read.said(thing.texts),
            tuple(
                OptionLine(key, read.said(partner.texts), key in chosen)
                for partner in partners
                for key in [f"{thing.key}:{partner.key}"]
            ),
        )
        for thing in things
    )


def _gaps(read: Sheet, question: QuestionContent, given: Sequence[str]) -> tuple[GapLine, ...]:
    typed, gaps = typed_by_gap(given), question.choices
    return tuple(
        GapLine(text, n, gaps[n - 1].key, typed.get(gaps[n - 1].key, "")) if n else GapLine(text, 0, "", "")
        for text, n in pieces(read.said(question.stems).text)
    )


def _saved(read: Sheet, question: QuestionContent) -> str:
    answer = read.answers.get(question.key)
    return saved_words(answer.answered_at) if answer and answer.chosen else ""
