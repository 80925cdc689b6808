"""What people of the demo do in a course, step by step, each through the service that a page would call."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from accounts.models import Person
from assessments.models import Attempt
from assessments.services import save_answer, start_attempt, submit_attempt
from certificates import codes
from certificates.models import Certificate
from certificates.services import issue_if_eligible
from courses import versions
from courses.models import Course
from home.demo.calendar import ago
from home.starter.files import key_of
from learning import services
from learning.models import Cohort, Completion, CompletionWay, Enrolment, EnrolmentWay

LESSONS_A_DAY = 3


@dataclass
class Path:
    """One person's way through one course, begun `days` ago."""

    person: Person
    course: Course
    enrolment: Enrolment
    days: int

    @property
    def manifest(self) -> versions.Manifest:
        """Return what her version asks."""
        return versions.manifest_of(self.enrolment.version)

    @property
    def lessons(self) -> list[versions.Activity]:
        """Return the lessons, in order."""
        return [activity for activity in self.manifest if activity.kind == versions.LESSON]

    @property
    def quiz(self) -> versions.Activity:
        """Return the final quiz."""
        return next(activity for activity in self.manifest if activity.kind == versions.QUIZ)

    @property
    def quiz_key(self) -> UUID:
        """Return the key of its questions."""
        return next(activity.quiz for activity in self.manifest if activity.quiz)

    @property
    def sensitive_case(self) -> versions.Activity:
        """Return the last lesson that may be skipped."""
        return [activity for activity in self.lessons if activity.skippable][-1]

    def day_of(self, place: int) -> int:
        """Return how many days ago the lesson at `place` was done: never in the future."""
        return max(1, self.days - 1 - place // LESSONS_A_DAY)


def enrol(
    person: Person,
    course: Course,
    *,
    days: int,
    cohort: Cohort | None = None,
    by: Person | None = None,
    name: str = "",
) -> Path:
    """Enrol a person `days` ago; `name` is the enrolment's key in the demo, which her attempts carry."""
    enrolment = services.enrol(
        person=person,
        course=course,
        cohort=cohort,
        way=EnrolmentWay.STAFF if by else EnrolmentWay.SELF,
        by=by,
        at=ago(days),
    )
    enrolment.key = key_of(f"demo/enrolment/{person.key}/{name}")
    enrolment.save(update_fields=["key"])
    return Path(person, course, enrolment, days)


def do_lessons(
    path: Path, count: int | None = None, *, leave_out: tuple[versions.Activity, ...] = ()
) -> None:
    """Do the first `count` lessons (all, by default), some a day."""
    for place, lesson in enumerate(path.lessons[:count]):
        if lesson in leave_out:
            continue
        services.complete_activity(
            enrolment=path.enrolment,
            activity=lesson.key,
            at=ago(path.day_of(place), minutes=20 * (place % LESSONS_A_DAY)),
        )
    if count is not None and count < len(path.lessons):
        services.note_position(enrolment=path.enrolment, activity=path.lessons[count].key)


def begin_quiz(path: Path, *, days: int) -> Attempt:
    """Begin the quiz."""
    if path.quiz.quiz is None:
        raise LookupError("The version names no quiz for its quiz page.")
    return start_attempt(
        person=path.person,
        context=path.enrolment.key,
        quiz_key=path.quiz_key,
        pass_mark=path.quiz.pass_mark or 0,
        max_attempts=path.quiz.max_attempts or 1,
        reader=path.enrolment.reader,
        at=ago(days, minutes=90),
    )


def answer(path: Path, attempt: Attempt, *, right: int, only: int | None = None, days: int) -> None:
    """Answer the first `only` questions (all, by default), the first `right` of them rightly."""
    for place, question in enumerate(attempt.quiz.questions[:only]):
        wrong = next(choice.key for choice in question.choices if choice.key not in question.right_keys)
        chosen = list(question.right_keys) if place < right else [wrong]
        save_answer(
            attempt=attempt, question_key=question.key, chosen=chosen, at=ago(days, minutes=92 + 2 * place)
        )


def try_quiz(path: Path, *, right: int, days: int) -> Attempt:
    """Take the quiz from beginning to end with so many right answers."""
    attempt = begin_quiz(path, days=days)
    answer(path, attempt, right=right, days=days)
    marked = submit_attempt(attempt=attempt, at=ago(days, minutes=125))
    services.credit_quiz(attempt=marked)
    return marked


def pass_quiz(path: Path, *, days: int) -> None:
    """Pass the quiz with one mistake."""
    attempt = begin_quiz(path, days=days)
    answer(path, attempt, right=len(attempt.quiz.questions) - 1, days=days)
    marked = submit_attempt(attempt=attempt, at=ago(days, minutes=125))
    services.credit_quiz(attempt=marked)


def complete(path: Path) -> Completion:
    """Do everything that the course asks."""
    do_lessons(path)
    pass_quiz(path, days=path.day_of(len(path.lessons)))
    return path.enrolment.completion


def certify(path: Path, completion: Completion) -> Certificate | None:
    """Issue the certificate on the day of the completion, as the event would have done then."""
    return issue_if_eligible(
        completion=completion,
        at=completion.recorded_at,
        code=code_of(str(path.enrolment.key)),
    )


def code_of(name: str) -> str:
    """Return the code that a certificate of the demo has on every site."""
    number = key_of(f"demo/certificate/{name}").int
    data = "".join(codes.ALPHABET[number >> 5 * place & 31] for place in range(codes.RANDOM_LENGTH))
    return codes.grouped(data + codes.check_character(data))


def skip_case(path: Path, *, days: int) -> None:
    """Leave the sensitive case for another day."""
    services.skip_activity(enrolment=path.enrolment, activity=path.sensitive_case.key, at=ago(days))


def do_equivalent(path: Path, *, days: int) -> None:
    """Do the gentle equivalent of the sensitive case."""
    services.complete_activity(
        enrolment=path.enrolment, activity=path.sensitive_case.key, way=CompletionWay.EQUIVALENT, at=ago(days)
    )


def accredit(path: Path, *, by: Person, days: int) -> None:
    """Let a facilitator accredit the sensitive case."""
    services.complete_activity(
        enrolment=path.enrolment,
        activity=path.sensitive_case.key,
        way=CompletionWay.ACCREDITED,
        by=by,
        at=ago(days),
    )
