"""The invented learners and the state in which each is left. Their names are long, accented and nobody's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.models import Person
from certificates.models import RevocationCategory
from certificates.services import replace, revoke
from courses.models import Course
from home.demo import people, steps
from home.demo.calendar import ago
from home.demo.people import Someone
from learning import services
from learning.models import Cohort


@dataclass(frozen=True)
class Stage:
    """What a story needs around its person."""

    course: Course
    groups: dict[str, Cohort]
    trainer: Person


def just_enrolled(person: Person, someone: Someone, stage: Stage) -> None:
    """Just enrolled; nothing opened yet."""
    steps.enrol(person, stage.course, days=1)


def midway(person: Person, someone: Someone, stage: Stage) -> None:
    """Half of the lessons done."""
    people.tell_details(person, someone)
    steps.do_lessons(steps.enrol(person, stage.course, days=6), 9)


def midway_in_group(person: Person, someone: Someone, stage: Stage) -> None:
    """Some lessons done, in the group with dates."""
    people.tell_details(person, someone)
    steps.do_lessons(steps.enrol(person, stage.course, days=12, cohort=stage.groups["dated"]), 5)


def enrolled_by_staff(person: Person, someone: Someone, stage: Stage) -> None:
    """Enrolled by the trainer in the group without dates."""
    path = steps.enrol(person, stage.course, days=4, cohort=stage.groups["open"], by=stage.trainer)
    steps.do_lessons(path, 2)


def skipped(person: Person, someone: Someone, stage: Stage) -> None:
    """Left the sensitive case for another day; nothing else is left."""
    people.tell_details(person, someone)
    path = steps.enrol(person, stage.course, days=20, cohort=stage.groups["dated"])
    steps.do_lessons(path, leave_out=(path.sensitive_case,))
    steps.skip_case(path, days=13)
    steps.pass_quiz(path, days=12)


def equivalent_done(person: Person, someone: Someone, stage: Stage) -> None:
    """Did the gentle equivalent in place of the sensitive case; the quiz is left."""
    people.tell_details(person, someone)
    path = steps.enrol(person, stage.course, days=15, cohort=stage.groups["open"])
    steps.do_lessons(path, leave_out=(path.sensitive_case,))
    steps.skip_case(path, days=9)
    steps.do_equivalent(path, days=8)


def accredited(person: Person, someone: Someone, stage: Stage) -> None:
    """Had the sensitive case accredited by the facilitator; completed, with certificate."""
    people.tell_details(person, someone)
    path = steps.enrol(person, stage.course, days=28, cohort=stage.groups["dated"])
    steps.do_lessons(path, leave_out=(path.sensitive_case,))
    steps.pass_quiz(path, days=20)
    steps.accredit(path, by=stage.trainer, days=19)
    steps.certify(path, path.enrolment.completion)


def failed_once(person: Person, someone: Someone, stage: Stage) -> None:
    """Did not reach the pass mark once; two tries are left."""
    people.tell_details(person, someone)
    path = steps.enrol(person, stage.course, days=14)
    steps.do_lessons(path)
    steps.try_quiz(path, right=6, days=5)


def tries_used_up(person: Person, someone: Someone, stage: Stage) -> None:
    """Used up all three tries at the quiz."""
    people.tell_details(person, someone)
    path = steps.enrol(person, stage.course, days=25, cohort=stage.groups["dated"])
    steps.do_lessons(path)
    for days, right in ((15, 4), (12, 7), (9, 9)):
        steps.try_quiz(path, right=right, days=days)


def in_the_quiz(person: Person, someone: Someone, stage: Stage) -> None:
    """In the middle of the quiz: five answers are kept."""
    path = steps.enrol(person, stage.course, days=10)
    steps.do_lessons(path)
    steps.answer(path, steps.begin_quiz(path, days=1), right=4, only=5, days=1)


def certified(person: Person, someone: Someone, stage: Stage) -> None:
    """Completed, with a certificate in force."""
    people.tell_details(person, someone)
    path = steps.enrol(person, stage.course, days=45)
    steps.certify(path, steps.complete(path))


def certified_at_second_try(person: Person, someone: Someone, stage: Stage) -> None:
    """Passed at the second try; a certificate in force."""
    people.tell_details(person, someone)
    path = steps.enrol(person, stage.course, days=60)
    steps.do_lessons(path)
    steps.try_quiz(path, right=8, days=53)
    steps.pass_quiz(path, days=52)
    steps.certify(path, path.enrolment.completion)


def waiting_for_details(person: Person, someone: Someone, stage: Stage) -> None:
    """Completed; the certificate waits for the details of the profile."""
    steps.complete(steps.enrol(person, stage.course, days=18))


def expired(person: Person, someone: Someone, stage: Stage) -> None:
    """The certificate has expired."""
    people.tell_details(person, someone)
    path = steps.enrol(person, stage.course, days=800)
    steps.certify(path, steps.complete(path))


def revoked(person: Person, someone: Someone, stage: Stage) -> None:
    """The certificate was revoked: issued in error."""
    people.tell_details(person, someone)
    path = steps.enrol(person, stage.course, days=90)
    certificate = steps.certify(path, steps.complete(path))
    if certificate is not None:
        revoke(certificate=certificate, category=RevocationCategory.ERROR, by=stage.trainer, at=ago(60))


def replaced(person: Person, someone: Someone, stage: Stage) -> None:
    """The certificate was replaced by one with the right name."""
    people.tell_details(person, someone, name=f"{someone.name.split()[0]} Nombre Equivocado")
    path = steps.enrol(person, stage.course, days=120)
    certificate = steps.certify(path, steps.complete(path))
    people.tell_details(person, someone)
    if certificate is not None:
        replace(certificate=certificate, at=ago(100), code=steps.code_of("ximena"))


def left(person: Person, someone: Someone, stage: Stage) -> None:
    """Left the course after three lessons."""
    people.tell_details(person, someone)
    path = steps.enrol(person, stage.course, days=40)
    steps.do_lessons(path, 3)
    services.leave(enrolment=path.enrolment)


def retaking(person: Person, someone: Someone, stage: Stage) -> None:
    """Takes the course again: the first certificate has expired."""
    people.tell_details(person, someone)
    first = steps.enrol(person, stage.course, days=780, name="first")
    steps.certify(first, steps.complete(first))
    steps.do_lessons(steps.enrol(person, stage.course, days=7, name="again"), 4)


Story = Callable[[Person, Someone, Stage], None]


def _one(
    key: str, name: str, country: str, institution: str, story: Story, **details: Any
) -> tuple[Someone, Story]:
    return Someone(key, name, country, f"{key}@senda.example", institution, **details), story


LEARNERS: tuple[tuple[Someone, Story], ...] = (
    _one("itzel", "Itzel Canché Poot", "MX", "hospital", just_enrolled),
    _one("nahum", "Nahúm Ordóñez Tzoc", "GT", "shelter", midway, sex="man", position="shelter"),
    _one("begona", "Begoña Muñoz Acuña", "MX", "hospital", midway_in_group, age_band="50-59"),
    _one("wilmer", "Wilmer Güity Bernárdez", "HN", "returns", enrolled_by_staff, sex="man"),
    _one("xiomara", "Xiomara Quiñónez Ñurinda", "HN", "returns", skipped, position="migration"),
    _one("eulalia", "Eulalia Ixchop de León", "GT", "shelter", equivalent_done, position="community"),
    _one(
        "oscar",
        "Óscar Iván Ibáñez Peñate",
        "SV",
        "children",
        accredited,
        sex="man",
        position="child_protection",
    ),
    _one("yolanda", "Yolanda Chávez Argüello", "SV", "children", failed_once, position="child_protection"),
    _one("heriberto", "Heriberto Núñez Coc", "GT", "shelter", tries_used_up, sex="man", age_band="60+"),
    _one("zoila", "Zoila Ramírez Güinac", "GT", "", in_the_quiz, position="community"),
    _one(
        "maria",
        "María Guadalupe de los Ángeles Concepción Inmaculada Xicoténcatl-Hernández y Ordóñez de la Trinidad "
        "Sánchez viuda de Tzunún",
        "MX",
        "hospital",
        certified,
        age_band="50-59",
    ),
    _one("ak", "Ak’abal B’alam Q’anïl", "GT", "shelter", certified, sex="other", position="community"),
    _one("solange", "Solange Médor Étienne", "MX", "hospital", certified_at_second_try, language="fr"),
    _one("nelson", "Nelson Zaldívar Umaña", "SV", "children", waiting_for_details, sex="man"),
    _one("ursula", "Úrsula Peñalba Castañeda", "HN", "returns", expired, position="migration"),
    _one("teofilo", "Teófilo Bámaca Sicajá", "GT", "shelter", revoked, sex="man", position="shelter"),
    _one("ximena", "Ximena Yáñez Ocaña", "MX", "hospital", replaced, position="psychosocial"),
    _one("ramiro", "Ramiro Piñeda Lagüela", "HN", "returns", left, sex="man", position="migration"),
    _one("lourdes", "Lourdes Ñúñez Ical", "GT", "", retaking, sex="unsaid", position="health"),
    _one(
        "julian",
        "Julián Ávalos Menjívar",
        "SV",
        "children",
        midway,
        sex="man",
        age_band="18-24",
        language="en",
    ),
)
