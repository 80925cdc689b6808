"""What an editor sees before publishing: the very screens of a learner, and what would be left out."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.models import Locale

from assessments.content import Kind, QuestionContent, QuizContent, Said, Texts
from assessments.freezing import LeftOut, compose_from, freeze_question
from assessments.gaps import Piece, pieces
from assessments.models import Question, Quiz
from assessments.queries.pairs import right_lines
from assessments.queries.pictured import Pictured, letter_of, pictured
from assessments.wording import draw_words, left_out_words


@dataclass(frozen=True)
class PreviewedChoice:
    """A choice with its feedback, and whether it is correct: an editor sees the key."""

    key: str
    text: str
    correct: bool
    feedback: str
    letter: str = ""


@dataclass(frozen=True)
class PreviewedQuestion:
    """A question as a learner meets it, followed by what she reads after handing in."""

    n: int
    stem: str
    takes_several: bool
    is_typed: bool
    is_free: bool
    gaps: tuple[Piece, ...]
    pairs: tuple[tuple[str, tuple[str, ...]], ...]
    right: tuple[str, ...]
    choices: tuple[PreviewedChoice, ...]
    explanation: str
    sources: str
    picture: Pictured | None = None


@dataclass(frozen=True)
class Preview:
    """The previewed questions, in the language `language`, and the reasons why others are left out."""

    title: str
    language: str
    questions: tuple[PreviewedQuestion, ...]
    left_out: tuple[str, ...]
    drawn: tuple[str, ...] = ()


def question_preview(*, question: Question) -> Preview:
    """Return one question, saved or not, as it would be frozen."""
    _with_locale(question)
    found = freeze_question(variants=[question])
    code = question.locale.language_code
    if isinstance(found, LeftOut):
        return Preview("", code, (), (left_out_words(found),))
    return Preview("", code, (_previewed(found, 1, code),), ())


def quiz_preview(*, quiz: Quiz) -> Preview:
    """Return a quiz, saved or not, as it would be frozen with the questions published now."""
    _with_locale(quiz)
    composition = compose_from(variants=[quiz])
    code = quiz.locale.language_code
    questions = composition.content.questions if composition.content else ()
    return Preview(
        title=quiz.title,
        language=code,
        questions=tuple(_previewed(question, n, code) for n, question in enumerate(questions, 1)),
        left_out=tuple(left_out_words(each) for each in composition.left_out),
        drawn=_drawn(composition.content),
    )


def _drawn(content: QuizContent | None) -> tuple[str, ...]:
    return tuple(draw_words(draw.number, len(draw.keys)) for draw in (content.draws if content else ()))


def _with_locale(instance: Question | Quiz) -> None:
    """Give a snippet that was never saved the default language: its form sets none before saving."""
    if not instance.locale_id:
        instance.locale = Locale.get_default()


def _previewed(question: QuestionContent, n: int, code: str) -> PreviewedQuestion:
    return PreviewedQuestion(
        n=n,
        stem=_text(question.asked, code),
        takes_several=question.kind is Kind.MULTIPLE,
        is_typed=question.is_typed,
        is_free=question.is_free,
        gaps=tuple(pieces(_text(question.stems, code))) if question.is_gapped else (),
        pairs=_pairs(question, code),
        right=_right(question, code),
        choices=tuple(
            PreviewedChoice(
                choice.key,
                _text(choice.texts, code),
                choice.correct,
                _text(choice.feedback, code),
                letter_of(question, place),
            )
            for place, choice in enumerate(question.choices)
        ),
        explanation=_text(question.explanations, code),
        sources=question.sources,
        picture=pictured(question, question.choices, lambda texts: Said(_text(texts, code), code)),
    )


def _pairs(question: QuestionContent, code: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not question.is_paired:
        return ()
    offered = tuple(_text(partner.texts, code) for partner in question.partners(0))
    return tuple(
        (_text(thing.texts, code), offered) for thing in question.shown(0) if thing in question.things
    )


def _right(question: QuestionContent, code: str) -> tuple[str, ...]:
    if not (question.is_paired or question.is_gapped):
        return ()
    return tuple(said.text for said in right_lines(question, lambda texts: Said(_text(texts, code), code)))


def _text(texts: Texts, code: str) -> str:
    """Return the text in the previewed language, or what a learner would read instead."""
    return texts.get(code) or next(iter(texts.values()), "")
