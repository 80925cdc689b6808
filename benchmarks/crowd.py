"""Fills the measured site: several hundred accounts whose histories are unlike each other, and many courses.

Nobody works evenly: most people begin one course and stop early, a few finish everything. The numbers come from a
seeded generator, so that two runs measure the same.
"""

from __future__ import annotations

import datetime as dt
import random
import uuid
from dataclasses import replace

from wagtail.models import Page

from accounts.models import Person, User
from common import clock
from courses.manifest import LESSON, SELF_PACED, Activity, Manifest, Rule
from courses.models import Course, CourseIndexPage, CoursePage, CourseVersion, LessonPage, ModulePage
from courses.versions import manifest_of
from learning.models import ActivityCompletion, Completion, Enrolment, EnrolmentState
from learning.services import enrol

PEOPLE = 400
FINISHED_SHARE = 0.3


def people_of(course: Course, *, count: int = PEOPLE) -> None:
    """Make accounts that enrolled in `course` within two years and came more or less far."""
    dice = random.Random(7)
    for number in range(count):
        person = _person(number)
        since = clock.now() - dt.timedelta(days=dice.randint(1, 700))
        enrolment = enrol(person=person, course=course, at=since)
        asked = [activity.key for activity in manifest_of(enrolment.version)]
        finished = dice.random() < FINISHED_SHARE
        # A power of a uniform number: half of those who stop have done a fifth of the way or less.
        far = len(asked) if finished else int(len(asked) * dice.random() ** 2.3)
        _walk(enrolment, asked[:far], since)
        if finished:
            _complete(enrolment, since)


def _person(number: int) -> Person:
    person = Person.objects.create(
        country_id=("MX", "GT", "HN", "SV")[number % 4],
        display_name=f"Persona {number}",
        certificate_name=f"Persona Número {number} de la Multitud",
        adult_confirmed_at=clock.now(),
    )
    user = User(person=person, username=f"MULTITUD{number:04}", email=f"persona-{number}@senda.example")
    user.set_unusable_password()
    user.save()
    return person


def _walk(enrolment: Enrolment, keys: list[uuid.UUID], since: dt.datetime) -> None:
    ActivityCompletion.objects.bulk_create(
        ActivityCompletion(
            enrolment=enrolment,
            activity=key,
            completed_at=since + dt.timedelta(hours=place),
            completed_on=(since + dt.timedelta(hours=place)).date(),
        )
        for place, key in enumerate(keys)
    )


def _complete(enrolment: Enrolment, since: dt.datetime) -> None:
    Enrolment.objects.filter(pk=enrolment.pk).update(state=EnrolmentState.COMPLETED)
    Completion.objects.create(
        enrolment=enrolment,
        version=enrolment.version,
        rule={"modality": SELF_PACED, "attendance_share": None, "activities": True},
        evidence={},
        minutes=200,
        achieved_on=(since + dt.timedelta(days=3)).date(),
        recorded_at=since + dt.timedelta(days=3),
    )


def more_courses(reader: Person, *, until: int) -> None:
    """Make live courses of one lesson until the catalogue has so many, and enrol `reader` in each."""
    index = CourseIndexPage.objects.first()
    for number in range(CoursePage.objects.live().count(), until):
        course = _course(index, number)
        enrolment = enrol(person=reader, course=course)
        if number % 3 == 1:
            _walk(
                enrolment,
                [activity.key for activity in manifest_of(enrolment.version)],
                enrolment.enrolled_at,
            )
            _complete(enrolment, enrolment.enrolled_at)


def _course(index: Page, number: int) -> Course:
    page = CoursePage(
        title=f"Curso {number}: agua, abrigo y escucha",
        slug=f"curso-{number}",
        code=f"MAS-{number}",
        summary="Lo que conviene saber antes de recibir a alguien que llega de noche.",
    )
    page.course = Course.objects.create(key=page.translation_key, code=page.code, open_now=True)
    CourseIndexPage.objects.get(pk=index.pk).add_child(instance=page)
    module = page.add_child(instance=ModulePage(title="El módulo", slug="modulo"))
    lesson = _lesson(module, 1)
    manifest = Manifest((lesson,), (Rule(SELF_PACED),))
    _release(page.course, 1, manifest)
    return page.course


def more_lessons(enrolment: Enrolment, *, until: int) -> None:
    """Give the course of `enrolment` lessons until its newest version, which she follows, asks so many."""
    newest = enrolment.course.versions.latest()
    manifest = manifest_of(newest)
    module = ModulePage.objects.get(translation_key=manifest.activities[0].module)
    added = [_lesson(module, place) for place in range(len(manifest.activities), until)]
    longer = replace(manifest, activities=(*manifest.activities, *added))
    enrolment.version = _release(enrolment.course, newest.number + 1, longer)
    enrolment.save(update_fields=["version"])


def _lesson(module: Page, place: int) -> Activity:
    page = LessonPage(title=f"Otra lección {place}", slug=f"otra-{place}", summary="Un paso más.")
    page.body = [("text", {"text": "<p>Mirar, escuchar, conectar.</p>"})]
    ModulePage.objects.get(pk=module.pk).add_child(instance=page)
    return Activity(key=page.translation_key, module=module.translation_key, kind=LESSON, minutes=10)


def _release(course: Course, number: int, manifest: Manifest) -> CourseVersion:
    return CourseVersion.objects.create(
        course=course,
        number=number,
        fingerprint=manifest.fingerprint(),
        manifest=manifest.to_json(),
        released_at=clock.now(),
    )


def measured_course() -> CoursePage:
    """Return the page of PAP-01 in Spanish, from which its translations were made."""
    return CoursePage.objects.get(code="PAP-01", locale__language_code="es")


def reader() -> User:
    """Return the demo's Amina, who is in the middle of PAP-01 and whose pages are measured."""
    return User.objects.select_related("person").get(email="amina@senda.example")
