"""What a frozen quiz consists of: plain, immutable data with an exact round trip to JSON.

Keys stay for ever. A question's key is the `translation_key` of its snippet; a choice's key is the id of its block in
the StreamField. A copied question keeps its block ids under a new `translation_key`, so that a choice is named by
both keys together, never by its own alone. Texts are given by language code.
"""

from __future__ import annotations

import hashlib
import json
import random
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from assessments.gaps import is_filled_well, typed_by_gap, without_numbers
from assessments.marking import Rule
from assessments.typed import is_within, plain
from programme.scope import Reader, Scope, concerns

Texts = Mapping[str, str]


class Kind(StrEnum):
    """How a question is answered; the values are those of `models.QuestionKind`."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    SHORT = "short"
    NUMBER = "number"
    MATCH = "match"
    ORDER = "order"
    CLOZE = "cloze"
    FREE = "free"
    AREA = "area"


TYPED = frozenset({Kind.SHORT, Kind.NUMBER})
PAIRED = frozenset({Kind.MATCH, Kind.ORDER})
RULES = {
    Kind.SINGLE: Rule.ONE,
    Kind.TRUE_FALSE: Rule.ONE,
    Kind.MULTIPLE: Rule.SEVERAL,
    Kind.SHORT: Rule.TYPED,
    Kind.NUMBER: Rule.TYPED,
    Kind.MATCH: Rule.PAIRS,
    Kind.ORDER: Rule.SEQUENCE,
    Kind.CLOZE: Rule.GAPS,
    Kind.FREE: Rule.RUBRIC,
    Kind.AREA: Rule.ONE,
}


@dataclass(frozen=True)
class Said:
    """A text in the language in which it could be had."""

    text: str
    language: str


@dataclass(frozen=True)
class ChoiceContent:
    """One choice as it was frozen; of a question that is answered by typing, an answer that may come.

    `tolerance` is by how much a number may differ; `match` is what goes with it where things are matched; `area` is
    its place in the question's picture, as `assessments.areas` reads it.
    """

    key: str
    texts: Texts
    correct: bool
    feedback: Texts = field(default_factory=dict)
    tolerance: str = ""
    match: Texts = field(default_factory=dict)
    area: str = ""

    def is_met(self, kind: Kind, text: str) -> bool:
        """Say whether somebody typed this answer, in whatever language the quiz has."""
        if kind is Kind.NUMBER:
            return any(is_within(text, each, self.tolerance) for each in self.texts.values())
        return plain(text) in {plain(each) for each in self.texts.values()}

    def to_json(self) -> dict[str, Any]:
        """Return plain data for a JSON field."""
        return {
            "key": self.key,
            "texts": dict(self.texts),
            "correct": self.correct,
            "feedback": dict(self.feedback),
            # Only where there is one: what was frozen before there were such questions keeps its fingerprint.
            **({"tolerance": self.tolerance} if self.tolerance else {}),
            **({"match": dict(self.match)} if self.match else {}),
            **({"area": self.area} if self.area else {}),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ChoiceContent:
        """Read what `to_json` wrote."""
        return cls(
            key=data["key"],
            texts=dict(data["texts"]),
            correct=data["correct"],
            feedback=dict(data["feedback"]),
            tolerance=data.get("tolerance", ""),
            match=dict(data.get("match", {})),
            area=data.get("area", ""),
        )


@dataclass(frozen=True)
class PictureContent:
    """The picture of a question as it stood: its key in the library, the digest of its file, its size in pixels, and
    in each language what it shows for whoever does not see it.
    """

    pk: int
    digest: str
    width: int
    height: int
    alts: Texts

    @property
    def ratio(self) -> float:
        """Return its height by its width."""
        return self.height / self.width

    def to_json(self) -> dict[str, Any]:
        """Return plain data for a JSON field."""
        return {
            "pk": self.pk,
            "digest": self.digest,
            "width": self.width,
            "height": self.height,
            "alts": dict(self.alts),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> PictureContent:
        """Read what `to_json` wrote."""
        return cls(data["pk"], data["digest"], data["width"], data["height"], dict(data["alts"]))


@dataclass(frozen=True)
class Partner:
    """What goes with a thing that is matched, or the place that it takes."""

    key: str
    texts: Texts


def _first(texts: Texts) -> str:
    return next(iter(texts.values()), "")


@dataclass(frozen=True)
class QuestionContent:
    """One question as it was frozen, with its key. Each question is worth one point."""

    key: uuid.UUID
    kind: Kind
    stems: Texts
    choices: tuple[ChoiceContent, ...]
    explanations: Texts = field(default_factory=dict)
    sources: str = ""
    objective: str = ""
    level: str = ""
    countries: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    picture: PictureContent | None = None

    @property
    def scope(self) -> Scope:
        """Whom the question is asked of."""
        return Scope.of(self.countries, self.routes)

    @property
    def signature(self) -> str:
        """What decides whether two versions ask the same: its words and its key, not its explanation."""
        names = ("key", "texts", "correct", "tolerance", "match", "area")
        told = self.to_json()
        choices = [[choice.get(name) for name in names if name in choice] for choice in told["choices"]]
        return json.dumps([told["stems"], choices], sort_keys=True)

    @property
    def asked(self) -> Texts:
        """The question as it is read where it is not answered: gaps stand as blanks, without their numbers."""
        if not self.is_gapped:
            return self.stems
        return {code: without_numbers(text) for code, text in self.stems.items()}

    @property
    def answer_keys(self) -> tuple[str, ...]:
        """The keys that may be chosen, in the question's own order.

        Of what is matched they are «thing:partner», of what is put in order «thing:place».
        """
        if self.is_paired:
            partners = [partner.key for partner in self.partners()]
            return tuple(f"{thing.key}:{partner}" for thing in self.things for partner in partners)
        return tuple(choice.key for choice in self.choices)

    @property
    def choice_keys(self) -> frozenset[str]:
        """The keys that may be chosen."""
        return frozenset(self.answer_keys)

    @property
    def right_keys(self) -> frozenset[str]:
        """The keys that ought to be chosen."""
        if self.kind is Kind.ORDER:
            return frozenset(f"{thing.key}:{place}" for place, thing in enumerate(self.things, 1))
        if self.kind is Kind.MATCH:
            return frozenset(f"{thing.key}:{self._partner_of(thing)}" for thing in self.things)
        if self.is_gapped or self.is_free:
            return frozenset(choice.key for choice in self.choices)
        return frozenset(choice.key for choice in self.choices if choice.correct)

    @property
    def rule(self) -> Rule:
        """How its point is parted."""
        return RULES[self.kind]

    @property
    def is_paired(self) -> bool:
        """Whether each thing is given a partner or a place."""
        return self.kind in PAIRED

    @property
    def things(self) -> tuple[ChoiceContent, ...]:
        """What is matched or put in order. Where some are marked correct, the others only lend their partners."""
        marked = tuple(choice for choice in self.choices if choice.correct)
        return marked if marked and self.kind is Kind.MATCH else self.choices

    def partners(self, seed: int | None = None) -> tuple[Partner, ...]:
        """Return what may go with a thing, each once, in the order of the attempt with `seed`; or the places.

        They are always shuffled for her: in the author's order each would stand where its thing does.
        """
        if self.kind is Kind.ORDER:
            places = range(1, len(self.choices) + 1)
            return tuple(Partner(str(place), {"": str(place)}) for place in places)
        found: dict[str, Partner] = {}
        for choice in self.choices:
            found.setdefault(_first(choice.match), Partner(self._partner_of(choice), choice.match))
        order = list(found.values())
        if seed is not None:
            random.Random(f"{seed}:{self.key}:partners").shuffle(order)  # noqa: S311 - an order, not a secret
        return tuple(order)

    def _partner_of(self, thing: ChoiceContent) -> str:
        """Called by its words: the key of the thing would tell on the page what goes with what."""
        return hashlib.sha256(f"{self.key}/{_first(thing.match)}".encode()).hexdigest()[:12]

    def is_whole(self, chosen: Sequence[str]) -> bool:
        """Say whether nothing is left to be answered."""
        return len(chosen) >= len(self.things) if self.is_paired or self.is_gapped else any(chosen)

    @property
    def takes_several(self) -> bool:
        """Whether more than one choice may be marked."""
        return self.kind is Kind.MULTIPLE

    @property
    def is_typed(self) -> bool:
        """Whether it is answered by typing."""
        return self.kind in TYPED

    @property
    def is_chosen(self) -> bool:
        """Whether it is answered by marking choices."""
        return not (self.is_typed or self.is_paired or self.is_gapped or self.is_free)

    @property
    def is_free(self) -> bool:
        """Whether it is answered in one's own words, which a person reads: its choices are the criteria of a rubric."""
        return self.kind is Kind.FREE

    @property
    def is_gapped(self) -> bool:
        """Whether words are typed into the gaps of a text."""
        return self.kind is Kind.CLOZE

    def meant(self, chosen: Iterable[str]) -> frozenset[str]:
        """Return the keys of the choices that an answer is: those chosen, the first that was typed, or the gaps that
        were filled well.

        What is right goes before what is wrong: tolerances may overlap.
        """
        if self.is_gapped:
            typed = typed_by_gap(chosen)
            answers = {choice.key: choice.texts.values() for choice in self.choices}
            return frozenset(
                key for key in answers if key in typed and is_filled_well(typed[key], answers[key])
            )
        if not self.is_typed:
            return self.choice_keys.intersection(chosen)
        likely = sorted(self.choices, key=lambda choice: not choice.correct)
        met = (choice.key for text in chosen for choice in likely if choice.is_met(self.kind, text))
        return frozenset([first]) if (first := next(met, None)) else frozenset()

    def shown(self, seed: int) -> tuple[ChoiceContent, ...]:
        """Return the choices in the order in which the attempt with `seed` shows them, each time the same.

        «True» and «false» keep the author's order: two words that everybody expects in one order only confuse
        when they change places.
        """
        if self.kind is Kind.TRUE_FALSE:
            return self.choices
        order = list(self.choices)
        random.Random(f"{seed}:{self.key}").shuffle(order)  # noqa: S311 - an order, not a secret
        return tuple(order)

    def to_json(self) -> dict[str, Any]:
        """Return plain data for a JSON field."""
        return {
            "key": str(self.key),
            "kind": self.kind.value,
            "stems": dict(self.stems),
            "choices": [choice.to_json() for choice in self.choices],
            "explanations": dict(self.explanations),
            "sources": self.sources,
            "objective": self.objective,
            "level": self.level,
            # Only where there is one: a quiz frozen before questions had a scope keeps its fingerprint.
            **({"countries": list(self.countries)} if self.countries else {}),
            **({"routes": list(self.routes)} if self.routes else {}),
            **({"picture": self.picture.to_json()} if self.picture else {}),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> QuestionContent:
        """Read what `to_json` wrote."""
        return cls(
            key=uuid.UUID(data["key"]),
            kind=Kind(data["kind"]),
            stems=dict(data["stems"]),
            choices=tuple(ChoiceContent.from_json(choice) for choice in data["choices"]),
            explanations=dict(data["explanations"]),
            sources=data["sources"],
            objective=data["objective"],
            level=data["level"],
            countries=tuple(data.get("countries", ())),
            routes=tuple(data.get("routes", ())),
            picture=PictureContent.from_json(data["picture"]) if data.get("picture") else None,
        )


@dataclass(frozen=True)
class Draw:
    """So many of these questions, others at each attempt."""

    number: int
    keys: tuple[uuid.UUID, ...]


@dataclass(frozen=True)
class QuizContent:
    """A quiz as it was frozen: questions in order, pass mark in % and attempts as its author set them."""

    key: uuid.UUID
    source_language: str
    titles: Texts
    pass_mark: int
    max_attempts: int
    shuffle: bool
    questions: tuple[QuestionContent, ...]
    draws: tuple[Draw, ...] = ()

    def said(self, texts: Texts, language: str) -> Said:
        """Return the text in `language`, or in the language in which the quiz was written."""
        for code in (language, self.source_language):
            if texts.get(code):
                return Said(texts[code], code)
        return Said(next(iter(texts.values()), ""), next(iter(texts), self.source_language))

    def asked_of(self, reader: Reader, seed: int = 0) -> tuple[QuestionContent, ...]:
        """Return the questions that the attempt with `seed` asks of `reader`: those of the list, then those drawn.

        The same seed draws the same; nobody is asked one twice, and each is of her country.
        """
        hers = {question.key: question for question in self.questions if concerns(question.scope, reader)}
        pooled = {key for draw in self.draws for key in draw.keys}
        asked = [key for key in hers if key not in pooled]
        for place, draw in enumerate(self.draws):
            left = [key for key in draw.keys if key in hers and key not in asked]
            chance = random.Random(f"{seed}:{self.key}:{place}")  # noqa: S311 - an order, not a secret
            asked += chance.sample(left, min(draw.number, len(left)))
        return tuple(hers[key] for key in asked)

    @property
    def asks(self) -> int:
        """How many questions an attempt asks at most."""
        pooled = {key for draw in self.draws for key in draw.keys}
        drawn = sum(min(draw.number, len(draw.keys)) for draw in self.draws)
        return len(self.questions) - len(pooled) + min(drawn, len(pooled))

    def only(self, keys: Iterable[str]) -> QuizContent:
        """Return the quiz with the questions of these keys, in their order."""
        by_key = {str(question.key): question for question in self.questions}
        return replace(self, questions=tuple(by_key[key] for key in keys))

    def position(self, question_key: uuid.UUID) -> int | None:
        """Return the number of a question, from 1, or None when the quiz does not hold it."""
        return next((n for n, question in enumerate(self.questions, 1) if question.key == question_key), None)

    def shown(self, question: QuestionContent, seed: int) -> tuple[ChoiceContent, ...]:
        """Return the choices of `question` in the order of the attempt with `seed`."""
        return question.shown(seed) if self.shuffle else question.choices

    def to_json(self) -> dict[str, Any]:
        """Return plain data for a JSON field."""
        return {
            "key": str(self.key),
            "source_language": self.source_language,
            "titles": dict(self.titles),
            "pass_mark": self.pass_mark,
            "max_attempts": self.max_attempts,
            "shuffle": self.shuffle,
            "questions": [question.to_json() for question in self.questions],
            # Only where there is one: what was frozen before keeps its fingerprint.
            **({"draws": [_draw_json(draw) for draw in self.draws]} if self.draws else {}),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> QuizContent:
        """Read what `to_json` wrote."""
        return cls(
            key=uuid.UUID(data["key"]),
            source_language=data["source_language"],
            titles=dict(data["titles"]),
            pass_mark=data["pass_mark"],
            max_attempts=data["max_attempts"],
            shuffle=data["shuffle"],
            questions=tuple(QuestionContent.from_json(question) for question in data["questions"]),
            draws=tuple(
                Draw(draw["number"], tuple(map(uuid.UUID, draw["keys"]))) for draw in data.get("draws", ())
            ),
        )

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the content, in hexadecimal: the same for the same content, whatever wrote it down."""
        plain = json.dumps(self.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(plain.encode()).hexdigest()


def _draw_json(draw: Draw) -> dict[str, Any]:
    return {"number": draw.number, "keys": [str(key) for key in draw.keys]}
