"""The one table of words for every reason that this room gives, for learners, trainers and the command line."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format, number_format, time_format
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from assessments.answerable import Fault, Option, faults
from assessments.content import Kind
from assessments.drawing import wanted
from assessments.freezing import LeftOut, LeftOutReason
from assessments.marking import MarkReason, RefusalReason, ResultReason
from common.text import has_unverified

if TYPE_CHECKING:
    from fractions import Fraction

    from assessments.models import Question, Quiz

FAULTS: Mapping[Fault, Promise] = {
    Fault.TOO_FEW_CHOICES: gettext_lazy("Write at least two choices."),
    Fault.TOO_MANY_CHOICES: gettext_lazy("Eight choices at most: nobody weighs more."),
    Fault.EMPTY_TEXT: gettext_lazy("A choice has no text."),
    Fault.SAME_TEXT: gettext_lazy("Two choices say the same."),
    Fault.TRUE_FALSE_HAS_TWO: gettext_lazy("True or false has exactly two choices."),
    Fault.ONE_RIGHT: gettext_lazy(
        "Mark exactly one choice as correct, or choose the kind «Several answers»."
    ),
    Fault.SOME_RIGHT: gettext_lazy("Mark at least one choice as correct."),
    Fault.SOME_WRONG: gettext_lazy(
        "Leave at least one choice that is not correct: otherwise there is nothing to weigh."
    ),
    Fault.NO_ANSWER: gettext_lazy("Write at least one answer that may come."),
    Fault.NO_NUMBER: gettext_lazy("Write every answer to a number in digits: 30, 2,5 or -4."),
    Fault.NO_PARTNER: gettext_lazy("Write beside every choice what goes with it."),
    Fault.ONE_PARTNER: gettext_lazy("The same goes with every choice: there is nothing to weigh."),
    Fault.GAPS: gettext_lazy(
        "Write each gap once into the question, as [1], [2] and so on: as many as there are choices."
    ),
    Fault.EMPTY_GAP: gettext_lazy("Write what fills each gap."),
    Fault.NO_CRITERION: gettext_lazy("Write at least one criterion by which the answer is read."),
    Fault.NO_PICTURE: gettext_lazy("Choose the picture in which a place is asked for."),
    Fault.NO_AREA: gettext_lazy("Write beside every choice its place in the picture: three or four numbers."),
    Fault.AREA_OUTSIDE: gettext_lazy("A place reaches beyond the picture: its numbers go from 0 to 100."),
    Fault.AREA_SMALL: gettext_lazy("A place is too small for a finger on a telephone: make it larger."),
    Fault.AREAS_MEET: gettext_lazy("Two places lie over each other: whoever points there would mean both."),
    Fault.BAD_TOLERANCE: gettext_lazy("A tolerance is a number, nought or more: 0,5."),
}

LEFT_OUT: Mapping[LeftOutReason, Promise] = {
    LeftOutReason.TOO_FEW: gettext_lazy("the course's bank has fewer published questions of that kind"),
    LeftOutReason.DELETED: gettext_lazy("it was deleted"),
    LeftOutReason.NOT_PUBLISHED: gettext_lazy("it is not published"),
    LeftOutReason.LISTED_TWICE: gettext_lazy("it stands in the list twice"),
    LeftOutReason.NOTHING_TO_ASK: gettext_lazy("its text is only a claim still to be verified"),
    LeftOutReason.UNANSWERABLE: gettext_lazy("it cannot be answered as learners would see it"),
}

REFUSALS: Mapping[RefusalReason, Promise] = {
    RefusalReason.NO_VERSION: gettext_lazy(
        "This quiz has no published questions yet. Nothing of yours was lost."
    ),
    RefusalReason.NOTHING_FOR_HER: gettext_lazy(
        "This quiz has no questions for your country of work yet. Nothing of yours was lost; tell your facilitator "
        "or the support of this site."
    ),
    RefusalReason.ATTEMPTS_USED_UP: gettext_lazy(
        "You have used all the attempts of this quiz. Its page says how to go on."
    ),
    RefusalReason.ALREADY_PASSED: gettext_lazy(
        "You have already passed this quiz: there is nothing to repeat."
    ),
    RefusalReason.ALREADY_SUBMITTED: gettext_lazy(
        "This quiz was already handed in, perhaps on another device or in another tab. "
        "The answer you have just sent changed nothing; this is your result."
    ),
    RefusalReason.FOREIGN_QUESTION: gettext_lazy(
        "That question is not part of this quiz. Your answers are kept."
    ),
    RefusalReason.FOREIGN_CHOICE: gettext_lazy(
        "That choice is not one of this question's. Your earlier answers are kept: choose again."
    ),
    RefusalReason.ONE_CHOICE_ONLY: gettext_lazy("Choose one answer only. Your earlier answers are kept."),
    RefusalReason.TOO_LONG: gettext_lazy("Write at most 200 characters. What you wrote still stands below."),
    RefusalReason.NO_NUMBER: gettext_lazy(
        "Write a number in digits, without words: 30, 2,5 or -4. What you wrote still stands below."
    ),
    RefusalReason.TOO_LONG_OPEN: gettext_lazy(
        "Write at most 4,000 characters. What you wrote still stands below."
    ),
    RefusalReason.STILL_READ: gettext_lazy(
        "Somebody is still to read what you wrote in this quiz. You can try again once the result is there."
    ),
    RefusalReason.NOT_OPEN_YET: gettext_lazy("This quiz is not open yet. Its page says from when on."),
    RefusalReason.CLOSED: gettext_lazy("This quiz has closed. What you had saved was handed in."),
    RefusalReason.TIME_IS_UP: gettext_lazy(
        "The time was up. What you had saved until then was handed in; the answer you have just sent changed nothing."
    ),
}

MARKS: Mapping[MarkReason, Promise] = {
    MarkReason.RIGHT: gettext_lazy("Right"),
    MarkReason.PARTLY: gettext_lazy("Partly right"),
    MarkReason.NOT_YET: gettext_lazy("To look at again"),
    MarkReason.UNANSWERED: gettext_lazy("Not answered"),
    MarkReason.WAITING: gettext_lazy("Waits to be read"),
    MarkReason.DROPPED: gettext_lazy("Does not count any more"),
}

RESULTS: Mapping[ResultReason, Promise] = {
    ResultReason.PASS_MARK_REACHED: gettext_lazy("You passed the quiz"),
    ResultReason.BELOW_PASS_MARK: gettext_lazy("Not yet: a little more is needed"),
    ResultReason.SOME_UNANSWERED: gettext_lazy("Some questions were left without an answer."),
}


def say_refusal(reason: RefusalReason) -> str:
    """Return why an attempt did not begin, or an answer was not taken, in the reader's language."""
    return str(REFUSALS[reason])


