"""The words of an answer: what was marked, typed, matched or put in order, each in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assessments.content import ChoiceContent, Kind, Partner, QuestionContent, Said, Texts
from assessments.gaps import accepted, typed_by_gap

Say = Callable[[Texts], Said]


@dataclass(frozen=True)
class AnswerLine:
    """A part of an answer, with what its author tells those who answer so."""

    said: Said
    feedback: Said


def answer_lines(question: QuestionContent, chosen: Iterable[str], say: Say) -> tuple[AnswerLine, ...]:
    """Return what somebody answered, line by line."""
    chosen = list(chosen)
    if question.is_free:
        return tuple(AnswerLine(Said(text, ""), Said("", "")) for text in chosen)
    if question.is_typed:
        return _typed(question, chosen, say)
    if question.is_gapped:
        return _filled(question, chosen, say)
    if question.is_paired:
        return _paired(question, chosen, say)
    return tuple(
        AnswerLine(say(choice.texts), say(choice.feedback))
        for choice in question.choices
        if choice.key in chosen
    )


def right_lines(question: QuestionContent, say: Say) -> tuple[Said, ...]:
    """Return what would have been right."""
    if question.is_free:
        return ()
    if question.is_paired:
        return tuple(line.said for line in _paired(question, list(question.right_keys), say))
    if question.is_gapped:
        return tuple(_first_accepted(n, say(gap.texts)) for n, gap in enumerate(question.choices, 1))
    return tuple(say(choice.texts) for choice in question.choices if choice.correct)


def _typed(question: QuestionContent, chosen: list[str], say: Say) -> tuple[AnswerLine, ...]:
    """Her own words: nobody knows in which language."""
    met = question.meant(chosen)
    told = next((say(each.feedback) for each in question.choices if each.key in met), Said("", ""))
    return tuple(AnswerLine(Said(text, ""), told) for text in chosen)


def _filled(question: QuestionContent, chosen: list[str], say: Say) -> tuple[AnswerLine, ...]:
    """Her own words for each gap; what its author says is read by whoever did not fill it well."""
    typed, well = typed_by_gap(chosen), question.meant(chosen)
    return tuple(
        AnswerLine(
            Said(f"[{n}] {typed[gap.key]}", ""), Said("", "") if gap.key in well else say(gap.feedback)
        )
        for n, gap in enumerate(question.choices, 1)
        if gap.key in typed
    )


def _first_accepted(n: int, said: Said) -> Said:
    return Said(f"[{n}] {next(iter(accepted(said.text)), '')}", said.language)


def _paired(question: QuestionContent, chosen: list[str], say: Say) -> tuple[AnswerLine, ...]:
    partners = {partner.key: partner for partner in question.partners()}
    things = {thing.key: thing for thing in question.things}
    parted = [(things[thing], partners[key]) for thing, _, key in (each.rpartition(":") for each in chosen)]
    if question.kind is Kind.ORDER:
        parted.sort(key=lambda pair: int(pair[1].key))
    else:
        parted.sort(key=lambda pair: question.things.index(pair[0]))
    return tuple(
        AnswerLine(_both(question, thing, partner, say), say(thing.feedback)) for thing, partner in parted
    )


def _both(question: QuestionContent, thing: ChoiceContent, partner: Partner, say: Say) -> Said:
    one, other = say(thing.texts), say(partner.texts)
    words = f"{other.text}. {one.text}" if question.kind is Kind.ORDER else f"{one.text}: {other.text}"
    return Said(words, one.language)
