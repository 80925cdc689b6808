"""Makes the site on which permissions are tried: a course, groups, and each person of the cast with her own things.

Amina stopped in the middle of PAP-01, in Bruno's group at her hospital, after a try that she did not pass; she
completed CUI-01 and holds its certificate. What is hers alone carries marks that no other answer may contain.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, ReferenceIndex, Site

from accounts import disclosures
from accounts import merging as merging_people
from accounts.asking import ask
from accounts.models import Act, Duty, DutyKind, Person, User
from assessments.models import Attempt, AttemptAnswer
from assessments.services import freeze_quiz, save_answer, start_attempt, submit_attempt
from certificates.models import Certificate
from common.clock import now
from courses.models import Course, LessonPage, ModulePage
from home.models import InformationPage
from home.starter.groups import STAFF, TRAINERS, make_groups
from home.starter.records import Report
from institutions import history, merging
from institutions.models import (
    DuplicateSuggestion,
    FormerPaper,
    Institution,
    Membership,
    MembershipRole,
    OfficialBody,
)
from institutions.places import Place, save_place
from learning.models import Cohort, Enrolment, EnrolmentCode, JoinRequest, Nomination
from learning.notebook import keep_note
from learning.services import enrol, skip_activity
from media_library.models import Handout, Picture, Recording
from programme.models import Donor, Identity, Project, SupportLine
from tests.factories.accounts import PIN, CodeUserFactory, PersonFactory, UserFactory, country
from tests.factories.assessments import QuestionFactory, QuizFactory, choices_of
from tests.factories.courses import (
    GlossaryTermFactory,
    LessonPageFactory,
    SmallCourse,
    SourceFactory,
    TopicFactory,
    add_lesson,
    committed,
    make_course,
    publish,
    shelf_of,
    writes,
)
from tests.factories.learning import (
    code_for,
    course_with_a_case,
    do,
    finish,
    group_of,
    institution,
    tells_details,
    try_quiz,
    works_at,
)
from tests.factories.media_library import HandoutFactory, PictureFactory, RecordingFactory
from tests.factories.programme import SupportLineFactory
from tests.institutions.agreed import PDF, addendum, advised, agreement
from tests.permissions.in_the_room import in_the_room

ROLES = ("visitor", "amina", "farid", "chipo", "dalia", "gael", "bruno", "elena", "admin")
# Inés coordinates Mexico, where Amina works, and Hilda Guatemala; Íker monitors, Julia audits until a day to come.
# Kenia's audit is over, though somebody has left her the tick of staff.
ON_DUTY = ("ines", "hilda", "iker", "julia", "kenia")
DUTIES = {
    "ines": (DutyKind.COORDINATOR, "MX", None),
    "hilda": (DutyKind.COORDINATOR, "GT", None),
    "iker": (DutyKind.MONITOR, None, None),
    "julia": (DutyKind.AUDITOR, None, 30),
    "kenia": (DutyKind.AUDITOR, None, -1),
}

WRITTEN = "Lo que escribió para quien facilita: quetzal 4482"
NOTE = "Lo que solo Amina escribió: garza 7731"
POINTS = Decimal("1.387")
ANSWER_POINTS = Decimal("0.619")
NAME = "Amina Xol Caal"
# Where the shelter is: Hilda coordinates its country and reads it on its own screen, and nobody reads it elsewhere.
PLACE = "Callejón de la Garza 5519"
# The decimals of its coordinates, which no language writes otherwise.
COORDINATES = ("557319", "513377")


@dataclass
class World:
    """Everything that an address can name, and a browser for each role."""

    small: SmallCourse
    closed: SmallCourse
    done: SmallCourse
    cohort: Cohort
    others_cohort: Cohort
    code: EnrolmentCode
    enrolment: Enrolment
    completed: Enrolment
    attempt: Attempt
    failed: Attempt
    certificate: Certificate
    recording: Recording
    handout: Handout
    hidden_handout: Handout
    picture: Picture
    draft: LessonPage
    page: InformationPage
    line: SupportLine
    identity: Identity
    hospital: Institution
    shelter: Institution
    things: dict[str, Any] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    def person(self, role: str) -> Person:
        """Return the person, as the database has her now."""
        return Person.objects.select_related("country").get(pk=self.users[role].person_id)

    def works(self, role: str) -> Membership:
        """Return where the person works, as it was said last."""
        return Membership.objects.filter(person=self.users[role].person_id).latest("pk")

    @property
    def case(self) -> Any:
        """Return the key of the lesson that may be skipped."""
        return self.small.lessons[2].translation_key


def marks() -> tuple[str, ...]:
    """Return what nobody but Amina may ever be sent: her note, her points, her friend's PIN; and a shelter's place."""
    figures = [POINTS, ANSWER_POINTS]
    return (
        NOTE,
        PIN,
        PLACE,
        *COORDINATES,
        *(str(figure) for figure in figures),
        *(str(figure).replace(".", ",") for figure in figures),
    )


def build() -> World:
    """Make it all, through the services; within a transaction of the caller's."""
    people = _people()
    small = course_with_a_case()
    make_groups(Report())
    _open_the_admin(people)
    _take_duties(people)
    hospital, shelter = (
        institution("Hospital de Amina"),
        institution("Casa de Dalia", code="GT", is_shelter=True),
    )
    where = Place(PLACE, Decimal(f"14.{COORDINATES[0]}"), Decimal(f"-90.{COORDINATES[1]}"))
    save_place(institution=shelter, place=where, by=None)
    _workplaces(people, hospital, shelter)
    files = _files(small)
    closed = make_course(code="RET-01", title="Curso que aún no se publica", quiz=False, live=False)
    done = make_course(code="CUI-01", title="Cuidarse al cuidar", lessons=1)
    writes(people["bruno"], small.course, closed.course)
    writes(people["gael"], done.course)
    cohort = group_of(small, facilitator=people["bruno"].person, institution=hospital)
    others = group_of(small, facilitator=people["gael"].person, code="G-2", institution=shelter)
    world = World(
        small=small,
        closed=closed,
        done=done,
        cohort=cohort,
        others_cohort=others,
        code=code_for(small, cohort=cohort),
        hospital=hospital,
        shelter=shelter,
        page=small.index.get_parent().add_child(
            instance=InformationPage(title="Quiénes somos", slug="quienes-somos", locale=Locale.get_default())
        ),
        line=SupportLineFactory(country=country()),
        identity=Identity.for_site(Site.objects.get(is_default_site=True)),
        **files,
        **_learn(people, small, done, cohort),
        users=people,
    )
    world.things = _shared_things(world)
    world.clients = {role: _browser(people.get(role)) for role in (*ROLES, *ON_DUTY)}
    return world


