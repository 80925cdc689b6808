"""Lets people learn in tests as they do on the site: through the services, with what follows the commit."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from accounts.models import Person
from assessments.models import Attempt
from assessments.services import save_answer, start_attempt, submit_attempt
from common import clock
from courses.models import Course
from courses.versions import QUIZ, manifest_of
from institutions.models import Institution, InstitutionType, Membership, MembershipRole
from learning import services
from learning.models import Cohort, Completion, Enrolment, EnrolmentCode
from learning.owners import other_record
from tests.factories.accounts import country
from tests.factories.courses import SmallCourse, committed, make_course, publish

DETAILS = {"certificate_name": "Amina Xol Caal", "sex": "woman", "age_band": "25-34", "position": "health"}


def course_with_a_case(**options: Any) -> SmallCourse:
    """Make a course of three lessons, the last of which may be skipped, and a quiz; released once, as version 1."""
    small = make_course(live=False, lessons=3, **options)
    case = small.lessons[-1]
    small.lessons[-1] = publish(case, skippable=True, equivalent="<p>Escribe a quién llamarías.</p>")
    small.page = publish(small.page)
    small.course = Course.objects.get(pk=small.course.pk)
    return small


def fresh(small: SmallCourse) -> SmallCourse:
    """Return the same course as the database has it: what one test changed in memory is not another's."""

    def again(thing: Any) -> Any:
        return type(thing).objects.get(pk=thing.pk) if thing else None

    return SmallCourse(
        course=again(small.course),
        index=again(small.index),
        page=again(small.page),
        module=again(small.module),
        lessons=[again(lesson) for lesson in small.lessons],
        quiz_page=again(small.quiz_page),
        quiz=again(small.quiz),
        questions=[again(question) for question in small.questions],
    )


def institution(name: str, *, code: str = "MX", **fields: Any) -> Institution:
    """Make a public institution."""
    return Institution.objects.create(name=name, type=InstitutionType.PUBLIC, country=country(code), **fields)


def works_at(
    person: Person, place: Institution, role: str = MembershipRole.MEMBER, **fields: Any
) -> Membership:
    """Let a person work there, since last year: she has said so herself; who speaks for a place is confirmed."""
    since = clock.now().date() - dt.timedelta(days=365)
    said = "confirmed" if role == MembershipRole.FOCAL_POINT else "claimed"
    return Membership.objects.create(
        **{"person": person, "institution": place, "role": role, "starts_on": since, "state": said} | fields
    )


def group_of(
    small: SmallCourse, *, facilitator: Person | None = None, code: str = "G-1", **fields: Any
) -> Cohort:
    """Make a group; with `starts_on` it keeps the version that it is given."""
    cohort = Cohort.objects.create(code=code, name=f"Grupo {code}", course=small.course, **fields)
    if facilitator:
        cohort.facilitators.add(facilitator)
    return cohort


def code_for(small: SmallCourse, code: str = "HOSPITAL9", **fields: Any) -> EnrolmentCode:
    """Make an institution's code."""
    return EnrolmentCode.objects.create(code=code, course=small.course, **fields)


def tells_details(person: Person, **details: str) -> None:
    """Fill in what a certificate needs, without saying so to anybody."""
    Person.objects.filter(pk=person.pk).update(**{**DETAILS, **details})


def enrol(person: Person, course: Course | SmallCourse, **options: Any) -> Enrolment:
    """Enrol, commit included."""
    with committed():
        row = course.course if isinstance(course, SmallCourse) else course
        return services.enrol(person=person, course=row, **options)


def do(enrolment: Enrolment, *activities: UUID, **options: Any) -> None:
    """Do some activities, commit included."""
    for activity in activities:
        with committed():
            services.complete_activity(enrolment=enrolment, activity=activity, **options)


def try_quiz(
    enrolment: Enrolment,
    *,
    right: bool = True,
    hand_in: bool = True,
    signed_in: Person | None = None,
    at: dt.datetime | None = None,
) -> Attempt:
    """Answer the whole quiz, all rightly or all wrongly, and hand it in."""
    quiz = next(activity for activity in manifest_of(enrolment.version) if activity.kind == QUIZ)
    with committed():
        attempt = start_attempt(
            person=enrolment.person,
            context=enrolment.key,
            quiz_key=quiz.quiz,
            pass_mark=quiz.pass_mark,
            max_attempts=quiz.max_attempts,
            reader=enrolment.reader,
            signed_in_as=other_record(enrolment.person_id, signed_in),
            at=at,
        )
        for question in attempt.quiz.questions:
            wrong = [choice.key for choice in question.choices if choice.key not in question.right_keys][:1]
            chosen = list(question.right_keys) if right else wrong
            save_answer(attempt=attempt, question_key=question.key, chosen=chosen, at=at)
        return submit_attempt(attempt=attempt, at=at) if hand_in else attempt


def lessons_of(enrolment: Enrolment) -> list[UUID]:
    """Return the keys of the lessons, in order."""
    return [activity.key for activity in manifest_of(enrolment.version) if activity.kind != QUIZ]


def finish(enrolment: Enrolment, *, at: dt.datetime | None = None) -> Completion:
    """Do everything that is asked; the certificate follows where nothing stands against it."""
    do(enrolment, *lessons_of(enrolment), at=at)
    try_quiz(enrolment, at=at)
    return Completion.objects.get(enrolment=enrolment)
