"""The rule of readiness: what is missing before a course can be published, and what is worth a look. Pure.

It refuses nothing. The one thing without which nothing is published is the code, and that is refused elsewhere, in
words; everything here informs the trainer, who decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from common.text import fold
from courses.manifest import AFTER, BEFORE

if TYPE_CHECKING:
    from courses.manifest import Activity

WORDS_AT_LEAST = 600
WORDS_AT_MOST = 1200
OBJECTIVES_AT_MOST = 5
# Matched questions of a pair; fewer tell little of what was learned.
PAIRED_AT_LEAST = 8
# Verbs that nobody can see somebody do; folded, as `common.text.fold` leaves them.
VAGUE = frozenset(
    "aprender aprende comprender comprende concientizar conocer conoce entender entiende familiarizarse "
    "reflexionar saber sabe sensibilizar sensibilizarse valorar know learn understand connaitre comprendre".split()
)


class Check(StrEnum):
    """What is looked at, in the order in which a trainer works."""

    CODE = "code"
    SUMMARY = "summary"
    OBJECTIVES = "objectives"
    AUDIENCE = "audience"
    LESSONS = "lessons"
    LENGTH = "length"
    QUIZ = "quiz"
    QUESTIONS = "questions"
    PICTURES = "pictures"
    RECORDINGS = "recordings"
    CARE = "care"
    SOURCES = "sources"
    REVIEW = "review"
    CLAIMS = "claims"
    PUBLISHED = "published"


class State(StrEnum):
    """How a check stands."""

    MISSING = "missing"
    LOOK = "look"
    DONE = "done"


class Reason(StrEnum):
    """Why something is missing or worth a look. The wording stands in `courses.staff.readiness_words`."""

    NO_CODE = "no_code"
    NO_SUMMARY = "no_summary"
    NO_OBJECTIVE = "no_objective"
    VAGUE_OBJECTIVE = "vague_objective"
    MANY_OBJECTIVES = "many_objectives"
    NO_AUDIENCE = "no_audience"
    NO_LESSON = "no_lesson"
    EMPTY_LESSON = "empty_lesson"
    SHORT_LESSON = "short_lesson"
    LONG_LESSON = "long_lesson"
    NO_QUIZ = "no_quiz"
    QUIZ_NOT_CHOSEN = "quiz_not_chosen"
    PAIR_INCOMPLETE = "pair_incomplete"
    PAIR_SHORT = "pair_short"
    PAIR_OBJECTIVES = "pair_objectives"
    QUIZ_NOT_PUBLISHED = "quiz_not_published"
    QUIZ_ASKS_NOTHING = "quiz_asks_nothing"
    QUESTION_LEFT_OUT = "question_left_out"
    NO_EXPLANATION = "no_explanation"
    PICTURE_WITHOUT_WORDS = "picture_without_words"
    NO_TRANSCRIPT = "no_transcript"
    NO_NEUTRAL_NAME = "no_neutral_name"
    NO_CONTENT_NOTE = "no_content_note"
    NO_EQUIVALENT = "no_equivalent"
    NO_SOURCE = "no_source"
    LESSON_WITHOUT_SOURCE = "lesson_without_source"
    NO_OWNER = "no_owner"
    NEVER_REVIEWED = "never_reviewed"
    NO_NEXT_REVIEW = "no_next_review"
    REVIEW_PAST = "review_past"
    CLAIM = "claim"
    NOTHING_PUBLISHED = "nothing_published"
    NO_MODULE_PUBLISHED = "no_module_published"
    NOT_PUBLISHED = "not_published"
    DRAFT_CHANGES = "draft_changes"
    COURSE_NOT_PUBLISHED = "course_not_published"


# What only deserves a look: a course may well go without it.
HINTS = frozenset(
    {
        Reason.VAGUE_OBJECTIVE,
        Reason.MANY_OBJECTIVES,
        Reason.SHORT_LESSON,
        Reason.LONG_LESSON,
        Reason.NO_QUIZ,
        Reason.PAIR_SHORT,
        Reason.QUESTION_LEFT_OUT,
        Reason.NO_EXPLANATION,
        Reason.LESSON_WITHOUT_SOURCE,
        Reason.CLAIM,
        Reason.NOT_PUBLISHED,
        Reason.DRAFT_CHANGES,
        Reason.COURSE_NOT_PUBLISHED,
    }
)


class Thing(StrEnum):
    """What a place is, so that the screen knows where it is mended."""

    PAGE = "page"
    NEW_MODULE = "new_module"
    NEW_LESSON = "new_lesson"
    NEW_QUIZ = "new_quiz"
    QUIZ = "quiz"
    QUESTION = "question"
    RECORDING = "recording"


@dataclass(frozen=True)
class Place:
    """The very place to mend: a thing, and within it the field or block `anchor`. `detail` quotes what is meant."""

    thing: Thing
    pk: int
    title: str
    detail: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class LessonFacts:
    """A lesson as its newest draft has it."""

    place: Place
    live: bool
    changed: bool
    words: int
    minutes: int
    activity: Activity | None = None
    skippable: bool = False
    equivalent: bool = False
    sources: bool = True
    pictures_without_words: tuple[Place, ...] = ()
    claims: tuple[Place, ...] = ()


@dataclass(frozen=True)
class QuizFacts:
    """A quiz page with the quiz that it asks. `asks` is how many questions could be frozen now."""

    place: Place
    live: bool
    changed: bool
    minutes: int = 0
    activity: Activity | None = None
    quiz: Place | None = None
    quiz_live: bool = False
    asks: int = 0
    left_out: tuple[Place, ...] = ()
    unexplained: tuple[Place, ...] = ()
    claims: tuple[Place, ...] = ()
    # Before or after the course; and the objectives of the questions that could be frozen now.
    moment: str = ""
    objectives: frozenset[str] = frozenset()


@dataclass(frozen=True)
class CourseFacts:
    """A course as its newest drafts have it."""

    place: Place
    live: bool
    changed: bool
    code: str = ""
    summary: str = ""
    objectives: tuple[str, ...] = ()
    audience: int = 0
    sensitive: bool = False
    neutral_name: str = ""
    content_note: bool = False
    sources: int = 0
    review_date: dt.date | None = None
    next_review_date: dt.date | None = None
    review_owner: str = ""
    modules: tuple[tuple[Place, bool, bool], ...] = ()
    lessons: tuple[LessonFacts, ...] = ()
    quizzes: tuple[QuizFacts, ...] = ()
    silent_recordings: tuple[Place, ...] = ()
    claims: tuple[Place, ...] = ()

    @property
    def activities(self) -> tuple[LessonFacts | QuizFacts, ...]:
        """Return lessons and quiz pages."""
        return (*self.lessons, *self.quizzes)

    def field(self, name: str, detail: str = "") -> Place:
        """Return the place of a field of the course's own page."""
        return Place(self.place.thing, self.place.pk, self.place.title, detail, name)

    def new(self, thing: Thing) -> Place:
        """Return the place where a lesson or quiz is written: in the last module, or first a module."""
        if not self.modules:
            return Place(Thing.NEW_MODULE, self.place.pk, self.place.title)
        last, _live, _changed = self.modules[-1]
        return Place(thing, last.pk, last.title)


