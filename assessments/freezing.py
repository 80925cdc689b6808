"""What of a quiz can be frozen now: its live questions in every live language, and what is left out and why."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from wagtail.models import Locale

from assessments.answerable import Fault, Option, faults
from assessments.content import (
    ChoiceContent,
    Draw,
    Kind,
    PictureContent,
    QuestionContent,
    QuizContent,
    Texts,
)
from assessments.drawing import pools, wanted
from assessments.gaps import gaps_in
from assessments.models import Question, Quiz
from common.text import without_unverified
from programme.countries import names
from programme.scope import Reader

Localised = TypeVar("Localised", Question, Quiz)


class LeftOutReason(StrEnum):
    """Why a question of a quiz is not asked."""

    DELETED = "deleted"
    NOT_PUBLISHED = "not_published"
    LISTED_TWICE = "listed_twice"
    NOTHING_TO_ASK = "nothing_to_ask"
    UNANSWERABLE = "unanswerable"
    TOO_FEW = "too_few"


@dataclass(frozen=True)
class LeftOut:
    """A question that a quiz lists and does not ask."""

    title: str
    reason: LeftOutReason
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Composition:
    """A quiz as it would be frozen now; `content` is None when nothing of it can be asked."""

    content: QuizContent | None
    left_out: tuple[LeftOut, ...]


def compose(*, quiz: Quiz) -> Composition:
    """Put together the quiz as published, in all its live languages. An unpublished quiz has no content."""
    variants = _source_first(Quiz.objects.filter(translation_key=quiz.translation_key, live=True))
    if not variants:
        return Composition(None, ())
    return compose_from(variants=variants)


def compose_from(*, variants: list[Quiz]) -> Composition:
    """Put together a quiz from its language variants, the source first; they need not be saved."""
    source = variants[0]
    listed = _listed(source)
    live = _live_questions(listed)
    questions: dict[uuid.UUID, QuestionContent] = {}
    left_out: list[LeftOut] = []
    for position, question in enumerate(listed, 1):
        found = _frozen(question, live, position)
        if isinstance(found, QuestionContent) and found.key in questions:
            found = LeftOut(str(question), LeftOutReason.LISTED_TWICE)
        if isinstance(found, LeftOut):
            left_out.append(found)
        else:
            questions[found.key] = found
    draws = _drawn(source, listed, questions, left_out)
    content = _quiz_content(variants, tuple(questions.values()), draws) if questions else None
    return Composition(content, tuple(left_out))


def _drawn(
    source: Quiz,
    listed: list[Question | None],
    questions: dict[uuid.UUID, QuestionContent],
    left_out: list[LeftOut],
) -> tuple[Draw, ...]:
    """Return what is drawn, and add the questions that it may be drawn from to `questions`."""
    fixed = {question.translation_key for question in listed if question}
    found = pools(source, source.locale, [question.pk for question in listed if question])
    live = _live_questions([question for pool in found for question in pool])
    draws = []
    for draw, pool in zip(wanted(source), found, strict=True):
        keys = []
        for position, question in enumerate(pool):
            if question.translation_key in fixed:
                continue
            frozen = questions.get(question.translation_key) or _frozen(question, live, position)
            if isinstance(frozen, QuestionContent):
                questions[frozen.key] = frozen
                keys.append(frozen.key)
        if len(keys) < draw.number:
            which = " · ".join(filter(None, (str(draw.number), draw.tag, draw.objective)))
            left_out.append(LeftOut(which, LeftOutReason.TOO_FEW))
        if keys:
            draws.append(Draw(draw.number, tuple(keys)))
    return tuple(draws)


def countries_without_questions(composition: Composition) -> list[str]:
    """Return the names of the programme's countries whose people the quiz would ask nothing."""
    content = composition.content
    if content is None:
        return []
    return [name for code, name in names().items() if not content.asked_of(Reader(code))]


def freeze_question(*, variants: list[Question]) -> QuestionContent | LeftOut:
    """Return one question from its language variants (the source first) without any claim nobody confirmed."""
    source = variants[0]
    stems = _texts({variant.locale.language_code: variant.stem for variant in variants}, source)
    choices = _choices(variants)
    if not stems:
        return LeftOut(str(source), LeftOutReason.NOTHING_TO_ASK)
    kind = Kind(source.kind)
    source_code = source.locale.language_code
    options = [
        Option(
            choice.texts[source_code],
            choice.correct,
            choice.tolerance,
            choice.match.get(source_code, ""),
            choice.area,
        )
        for choice in choices
    ]
    if kind is Kind.CLOZE:
        stems = _with_the_same_gaps(stems, source_code)
    wrong = faults(kind, options, stems[source_code], source.picture_ratio)
    if wrong:
        return LeftOut(stems[source_code], LeftOutReason.UNANSWERABLE, wrong)
    return QuestionContent(
        key=source.translation_key,
        kind=kind,
        stems=stems,
        choices=choices,
        explanations=_texts({variant.locale.language_code: variant.explanation for variant in variants}),
        sources=without_unverified(source.sources),
        objective=without_unverified(source.objective),
        level=source.level,
        countries=tuple(sorted(source.countries)),
        routes=tuple(sorted(source.routes)),
        picture=_picture(variants),
    )


