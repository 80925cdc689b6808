"""The demo's groups in every state: full with a waiting list, asked for, co-funded, over, cancelled, a cascade."""

from __future__ import annotations

import datetime as dt
from typing import Any

from accounts.models import Person
from courses import versions
from courses.models import Course
from home.demo import on_duty, people
from home.demo.calendar import ago
from home.demo.people import Someone
from home.starter.files import key_of
from institutions.models import Institution
from learning import cohorts, joining
from learning.models import ActivityType, Cohort, EnrolmentCode, JoinRequest, Modality
from programme.models import Country, Donor, Project

PROJECTS = (
    ("SALUD-MX-26", "Salud sin fronteras en Chiapas", "Fundación Puente (demostración)", ("MX",)),
    ("RUTA-26", "Cuidar en la ruta", "Cooperación del Norte (demostración)", ("MX", "GT", "HN")),
)
INVITED_CODE = "FULL7493"
ASKED_CODE = "ASKA7493"


def _one(key: str, name: str, country: str) -> Someone:
    return Someone(key, name, country, f"{key}@senda.example", position="community")


# Those of the full group, two who wait for a seat, and two who asked to join another one.
SEATED = (_one("noemi", "Noemí Güix Batz", "GT"), _one("fidel", "Fidel Ñonguio Paredes", "GT"))
WAITING = (_one("araceli", "Araceli Túm Pérez", "GT"), _one("benicio", "Benicio Álvarez Ixim", "GT"))
ASKING = (_one("casilda", "Casilda Rosales Muñoz", "MX"), _one("dario", "Darío Ocampo Ruíz", "MX"))


def load_projects() -> list[Project]:
    """Return the invented projects, made where they are missing."""
    found = []
    for code, name, donor, countries in PROJECTS:
        giver, _made = Donor.objects.get_or_create(name=donor)
        project, made = Project.objects.get_or_create(
            code=code,
            defaults={
                "name": f"{name} (demostración)",
                "donor": giver,
                "starts_on": ago(300).date(),
                "ends_on": ago(1).date() + dt.timedelta(days=400),
            },
        )
        if made:
            project.countries.set(Country.objects.filter(pk__in=countries))
        found.append(project)
    return found


def load_cohorts(
    course: Course, facilitator: Person, institutions: dict[str, Institution], groups: dict[str, Cohort]
) -> None:
    """Make the groups once; what people answer in them afterwards stays as it is."""
    projects = load_projects()
    if Cohort.objects.filter(key=key_of("demo/group/full")).exists():
        return
    groups["dated"].projects.set(projects)
    groups["open"].projects.set(projects[1:])
    hilda = people.find(on_duty.HILDA.key)
    training = _group(
        course,
        "training",
        "Formación de facilitadoras",
        facilitator,
        modality=Modality.ONLINE,
        country_id="GT",
    )
    _group(course, "replica", "Réplica en Huehuetenango", facilitator, parent=training, country_id="GT")
    _group(
        course,
        "over",
        "Sensibilización de otoño",
        facilitator,
        activity_type=ActivityType.AWARENESS,
        country_id="HN",
        starts_on=ago(120).date(),
        ends_on=ago(60).date(),
    )
    _group(course, "cancelled", "Taller suspendido", facilitator, country_id="MX", cancelled_at=ago(9))
    full = _group(
        course,
        "full",
        "Turno de noche, dos lugares",
        facilitator,
        code=INVITED_CODE,
        country_id="GT",
        seats=2,
    )
    full.projects.set(projects)
    asked = _group(
        course, "asked", "Con aprobación", facilitator, code=ASKED_CODE, country_id="MX", asks_approval=True
    )
    asked.invited.set([institutions["hospital"]])
    if hilda is not None:
        training.facilitators.add(hilda)
    _join(full, (*SEATED, *WAITING), days=8)
    _join(asked, ASKING, days=3)
    refused = JoinRequest.objects.filter(cohort=asked).last()
    if refused is not None:
        reason = "Este grupo es del hospital; en diciembre se abre otro"
        joining.answer_request(request=refused, accept=False, by=facilitator, reason=reason, at=ago(2))


def _group(
    course: Course, key: str, name: str, facilitator: Person, *, code: str = "", **fields: Any
) -> Cohort:
    cohort = Cohort(
        key=key_of(f"demo/group/{key}"),
        code=f"DEMO-{key.upper()}",
        name=f"{name} (demostración)",
        course=course,
        opened_by=facilitator,
        **fields,
    )
    if cohort.pins_version:
        cohort.version = versions.current(course)
    cohort.save()
    if code:
        EnrolmentCode.objects.create(code=code, course=course, cohort=cohort)
    cohorts.set_facilitators(cohort=cohort, people=[facilitator])
    return cohort


def _join(cohort: Cohort, guests: tuple[Someone, ...], *, days: int) -> None:
    """Let each sign up and ask, an hour after the one before."""
    for number, someone in enumerate(guests):
        person = people.sign_up(someone, days=days + 1)
        people.tell_name(person, someone)
        moment = ago(days) + dt.timedelta(minutes=number)
        joining.ask_to_join(person=person, cohort=cohort, at=moment)