@dataclass(frozen=True)
class Found:
    """One reason with the places where it holds."""

    reason: Reason
    places: tuple[Place, ...]

    @property
    def state(self) -> State:
        """Say how much it matters."""
        return State.LOOK if self.reason in HINTS else State.MISSING


@dataclass(frozen=True)
class Finding:
    """One check with what was found; nothing found is done."""

    check: Check
    found: tuple[Found, ...] = ()

    @property
    def state(self) -> State:
        """Return the worst of what was found."""
        states = {found.state for found in self.found}
        return State.MISSING if State.MISSING in states else State.LOOK if states else State.DONE


def readiness(facts: CourseFacts, *, today: dt.date) -> tuple[Finding, ...]:
    """Return every check in order, each with its reasons.

    Example: Bruno's draft has a title, a summary and two lessons of 300 words. The code, an objective, the audience,
    a source and the review are missing; the lessons are short and there is no quiz, which is worth a look; pictures
    and recordings are done, since there is none that lacks its words.
    """
    return tuple(
        Finding(
            check,
            tuple(Found(reason, tuple(places)) for reason, places in RULES[check](facts, today) if places),
        )
        for check in Check
    )


Said = Iterator[tuple[Reason, Iterable[Place]]]


def _code(facts: CourseFacts, today: dt.date) -> Said:
    yield Reason.NO_CODE, [] if facts.code.strip() else [facts.field("id_code")]