def _picture(variants: list[Question]) -> PictureContent | None:
    """Return the picture of a question, with what it shows in each language."""
    source = variants[0]
    if source.picture is None:
        return None
    picture = source.picture
    return PictureContent(
        pk=picture.pk,
        digest=picture.get_file_hash(),
        width=picture.width,
        height=picture.height,
        alts=_texts({variant.locale.language_code: variant.picture_alt for variant in variants}),
    )


def _with_the_same_gaps(stems: Texts, source_code: str) -> Texts:
    """Leave out the languages in which a gap is missing: there the text is read as its author wrote it."""
    gaps = sorted(gaps_in(stems[source_code]))
    return {code: text for code, text in stems.items() if sorted(gaps_in(text)) == gaps}


def _source_first(found: Iterable[Localised]) -> list[Localised]:
    """Put the default language first: its key and its order hold for all."""
    default = Locale.get_default().pk
    return sorted(found, key=lambda variant: (variant.locale_id != default, variant.locale_id))


def _listed(source: Quiz) -> list[Question | None]:
    return [block.value for block in source.items]


def _live_questions(listed: Iterable[Question | None]) -> Mapping[uuid.UUID, list[Question]]:
    keys = {question.translation_key for question in listed if question}
    found = Question.objects.filter(translation_key__in=keys, live=True).select_related("locale")
    variants: dict[uuid.UUID, list[Question]] = defaultdict(list)
    for question in _source_first(found):
        variants[question.translation_key].append(question)
    return variants


def _frozen(
    question: Question | None, live: Mapping[uuid.UUID, list[Question]], position: int
) -> QuestionContent | LeftOut:
    if question is None:
        return LeftOut(str(position), LeftOutReason.DELETED)
    variants = live.get(question.translation_key)
    if not variants:
        return LeftOut(str(question), LeftOutReason.NOT_PUBLISHED)
    return freeze_question(variants=variants)


def _quiz_content(
    variants: list[Quiz], questions: tuple[QuestionContent, ...], draws: tuple[Draw, ...]
) -> QuizContent:
    source = variants[0]
    return QuizContent(
        key=source.translation_key,
        source_language=source.locale.language_code,
        titles=_texts({variant.locale.language_code: variant.title for variant in variants}),
        pass_mark=source.pass_mark,
        max_attempts=source.max_attempts,
        shuffle=source.shuffle,
        questions=questions,
        draws=draws,
    )


def _choices(variants: list[Question]) -> tuple[ChoiceContent, ...]:
    """Return the source's choices whose text is more than unverified claims; others lend their words by block id."""
    source, *others = variants
    by_language = {
        variant.locale.language_code: {str(block.id): block.value for block in variant.choices}
        for variant in others
    }
    choices = []
    for number, block in enumerate(source.choices, 1):
        key, code = str(block.id or number), source.locale.language_code
        values = {code: block.value} | {
            code: blocks[key] for code, blocks in by_language.items() if key in blocks
        }
        texts = _texts({code: value["text"] for code, value in values.items()}, source)
        if texts:
            feedback = _texts({code: value["feedback"] for code, value in values.items()})
            tolerance = (block.value.get("tolerance") or "").strip() if source.kind == Kind.NUMBER else ""
            match = _matches(values, source)
            area = (block.value.get("area") or "").strip() if source.kind == Kind.AREA else ""
            choices.append(
                ChoiceContent(key, texts, bool(block.value["correct"]), feedback, tolerance, match, area)
            )
    return tuple(choices)


def _matches(values: Mapping[str, Any], source: Question) -> Texts:
    if source.kind != Kind.MATCH:
        return {}
    return _texts({code: value.get("match") or "" for code, value in values.items()}, source)


def _texts(written: Mapping[str, str], source: Question | None = None) -> Texts:
    """Return what learners may read in each language; nothing at all when the source's text is only a claim."""
    seen = {code: without_unverified(text or "").strip() for code, text in written.items()}
    if source is not None and not seen[source.locale.language_code]:
        return {}
    return {code: text for code, text in seen.items() if text}
