"""The demo's workshop: a session that was held, one of which nobody said a word, one to come, one cancelled."""

from __future__ import annotations

import datetime as dt

from accounts.models import Person
from common import clock
from courses.models import Course
from home.demo import on_duty, people
from home.demo.calendar import ago
from home.demo.people import Someone
from home.starter.files import key_of
from learning import attendance, cohorts, joining, meeting
from learning.attendance import Line
from learning.models import Attendance, Cohort, Enrolment, Modality, Session
from learning.settling import settle_these

KEY = "demo/group/workshop"


def _one(key: str, name: str) -> Someone:
    return Someone(key, name, "GT", f"{key}@senda.example", position="health")


CAME = (_one("leticia", "Leticia Coy Mucú"), _one("mario", "Mario Tzoc Ñúñez"), _one("ofelia", "Ofelia Ic"))
WALK_IN = "Señora del centro de salud"


def load_rooms(course: Course, facilitator: Person) -> None:
    """Make the workshop once; what is marked afterwards stays as it is."""
    if Cohort.objects.filter(key=key_of(KEY)).exists():
        return
    group = Cohort.objects.create(
        key=key_of(KEY),
        code="DEMO-TALLER",
        name="Taller de dos días (demostración)",
        course=course,
        opened_by=facilitator,
        modality=Modality.IN_ROOM,
        country_id="GT",
    )
    hilda = people.find(on_duty.HILDA.key)
    cohorts.set_facilitators(cohort=group, people=[one for one in (facilitator, hilda) if one])
    seated = _seat(group)
    first = _plan(group, facilitator, "Escuchar y orientar", days=12)
    _mark_first(first, seated, facilitator)
    _plan(group, facilitator, "Practicar en parejas", days=5)
    _plan(group, facilitator, "Repaso y cierre", days=-9)
    meeting.cancel(session=_plan(group, facilitator, "Visita al albergue", days=3))
    if hilda is not None:
        _correct(first, seated[0], hilda)


def _seat(group: Cohort) -> list[Enrolment]:
    seated = []
    for someone in CAME:
        person = people.sign_up(someone, days=20)
        people.tell_name(person, someone)
        made = joining.ask_to_join(person=person, cohort=group, at=ago(15))
        if isinstance(made, Enrolment):
            seated.append(made)
    return seated


def _plan(group: Cohort, by: Person, title: str, *, days: int) -> Session:
    hours = meeting.Hours(ago(days).date(), dt.time(9), dt.time(13), 30)
    return meeting.plan(cohort=group, title=title, hours=hours, by=by, place="Aula 2 (demostración)")[0]


def _mark_first(session: Session, seated: list[Enrolment], by: Person) -> None:
    """One was there, one for a part, one excused herself, and somebody came without account."""
    walk_in = meeting.add_walk_in(
        cohort=session.cohort, name=WALK_IN, institution="Centro de salud", by=by, at=session.ends_at
    )
    marks = (("present", None), ("partial", 90), ("excused", None))
    lines = [Line(who, *mark) for who, mark in zip(seated, marks, strict=True)]
    attendance.record(session=session, lines=[*lines, Line(walk_in, "present")], by=by, at=session.ends_at)
    settle_these.func(enrolments=[row.pk for row in seated])


def _correct(session: Session, enrolment: Enrolment, by: Person) -> None:
    """What waits for a second person: the wrong Leticia had signed."""
    row = Attendance.objects.get(session=session, enrolment=enrolment)
    who = Enrolment.objects.select_related("person").get(pk=enrolment.pk)
    reason = "En la hoja firmó otra Leticia"
    line = Line(who, "absent", seen=row.stamp)
    attendance.record(session=session, lines=[line], by=by, reason=reason, at=clock.now())