def _summary(facts: CourseFacts, today: dt.date) -> Said:
    yield Reason.NO_SUMMARY, [] if facts.summary.strip() else [facts.field("id_summary")]


def _objectives(facts: CourseFacts, today: dt.date) -> Said:
    given = [text for text in facts.objectives if text.strip()]
    yield Reason.NO_OBJECTIVE, [] if given else [facts.field("objectives")]
    yield Reason.VAGUE_OBJECTIVE, [facts.field("objectives", text) for text in given if is_vague(text)]
    many = len(given) > OBJECTIVES_AT_MOST
    yield Reason.MANY_OBJECTIVES, [facts.field("objectives", str(len(given)))] if many else []


def is_vague(objective: str) -> bool:
    """Say whether an objective begins with a verb that nobody can measure."""
    words = fold(objective).split()
    return bool(words) and words[0].strip(".,;:") in VAGUE


def _audience(facts: CourseFacts, today: dt.date) -> Said:
    yield Reason.NO_AUDIENCE, [] if facts.audience else [facts.field("audience")]


def _lessons(facts: CourseFacts, today: dt.date) -> Said:
    yield Reason.NO_LESSON, [] if facts.lessons else [facts.new(Thing.NEW_LESSON)]
    yield Reason.EMPTY_LESSON, [lesson.place for lesson in facts.lessons if not lesson.minutes]


def _length(facts: CourseFacts, today: dt.date) -> Said:
    written = [lesson for lesson in facts.lessons if lesson.minutes]
    yield Reason.SHORT_LESSON, [_counted(row) for row in written if row.words < WORDS_AT_LEAST]
    yield Reason.LONG_LESSON, [_counted(row) for row in written if row.words > WORDS_AT_MOST]


def _counted(lesson: LessonFacts) -> Place:
    return Place(
        lesson.place.thing, lesson.place.pk, lesson.place.title, str(lesson.words), lesson.place.anchor
    )


def _quiz(facts: CourseFacts, today: dt.date) -> Said:
    rows = facts.quizzes
    yield Reason.NO_QUIZ, [] if rows else [facts.new(Thing.NEW_QUIZ)]
    yield Reason.QUIZ_NOT_CHOSEN, [row.place for row in rows if row.quiz is None]
    yield Reason.QUIZ_NOT_PUBLISHED, [row.quiz for row in rows if row.quiz and not row.quiz_live]
    yield Reason.QUIZ_ASKS_NOTHING, [row.quiz for row in rows if row.quiz and row.quiz_live and not row.asks]


def _quizzes(facts: CourseFacts, today: dt.date) -> Said:
    yield from _quiz(facts, today)
    yield from _pair(facts, today)


def _pair(facts: CourseFacts, today: dt.date) -> Said:
    rows = [row for row in facts.quizzes if row.moment]
    moments = sorted(row.moment for row in rows)
    whole = moments == [AFTER, BEFORE]
    yield Reason.PAIR_INCOMPLETE, [] if whole else [row.place for row in rows]
    short = [row.place for row in rows if row.quiz_live and row.asks < PAIRED_AT_LEAST]
    yield Reason.PAIR_SHORT, short if whole else []
    apart = whole and rows[0].objectives != rows[1].objectives
    yield Reason.PAIR_OBJECTIVES, [row.place for row in rows] if apart else []


