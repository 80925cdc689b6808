"""The rule of access: who may enrol, and who may open an activity. Pure: no database, no framework."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Refusal(StrEnum):
    """Why somebody may not enrol or may not open an activity. The wording stands in `learning.words`."""

    SIGNED_OUT = "signed_out"
    NOT_ENROLLED = "not_enrolled"
    LEFT_COURSE = "left_course"
    COURSE_WITHDRAWN = "course_withdrawn"
    NOT_RELEASED = "not_released"
    NOT_HERS = "not_hers"
    ALREADY_ENROLLED = "already_enrolled"
    COUNTRY_UNKNOWN = "country_unknown"
    NOT_FOR_COUNTRY = "not_for_country"
    CODE_UNKNOWN = "code_unknown"
    CODE_EXPIRED = "code_expired"
    COHORT_CANCELLED = "cohort_cancelled"
    COHORT_OVER = "cohort_over"
    COHORT_FULL = "cohort_full"
    OPENS_IN_ROOM = "opens_in_room"
    QUIZ_CLOSED = "quiz_closed"
    TOO_LATE_FOR_BEFORE = "too_late_for_before"
    NOT_PART_YET = "not_part_yet"


@dataclass(frozen=True)
class ActivityFacts:
    """What decides whether a reader may open a lesson or quiz.

    `asked`: her enrolment asks it of her, by country and stages of the route. `own_only`: for those of whom it is not
    asked it does not exist. `locked`: it opens in a session of her group, and has not yet. `in_course`: she takes the
    course, and her version of it does not ask this yet.
    """

    signed_in: bool
    editor: bool
    enrolled: bool
    left: bool
    course_live: bool
    asked: bool = True
    own_only: bool = False
    locked: bool = False
    in_course: bool = False


def may_open(facts: ActivityFacts) -> Refusal | None:
    """Return why the reader may not open the activity, or None when she may.

    Editors may open everything that is live. A course that was unpublished is closed for a while, for those in the
    middle of it too: their work is kept and opens again with it. What is not asked of a learner she may open to
    consult it, unless it is for its own people only: then not even its existence is told, to anybody else.
    """
    if facts.editor:
        return None
    checks = (
        (facts.own_only and not (facts.signed_in and facts.enrolled and facts.asked), Refusal.NOT_HERS),
        (not facts.signed_in, Refusal.SIGNED_OUT),
        (not facts.course_live, Refusal.COURSE_WITHDRAWN),
        (facts.left, Refusal.LEFT_COURSE),
        (facts.in_course and not facts.enrolled, Refusal.NOT_PART_YET),
        (not facts.enrolled, Refusal.NOT_ENROLLED),
        (facts.locked, Refusal.OPENS_IN_ROOM),
    )
    return next((refusal for fails, refusal in checks if fails), None)


@dataclass(frozen=True)
class EnrolFacts:
    """What decides whether somebody may enrol in a course."""

    in_progress: bool
    course_live: bool
    released: bool
    country: str
    course_countries: frozenset[str] = frozenset()


def may_enrol(facts: EnrolFacts) -> Refusal | None:
    """Return why the person may not enrol, or None when she may. A completed course may be taken again."""
    checks = (
        (facts.in_progress, Refusal.ALREADY_ENROLLED),
        (not facts.course_live, Refusal.COURSE_WITHDRAWN),
        (not facts.released, Refusal.NOT_RELEASED),
        (not facts.country, Refusal.COUNTRY_UNKNOWN),
        (
            bool(facts.course_countries) and facts.country not in facts.course_countries,
            Refusal.NOT_FOR_COUNTRY,
        ),
    )
    return next((refusal for fails, refusal in checks if fails), None)


@dataclass(frozen=True)
class GroupFacts:
    """What decides whether a group takes somebody. `free`: seats left, None where they are not limited."""

    cancelled: bool
    over: bool
    free: int | None = None


def may_join(facts: GroupFacts) -> Refusal | None:
    """Return why a group takes nobody, or None. A full one keeps a waiting list."""
    checks = (
        (facts.cancelled, Refusal.COHORT_CANCELLED),
        (facts.over, Refusal.COHORT_OVER),
        (facts.free == 0, Refusal.COHORT_FULL),
    )
    return next((refusal for fails, refusal in checks if fails), None)