def _people() -> dict[str, User]:
    users = {
        name: UserFactory(email=f"{name}@senda.example", person__display_name=name.title())
        for name in ("amina", "chipo", "dalia", "gael", "bruno", "elena", *ON_DUTY)
    }
    users["admin"] = UserFactory(email="admin@senda.example", is_staff=True, is_superuser=True)
    users["farid"] = CodeUserFactory(
        person__display_name="Farid", person__country=country("GT"), handed_out_by=users["bruno"].person
    )
    return users


def _take_duties(people: dict[str, User]) -> None:
    today = timezone.localdate()
    for name, (kind, code, days) in DUTIES.items():
        Duty.objects.create(
            person=people[name].person,
            kind=kind,
            country=country(code) if code else None,
            starts_on=today - dt.timedelta(days=60),
            ends_on=None if days is None else today + dt.timedelta(days=days),
            granted_by=people["admin"].person,
            granted_at=now(),
            reason="Lo pidió la dirección del programa",
        )
    User.objects.filter(pk=people["kenia"].pk).update(is_staff=True)


def _open_the_admin(people: dict[str, User]) -> None:
    for name, group in (("bruno", TRAINERS), ("gael", TRAINERS), ("elena", STAFF)):
        User.objects.filter(pk=people[name].pk).update(is_staff=True)
        people[name].groups.add(Group.objects.get(name=group))