def _questions(facts: CourseFacts, today: dt.date) -> Said:
    yield Reason.QUESTION_LEFT_OUT, [place for row in facts.quizzes for place in row.left_out]
    yield Reason.NO_EXPLANATION, [place for row in facts.quizzes for place in row.unexplained]


def _pictures(facts: CourseFacts, today: dt.date) -> Said:
    yield (
        Reason.PICTURE_WITHOUT_WORDS,
        [place for lesson in facts.lessons for place in lesson.pictures_without_words],
    )


def _recordings(facts: CourseFacts, today: dt.date) -> Said:
    yield Reason.NO_TRANSCRIPT, facts.silent_recordings


def _care(facts: CourseFacts, today: dt.date) -> Said:
    nameless = facts.sensitive and not facts.neutral_name.strip()
    yield Reason.NO_NEUTRAL_NAME, [facts.field("id_neutral_name")] if nameless else []
    unannounced = facts.sensitive and not facts.content_note
    yield Reason.NO_CONTENT_NOTE, [facts.field("grupo-care")] if unannounced else []
    yield Reason.NO_EQUIVALENT, [row.place for row in facts.lessons if row.skippable and not row.equivalent]


def _sources(facts: CourseFacts, today: dt.date) -> Said:
    bare = [lesson.place for lesson in facts.lessons if not lesson.sources]
    none = not facts.sources and len(bare) == len(facts.lessons)
    yield Reason.NO_SOURCE, [facts.field("id_sources")] if none else []
    yield Reason.LESSON_WITHOUT_SOURCE, [] if none else bare


def _review(facts: CourseFacts, today: dt.date) -> Said:
    following = facts.next_review_date
    yield Reason.NO_OWNER, [] if facts.review_owner.strip() else [facts.field("id_review_owner")]
    yield Reason.NEVER_REVIEWED, [] if facts.review_date else [facts.field("id_review_date")]
    yield Reason.NO_NEXT_REVIEW, [] if following else [facts.field("id_next_review_date")]
    past = following is not None and following < today
    yield Reason.REVIEW_PAST, [facts.field("id_next_review_date", f"{following:%Y-%m-%d}")] if past else []


def _claims(facts: CourseFacts, today: dt.date) -> Said:
    places = [*facts.claims]
    for row in facts.activities:
        places += row.claims
    yield Reason.CLAIM, places


def _published(facts: CourseFacts, today: dt.date) -> Said:
    parts = [(row.place, row.live, row.changed) for row in facts.activities]
    parts = [*facts.modules, *parts]
    nothing = not any(row.live for row in facts.activities)
    drafts = [place for place, live, _changed in parts if not live]
    yield Reason.NOTHING_PUBLISHED, drafts if nothing else []
    hidden = not nothing and bool(facts.modules) and not any(live for _place, live, _changed in facts.modules)
    yield Reason.NO_MODULE_PUBLISHED, [place for place, _live, _changed in facts.modules] if hidden else []
    modules = {place for place, _live, _changed in facts.modules} if hidden else set()
    yield Reason.NOT_PUBLISHED, [] if nothing else [place for place in drafts if place not in modules]
    own = [(facts.place, facts.live, facts.changed)]
    yield Reason.DRAFT_CHANGES, [place for place, live, changed in [*own, *parts] if live and changed]
    yield Reason.COURSE_NOT_PUBLISHED, [] if facts.live else [facts.place]


RULES = {
    Check.CODE: _code,
    Check.SUMMARY: _summary,
    Check.OBJECTIVES: _objectives,
    Check.AUDIENCE: _audience,
    Check.LESSONS: _lessons,
    Check.LENGTH: _length,
    Check.QUIZ: _quizzes,
    Check.QUESTIONS: _questions,
    Check.PICTURES: _pictures,
    Check.RECORDINGS: _recordings,
    Check.CARE: _care,
    Check.SOURCES: _sources,
    Check.REVIEW: _review,
    Check.CLAIMS: _claims,
    Check.PUBLISHED: _published,
}
