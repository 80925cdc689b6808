"""What this room knows about a person: for her download, and what becomes of it when she asks to be forgotten."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts import privacy
from accounts.models import Person
from assessments.content import QuestionContent, QuizContent, Said, Texts
from assessments.gaps import accepted, typed_by_gap
from assessments.models import Accommodation, Attempt, AttemptAnswer, Handover
from assessments.queries.pairs import answer_lines


def register() -> None:
    """Add this room's part to the registry."""
    labels = {
        "attempts": _("Attempts"),
        "quiz": _("Quiz"),
        "number": _("Number of the attempt"),
        "started_at": _("Begun"),
        "submitted_at": _("Handed in"),
        "points": _("Points"),
        "max_points": _("Points that could be had"),
        "passed": _("Passed"),
        "answers": _("Answers"),
        "question": _("Question"),
        "chosen": _("Chosen"),
        "answered_at": _("Answered"),
        "comment": _("What whoever read it wrote to you"),
        "handed_over": _("Told to the safeguarding contact"),
        "at": _("On"),
        "more_time": _("More time for quizzes"),
        "extra_percent": _("Longer, in %"),
        "given_at": _("Since"),
        "ended_at": _("Until"),
    }
    locked = "who keeps it from being changed meanwhile"
    signed_in = "that another record of hers was signed in when she began it; the row is told as hers"
    privacy.note_acts(
        {
            "assessments.AttemptAnswer.read_by": "who read her open answer; the row is told as hers",
            "assessments.Handover.by": "who told the safeguarding contact; the row is told as hers",
            "assessments.Accommodation.given_by": "who gave more time; the row is told as hers who has it",
            "assessments.Regrade.by": "who had a bad question marked otherwise, a fact of the quiz",
            "assessments.Question.locked_by": locked,
            "assessments.Quiz.locked_by": locked,
            "assessments.Attempt.signed_in_as": signed_in,
        }
    )
    privacy.register(
        "assessments",
        export=export,
        erase=erase,
        title=_("My quizzes"),
        labels=labels,
        covers={
            "assessments.Attempt.person",
            "assessments.Accommodation.person",
            "assessments.Handover.person",
        },
        kept=[_("The marks of your quizzes, without your name: a completed course rests on them.")],
    )


GONE = "…"


def export(person: Person) -> dict[str, Any]:
    """Return her attempts with every answer, in the words that she saw."""
    attempts = Attempt.objects.of(person).select_related("version").prefetch_related("answers")
    more_time = Accommodation.objects.filter(person__canonical_id=person.canonical_id)
    return {
        "attempts": [_attempt(attempt) for attempt in attempts],
        "handed_over": list(Handover.objects.filter(person__canonical_id=person.canonical_id).values("at")),
        "more_time": list(more_time.values("extra_percent", "given_at", "ended_at")),
    }


def erase(person: Person) -> None:
    """Leave the rows: once the person's own fields are gone they name nobody. What she typed goes.

    The marks stay because a completion rests on them. Where she typed an answer that the question foresaw, its own
    words stand in place of hers, so that what was counted goes on being counted.
    """
    Accommodation.objects.filter(person__canonical_id=person.canonical_id).delete()
    for attempt in Attempt.objects.of(person).select_related("version").prefetch_related("answers"):
        typed = {
            question.key: question
            for question in attempt.quiz.questions
            if question.is_typed or question.is_gapped or question.is_free
        }
        rows = [answer for answer in attempt.answers.all() if answer.question_key in typed]
        for answer in rows:
            answer.chosen = _foreseen(typed[answer.question_key], answer.chosen)
            answer.comment = ""
        AttemptAnswer.objects.bulk_update(rows, ["chosen", "comment"])


def _foreseen(question: QuestionContent, chosen: list[str]) -> list[str]:
    met = question.meant(chosen)
    if question.is_free:
        return [GONE] if any(chosen) else []
    if question.is_gapped:
        return [
            f"{gap.key}:{accepted(next(iter(gap.texts.values())))[0] if gap.key in met else GONE}"
            for gap in question.choices
            if gap.key in typed_by_gap(chosen)
        ]
    texts = [next(iter(choice.texts.values())) for choice in question.choices if choice.key in met]
    return texts or ([GONE] if any(chosen) else [])


def _attempt(attempt: Attempt) -> dict[str, Any]:
    """Return an attempt with its answers in the order in which the quiz asks."""
    quiz, given = attempt.quiz, {answer.question_key: answer for answer in attempt.answers.all()}
    return {
        "quiz": quiz.said(quiz.titles, quiz.source_language).text,
        "number": attempt.number,
        "started_at": attempt.started_at,
        "submitted_at": attempt.submitted_at,
        "points": float(attempt.points) if attempt.points is not None else None,
        "max_points": float(attempt.max_points) if attempt.max_points is not None else None,
        "passed": attempt.passed,
        "answers": [
            _answer(quiz, question, given[question.key])
            for question in quiz.questions
            if question.key in given
        ],
    }


def _answer(quiz: QuizContent, question: QuestionContent, answer: AttemptAnswer) -> dict[str, Any]:
    def say(texts: Texts) -> Said:
        return quiz.said(texts, quiz.source_language)

    return {
        "question": quiz.said(question.asked, quiz.source_language).text,
        "chosen": [line.said.text for line in answer_lines(question, answer.chosen, say)],
        "answered_at": answer.answered_at,
        "comment": answer.comment,
    }
