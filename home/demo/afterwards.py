"""What follows the demo groups: supervision, a graduate's own group, a refresher due, a version that waits."""

from __future__ import annotations

import datetime as dt

from accounts.models import Person
from courses import versions
from courses.models import Course, CourseVersion
from home.demo import people, steps
from home.demo.calendar import ago
from home.demo.people import Someone
from home.starter.files import key_of
from learning import attendance, cohorts, meeting, supervising
from learning.models import Cohort, SupervisionKind, SupervisionSession
from learning.settling import settle_these
from learning.supervising import Agreed, Entry

RUFINA = Someone("rufina", "Rufina Caal Choc", "GT", "rufina@senda.example", position="health")
SIMEON = Someone("simeon", "Simeón Ordóñez Paz", "HN", "simeon@senda.example", position="psychosocial")
PINNED = "demo/group/pinned"


def load_afterwards(course: Course, facilitator: Person) -> None:
    """Make it once; what is done with it afterwards stays as it is."""
    if Cohort.objects.filter(key=key_of(PINNED)).exists():
        return
    training = Cohort.objects.get(key=key_of("demo/group/training"))
    _graduate(course, training, facilitator)
    _due(course, Cohort.objects.get(key=key_of("demo/group/over")))
    _supervise(training, facilitator)
    _pinned(course, facilitator)


def _graduate(course: Course, training: Cohort, by: Person) -> None:
    """Who completed the training, its live session too, facilitates the group that hangs on it."""
    person = people.sign_up(RUFINA, days=95)
    people.tell_name(person, RUFINA)
    path = steps.enrol(person, course, days=90, cohort=training)
    steps.do_lessons(path)
    steps.pass_quiz(path, days=path.day_of(len(path.lessons)))
    hours = meeting.Hours(ago(60).date(), dt.time(9), dt.time(13))
    (session,) = meeting.plan(cohort=training, title="Practicar en línea", hours=hours, by=by)
    line = attendance.Line(path.enrolment, "present")
    attendance.record(session=session, lines=[line], by=by, at=session.ends_at)
    settle_these.func(enrolments=[path.enrolment.pk])
    replica = Cohort.objects.get(key=key_of("demo/group/replica"))
    replica.facilitators.add(person)


def _due(course: Course, over: Cohort) -> None:
    """He completed more than a year ago."""
    person = people.sign_up(SIMEON, days=420)
    people.tell_name(person, SIMEON)
    steps.complete(steps.enrol(person, course, days=400, cohort=over))


def _supervise(cohort: Cohort, by: Person) -> None:
    """One time is over and done with, of another something is overdue and something to come."""
    for days, kind, women, agreed in (
        (40, SupervisionKind.INDIVIDUAL, 1, (("Practicar la escucha con el equipo de guardia", 30),)),
        (
            20,
            SupervisionKind.GROUP,
            4,
            (("Revisar la ruta de referencia del turno", 5), ("Repasar la guía", -20)),
        ),
    ):
        entry = Entry(
            kind=kind,
            topics=("first_aid", "care_of_teams"),
            held_on=ago(days).date(),
            minutes=60 if women == 1 else 120,
            women=women,
            agreed=tuple(Agreed(text, ago(due).date()) for text, due in agreed),
        )
        supervising.log(cohort=cohort, entry=entry, by=by, at=ago(days) + dt.timedelta(hours=8))
    first = SupervisionSession.objects.filter(cohort=cohort).order_by("held_on").first()
    if first is not None:
        supervising.finish(action=first.actions.get(), by=by, at=ago(31))


def _pinned(course: Course, facilitator: Person) -> None:
    """A group with dates keeps the version of the pilot, which asked one lesson less, until it accepts the newest."""
    newest = versions.current(course)
    if newest is None:
        return
    manifest = newest.manifest
    lessons = [row for row in manifest["activities"] if row["kind"] == versions.LESSON]
    fewer = {**manifest, "activities": [row for row in manifest["activities"] if row is not lessons[-1]]}
    pilot = CourseVersion.objects.create(
        course=course,
        number=0,
        fingerprint=versions.Manifest.from_json(fewer).fingerprint(),
        manifest=fewer,
        released_at=newest.released_at - dt.timedelta(days=30),
    )
    group = Cohort.objects.create(
        key=key_of(PINNED),
        code="DEMO-PILOTO",
        name="Pilotaje con fechas (demostración)",
        course=course,
        version=pilot,
        country_id="GT",
        starts_on=ago(25).date(),
        ends_on=ago(-40).date(),
        opened_by=facilitator,
    )
    cohorts.set_facilitators(cohort=group, people=[facilitator])
