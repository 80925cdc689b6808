"""A question between two programs: plain data, with what could not be kept of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from enum import StrEnum

from assessments.content import Kind


class Why(StrEnum):
    """Why a question is changed or refused, or a whole file is. The wording stands in `assessments.exchange.words`."""

    # Of a question that is taken.
    FORMATTING = "formatting"
    PICTURES = "pictures"
    NO_ALT = "no_alt"
    PARTIAL = "partial"
    SEVERAL_RULE = "several_rule"
    GRADE = "grade"
    WILDCARD = "wildcard"
    CASE = "case"
    UNITS = "units"
    COMMON_FEEDBACK = "common_feedback"
    HINTS = "hints"
    GRADING = "grading"
    GAP_WEIGHTS = "gap_weights"
    GAP_FEEDBACK = "gap_feedback"
    GAP_TOLERANCE = "gap_tolerance"
    GAPS_CHOSEN = "gaps_chosen"
    NO_RUBRIC = "no_rubric"
    PROCESSING = "processing"
    SHAPE = "shape"
    ALREADY = "already"
    PLACES_DRAGGED = "places_dragged"
    FEEDBACK_LOST = "feedback_lost"
    RUBRIC_LOST = "rubric_lost"
    # Of a question that is not.
    UNKNOWN_TYPE = "unknown_type"
    NO_QUESTION = "no_question"
    BROKEN = "broken"
    NO_KEY = "no_key"
    MIXED_GAPS = "mixed_gaps"
    BAD_PICTURE = "bad_picture"
    SEVERAL_TASKS = "several_tasks"
    NOT_ALLOWED = "not_allowed"
    NOT_HELD = "not_held"
    # Of a file.
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    ENCODING = "encoding"
    NO_XML = "no_xml"
    ENTITIES = "entities"
    OTHER_FORMAT = "other_format"
    NO_PACKAGE = "no_package"
    SWELLS = "swells"
    EMPTY = "empty"


class BadFile(Exception):
    """A file is not read: nothing of it is taken. `where` is the line, or the part of an archive."""

    def __init__(self, why: Why, where: str = "") -> None:
        super().__init__(f"{why}: {where}")
        self.why, self.where = why, where


class Refused(Exception):
    """A question cannot be taken."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(f"{why}: {detail}")
        self.why, self.detail = why, detail


@dataclass(frozen=True)
class Picture:
    """A picture within a question: its file's name and bytes, and what it shows."""

    name: str
    data: bytes
    alt: str = ""


@dataclass(frozen=True)
class ItemChoice:
    """A choice, an accepted answer, a thing with its partner, a gap, a criterion or a place; by the question's kind."""

    text: str
    correct: bool = False
    feedback: str = ""
    match: str = ""
    tolerance: str = ""
    area: str = ""


@dataclass
class Item:
    """A question. `type` is how its file calls it; `key` names it among programs like this one."""

    name: str
    type: str
    kind: Kind
    stem: str
    choices: list[ItemChoice] = field(default_factory=list)
    explanation: str = ""
    picture: Picture | None = None
    objective: str = ""
    level: str = ""
    sources: str = ""
    evidence: str = ""
    countries: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    key: uuid.UUID | None = None
    language: str = "es"
    notes: list[Why] = field(default_factory=list)
    # What its tags say besides, of its own type.
    said: dict[str, str] = field(default_factory=dict)

    def note(self, why: Why) -> None:
        """Note once what could not be kept."""
        if why not in self.notes:
            self.notes.append(why)


@dataclass(frozen=True)
class Unread:
    """A question that is not taken, and why; `detail` says what of it."""

    name: str
    type: str
    why: Why
    detail: str = ""


Read = Item | Unread

NAME_CHARACTERS = 80


def name_of(text: str) -> str:
    """Return the beginning of a question, by which it is named where it has no name."""
    words = " ".join(text.split())
    return words if len(words) <= NAME_CHARACTERS else f"{words[: NAME_CHARACTERS - 1]}…"


def key_in(text: str) -> uuid.UUID | None:
    """Return the key that a file says of a question; None where it is none of ours."""
    try:
        return uuid.UUID(text.strip())
    except ValueError:
        return None