def _workplaces(people: dict[str, User], hospital: Institution, shelter: Institution) -> None:
    works_at(people["amina"].person, hospital)
    works_at(people["farid"].person, shelter)
    works_at(people["chipo"].person, hospital, role=MembershipRole.FOCAL_POINT)
    works_at(people["dalia"].person, shelter, role=MembershipRole.FOCAL_POINT)


def _files(small: SmallCourse) -> dict[str, Any]:
    own = {"collection": shelf_of(small.course)}
    recording, handout = RecordingFactory(**own), HandoutFactory(**own)
    hidden = HandoutFactory(title="Borrador", **own)
    first = small.lessons[0]
    body = [
        ("recording", {"recording": recording}),
        ("document", {"document": handout}),
        ("reflection", {"prompt": "¿Qué te llevas?"}),
    ]
    small.lessons[0] = publish(first, body=body)
    module = ModulePage.objects.get(pk=small.module.pk)
    draft = LessonPageFactory(
        parent=module,
        title="Lección en borrador",
        slug="borrador",
        live=False,
        body=[("document", {"document": hidden})],
    )
    ReferenceIndex.create_or_update_for_object(draft)
    small.module.refresh_from_db()
    return {
        "recording": recording,
        "handout": handout,
        "hidden_handout": hidden,
        "picture": PictureFactory(**own),
        "draft": draft,
    }


def _learn(people: dict[str, User], small: SmallCourse, done: SmallCourse, cohort: Cohort) -> dict[str, Any]:
    amina, first = people["amina"].person, small.lessons[0].translation_key
    tells_details(amina, certificate_name=NAME)
    amina.refresh_from_db()
    with committed():
        completed = enrol(person=amina, course=Course.objects.get(pk=done.course.pk))
        enrolment = enrol(person=amina, course=small.course, cohort=cohort)
        enrol(person=people["farid"].person, course=small.course, cohort=cohort, by=people["bruno"].person)
    finish(completed)
    do(enrolment, first)
    skip_activity(enrolment=enrolment, activity=small.lessons[2].translation_key)
    keep_note(person=amina, activity=first, block=str(small.lessons[0].body[2].id), text=NOTE)
    failed = try_quiz(enrolment, right=False)
    AttemptAnswer.objects.filter(attempt__person=amina).update(points=ANSWER_POINTS)
    Attempt.objects.filter(person=amina, submitted_at__isnull=False).update(points=POINTS)
    return {
        "completed": completed,
        "enrolment": enrolment,
        "failed": failed,
        "attempt": try_quiz(enrolment, hand_in=False),
        "certificate": Certificate.objects.get(person=amina),
    }


def _written(world: World, own: dict[str, Any]) -> Attempt:
    """Amina's answer in her own words, which waits for Bruno."""
    asked = QuestionFactory(
        kind="free", stem="Cuenta cómo te acercas.", choices=choices_of(("Se presenta", False)), **own
    )
    quiz = QuizFactory(title="Por escrito", questions=[asked], **own)
    freeze_quiz(quiz=quiz)
    attempt = start_attempt(
        person=world.person("amina"),
        context=world.enrolment.key,
        quiz_key=quiz.translation_key,
        pass_mark=70,
        max_attempts=3,
        reader=world.enrolment.reader,
    )
    save_answer(attempt=attempt, question_key=attempt.quiz.questions[0].key, chosen=[WRITTEN])
    return submit_attempt(attempt=attempt)