def fault_messages(question: Question) -> list[Promise]:
    """Return, in words, what keeps the choices of a question from being answered."""
    options = [
        Option(
            block.value["text"] or "",
            bool(block.value["correct"]),
            block.value.get("tolerance") or "",
            block.value.get("match") or "",
            block.value.get("area") or "",
        )
        for block in question.choices
    ]
    found = faults(Kind(question.kind), options, question.stem, question.picture_ratio)
    return [FAULTS[fault] for fault in found]


CLAIMS_LEFT = gettext_lazy("It holds claims that are still to be verified: it cannot be reviewed already.")


def holds_claims(question: Question) -> bool:
    """Say whether a claim that nobody has verified stands anywhere in a question."""
    texts = [
        question.stem,
        question.explanation,
        question.sources,
        question.objective,
        question.picture_alt,
    ]
    for block in question.choices:
        texts += [block.value.get(name) or "" for name in ("text", "feedback", "match")]
    return any(map(has_unverified, texts))


def duplicate_message(quiz: Quiz) -> str:
    """Return which questions a quiz lists more than once, or nothing. Two translations are one question."""
    listed = [block.value for block in quiz.items if block.value]
    counts = Counter(question.translation_key for question in listed)
    twice = {
        question.translation_key: str(question) for question in listed if counts[question.translation_key] > 1
    }
    if not twice:
        return ""
    return gettext("These questions stand in the list more than once: %(questions)s") % {
        "questions": " · ".join(twice.values())
    }


def vague_draws(quiz: Quiz) -> str:
    """Return what is missing where a draw says neither tag nor objective, or nothing."""
    if all(draw.tag or draw.objective for draw in wanted(quiz)):
        return ""
    return gettext("Say of each draw from which questions: a tag, an objective, or both.")


def draw_words(number: int, found: int) -> str:
    """Return how many questions are drawn from how many."""
    words = ngettext(
        "Each attempt draws %(number)s question at random from %(found)s of those below.",
        "Each attempt draws %(number)s questions at random from %(found)s of those below.",
        number,
    )
    return words % {"number": number, "found": found}


def left_out_words(left_out: LeftOut) -> str:
    """Return which question is not asked, and why."""
    why = [str(LEFT_OUT[left_out.reason]), *(str(FAULTS[fault]) for fault in left_out.faults)]
    return gettext("«%(question)s» is left out: %(why)s") % {"question": left_out.title, "why": " ".join(why)}


def saved_words(at: dt.datetime) -> str:
    """Return «Saved at 21:14 …» in the reader's language; with the date when it was not today."""
    local = timezone.localtime(at)
    time = time_format(local, "H:i")
    if local.date() == timezone.localdate():
        return gettext("Saved at %(time)s. You can leave and come back whenever you like.") % {"time": time}
    return gettext("Saved on %(date)s at %(time)s. You can leave and come back whenever you like.") % {
        "date": date_format(local.date(), "DATE_FORMAT"),
        "time": time,
    }


def points_words(points: Fraction) -> str:
    """Return points in the reader's language, with two decimals at most: «6», «6,5», «6,67»."""
    rounded = round(float(points), 2)
    return number_format(int(rounded) if rounded == int(rounded) else f"{rounded:.2f}".rstrip("0"))
