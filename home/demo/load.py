"""Loads the demo, once: a second time finds everybody there and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.db import transaction

from accounts.models import Person, User
from courses import teams
from courses.models import Course
from home.demo import (
    afterwards,
    agreements,
    bank,
    cohorts,
    compared,
    imports,
    messages,
    nominations,
    on_duty,
    partners,
    people,
    places,
    privacy,
    rooms,
    steps,
    twice,
    written,
)
from home.demo.learners import LEARNERS, Stage
from home.demo.people import Someone
from home.starter.groups import STAFF, TRAINERS
from home.starter.workflow import COORDINATORS
from institutions.models import Institution

COURSE = "PAP-01"
OTHER_COURSE = "DSM-02"


@dataclass
class Loaded:
    """Whom this run made, by key."""

    made: list[str] = field(default_factory=list)


def load() -> Loaded:
    """Make whoever and whatever is missing. The course must be there: `load_starter` brings it."""
    loaded = Loaded()
    course = Course.objects.get(code=COURSE)
    places.load_identity()
    institutions = places.load_institutions()
    partners.load_partners(institutions)
    agreements.load_agreements(institutions)
    trainer = _staff(loaded, institutions)
    groups = places.load_groups(course=course, facilitator=trainer, institutions=institutions)
    places.load_codes(course=course, groups=groups, institutions=institutions)
    stage = Stage(course, groups, trainer)
    _once(loaded, people.AMINA.key, partial(_amina, stage, institutions))
    _once(loaded, people.FARID.key, partial(_farid, stage, institutions))
    for someone, story in LEARNERS:
        _once(loaded, someone.key, partial(_learner, someone, story, stage, institutions))
    nominations.load_nominations(course)
    for someone in on_duty.ALL:
        _once(loaded, someone.key, partial(_known, someone))
    on_duty.load()
    cohorts.load_cohorts(course, trainer, institutions, groups)
    rooms.load_rooms(course, trainer)
    afterwards.load_afterwards(course, trainer)
    imports.load_imports(course, trainer, people.find(people.ELENA.key) or trainer)
    bank.load_bank(course)
    compared.load_compared(course, trainer)
    written.load_written(trainer)
    messages.load_messages(trainer)
    _once(loaded, privacy.FORGOTTEN.key, privacy.forgotten(stage))
    privacy.load_consents(people.find("julian") or trainer)
    office = people.find(people.ADMIN.key)
    if office:
        loaded.made += twice.load_twice(course, institutions, by=office)
    return loaded


def _once(loaded: Loaded, key: str, make: Callable[[], Person]) -> Person:
    """Make a person with all her story in one transaction, unless she is there.

    What the events do after commit finds its work done, on the days on which it was due.
    """
    found = people.find(key)
    if found is not None:
        return found
    with transaction.atomic():
        person = make()
    loaded.made.append(key)
    return person


def _staff(loaded: Loaded, institutions: dict[str, Institution]) -> Person:
    _once(loaded, people.ADMIN.key, _admin)
    trainer = _once(loaded, people.BRUNO.key, partial(_trainer, people.BRUNO, COURSE))
    _once(loaded, people.GAEL.key, partial(_trainer, people.GAEL, OTHER_COURSE))
    _once(loaded, people.ELENA.key, partial(_editor, people.ELENA, STAFF))
    _once(loaded, people.CARLA.key, partial(_editor, people.CARLA, COORDINATORS))
    for someone in (people.CHIPO, people.DALIA):
        _once(loaded, someone.key, partial(_focal_point, someone, institutions[someone.institution]))
    return trainer


def _trainer(someone: Someone, code: str) -> Person:
    """A trainer in the team of one course; on a site without it he begins his own."""
    person = _editor(someone, TRAINERS)
    course = Course.objects.filter(code=code).first()
    if course:
        teams.join(user=User.objects.get(person=person), course=course)
    return person


def _admin() -> Person:
    person = people.make_admin()
    people.tell_details(person, people.ADMIN)
    return person


def _editor(someone: Someone, group: str) -> Person:
    person = people.sign_up(someone, days=300)
    people.tell_details(person, someone)
    people.open_editors_side(person, group)
    return person


def _known(someone: Someone) -> Person:
    """Somebody with a profile; what she may see comes from her duty."""
    person = people.sign_up(someone, days=300)
    people.tell_details(person, someone)
    return person


def _focal_point(someone: Someone, institution: Institution) -> Person:
    person = people.sign_up(someone, days=250)
    people.work_at(person, institution, days=250)
    people.tell_details(person, someone)
    people.speak_for(person, institution)
    return person


def _amina(stage: Stage, institutions: dict[str, Institution]) -> Person:
    person = people.sign_up(people.AMINA, days=30)
    people.work_at(person, institutions[people.AMINA.institution], days=30)
    people.tell_name(person, people.AMINA)
    path = steps.enrol(person, stage.course, days=21, cohort=stage.groups["dated"])
    steps.do_lessons(path, 8)
    return person


def _farid(stage: Stage, institutions: dict[str, Institution]) -> Person:
    person = people.hand_out_to_farid(by=stage.trainer, institution=institutions[people.FARID.institution])
    path = steps.enrol(person, stage.course, days=39, cohort=stage.groups["open"], by=stage.trainer)
    steps.do_lessons(path, 3)
    return person


def _learner(
    someone: Someone,
    story: Callable[[Person, Someone, Stage], None],
    stage: Stage,
    institutions: dict[str, Institution],
) -> Person:
    person = people.sign_up(someone, days=820)
    people.work_at(person, institutions.get(someone.institution), days=820)
    people.tell_name(person, someone)
    story(person, someone, stage)
    return person