def _shared_things(world: World) -> dict[str, Any]:
    own = {"collection": shelf_of(world.small.course)}
    signed = agreement(world.hospital, ends=90)
    added = addendum(signed)
    for row in (signed, added):
        row.paper.save("convenio.pdf", ContentFile(PDF))
    lesson = add_lesson(world.small, title="Lección por proponer", slug="por-proponer")
    revision = lesson.latest_revision
    return {
        "agreement": signed,
        "addendum": added,
        "former_paper": FormerPaper.objects.create(
            agreement=signed, paper=signed.paper.name, replaced_at=now()
        ),
        "action": advised(world.hospital),
        "lesson": lesson,
        "revision": revision,
        "proposal": world.small.course.proposals.get(state="open"),
        "term": GlossaryTermFactory(**own),
        "source": SourceFactory(**own),
        "topic": TopicFactory(),
        "question": world.small.questions[0],
        "quiz": world.small.quiz,
        "group": Group.objects.get(name=TRAINERS),
        "written": _written(world, own),
        "others_code": code_for(world.small, cohort=world.others_cohort, code="OTRO2"),
        **_of_the_hospital(world),
        **_proposed(world),
        **_asked(world),
        **in_the_room(world),
        "data_request": ask(person=world.person("amina"), kind="correction", about="birth_year", wish="1990"),
        "duty": Duty.objects.get(person=world.users["julia"].person),
        "disclosure": disclosures.keep(
            by=world.users["elena"].person,
            act=Act.VIEWED,
            what="certificates",
            of=world.users["amina"].person,
        ),
    }


def _of_the_hospital(world: World) -> dict[str, Any]:
    """What acts on an institution name: a former name, a merge, a focal point; and a public body of the catalogue."""
    hospital = world.hospital
    return {
        "former_name": history.add_former_name(
            institution=hospital, name="Clínica de Amina", ends_on=dt.date(2001, 1, 1), by=None
        ),
        "merge": merging.merge(duplicate=institution("Hosp. de Amina"), into=hospital, by=None),
        "claim": Membership.objects.get(institution=hospital, person=world.person("amina")),
        "focal": Membership.objects.get(institution=hospital, role=MembershipRole.FOCAL_POINT),
        **_there_twice(hospital),
        "body": OfficialBody.objects.create(country=country("MX"), name="Secretaría de Salud"),
    }


def _asked(world: World) -> dict[str, Any]:
    """What Dalia asked of Bruno's group, and a project."""
    request = JoinRequest.objects.create(
        person=world.person("dalia"), cohort=world.cohort, asked_at=timezone.now()
    )
    donor = Donor.objects.create(name="Fundación Puente")
    return {"join_request": request, "project": Project.objects.create(code="RUTA", name="Ruta", donor=donor)}


def _proposed(world: World) -> dict[str, Any]:
    """A course that Chipo's hospital proposes to Amina, and one that Dalia's shelter proposes to Farid."""
    made = (
        ("nomination", world.hospital, "amina", "chipo"),
        ("others_nomination", world.shelter, "farid", "dalia"),
    )
    return {
        word: Nomination.objects.create(
            institution=place,
            person=world.person(whom),
            course=world.small.course,
            nominated_by=world.person(by),
            nominated_at=timezone.now(),
        )
        for word, place, whom, by in made
    }


def _there_twice(hospital: Institution) -> dict[str, Any]:
    """Somebody of Amina's hospital who may be there twice, and two who were merged."""
    people = [PersonFactory(certificate_name="Zoila Tum Batz") for _number in range(4)]
    for person in people:
        works_at(person, hospital)
    now = timezone.now()
    pair = DuplicateSuggestion.objects.create(first=people[0], second=people[1], score=90, computed_at=now)
    apart = DuplicateSuggestion.objects.create(
        first=people[0], second=people[3], score=80, computed_at=now, decided_at=now, state="different"
    )
    return {
        "told_apart": apart,
        "pair": pair,
        "people_merge": merging_people.merge(duplicate=people[2], into=people[3], by=None),
    }


def _browser(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client
