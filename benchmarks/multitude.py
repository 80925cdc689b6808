"""Fills a PostgreSQL database with invented people and institutions, with all that the lists of staff show of them.

Skewed as life is: one ministry with forty hospitals has one person in ten, a few institutions have thousands and most
have a handful, names are borne by many, one person in eight has no login. Rows go in by COPY: two minutes, not twenty.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from benchmarks.bench_duplicates import a_name, a_year, spoilt

if TYPE_CHECKING:
    from django.db.models import Model

PEOPLE, PLACES, HOSPITALS, COURSES = 200_000, 2_000, 40, 6
COUNTRIES = {
    "GT": ("Guatemala", "America/Guatemala"),
    "HN": ("Honduras", "America/Tegucigalpa"),
    "MX": ("México", "America/Mexico_City"),
    "SV": ("El Salvador", "America/El_Salvador"),
}
MINISTRY = "Ministerio de Salud"
# Who stands at the end of the list of people, and one whose name nobody else bears.
NAMED = {0: "María Hernández Abrego", 77_777: "Ixchel Núñez Güereca Tzul"}
SINCE = dt.date(2025, 1, 1)
# The first institution is the ministry and the next forty its hospitals; all forty-one stand in one country.
AT_HOME = "GT"


def fill(people: int = PEOPLE) -> None:
    """Make everything, and let the server count it."""
    from django.db import connection

    dice = random.Random(23)
    _trusted()
    _countries_and_courses()
    where = _places(dice)
    persons = _persons(dice, people, where)
    _memberships(dice, persons, where)
    _logins(dice, persons)
    _learning(dice, persons, where)
    _papers(dice, people, where)
    _privacy(dice, people)
    with connection.cursor() as cursor:
        cursor.execute("RESET session_replication_role")
        cursor.execute("VACUUM ANALYZE")


def _trusted() -> None:
    """Spare the server what keys are checked for: they are right. Only its owner may; others wait a minute longer."""
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
    except DatabaseError:
        pass


def copied(rows: Iterable[Model]) -> int:
    """Write rows of one model, whose keys are given, as Django would; return the last key."""
    from django.core.management.color import no_style
    from django.db import connection, models

    rows = iter(rows)
    first = next(rows)
    model = type(first)
    fields = model._meta.concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    # Only these write anything but what they hold.
    of_their_own = (models.JSONField, models.DateTimeField, models.FileField)
    ways = [(field.attname, field if isinstance(field, of_their_own) else None) for field in fields]
    last = 0
    with connection.cursor() as cursor:
        with cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as copy:
            for row in itertools.chain([first], rows):
                copy.write_row([_cell(row, name, field) for name, field in ways])
                last = row.pk
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)
    return last


def _cell(row: Model, name: str, field: Any) -> Any:
    from django.db import connection

    if field is None:
        return getattr(row, name)
    return field.get_db_prep_save(field.pre_save(row, True), connection)


def _countries_and_courses() -> None:
    from common import clock
    from courses.models import Course, CourseVersion
    from programme.models import Country

    for code, (name, zone) in COUNTRIES.items():
        values = {"name_es": name, "name_en": name, "name_fr": name, "time_zone": zone, "in_programme": True}
        Country.objects.update_or_create(code=code, defaults=values)
    for number in range(1, COURSES + 1):
        course = Course.objects.create(code=f"LISTA-{number}")
        CourseVersion.objects.create(
            course=course, number=1, fingerprint="f" * 64, manifest={}, released_at=clock.now()
        )


def _places(dice: random.Random) -> list[str]:
    """Make the institutions; return the country of each, by its key less one."""
    from institutions.models import Institution, InstitutionType, Sector

    country = [AT_HOME] * (HOSPITALS + 1)
    country += [dice.choice(list(COUNTRIES)) for _each in range(PLACES - len(country))]

    def one(number: int) -> Institution:
        hospital = 1 <= number <= HOSPITALS
        name = MINISTRY if number == 0 else f"Hospital {number}" if hospital else f"Lugar {number}"
        row = Institution(
            pk=number + 1, canonical_id=number + 1, name=name, country_id=country[number],
            type="public" if hospital else dice.choice(InstitutionType.values),
            sector="health" if hospital else dice.choice(Sector.values),
            parent_id=1 if hospital else None, is_shelter=not hospital and number % 50 == 7,
            route_stages=[dice.choice(("origin", "transit", "return"))],
        )  # fmt: skip
        row.folded_name = name.lower()
        return row

    copied(one(number) for number in range(PLACES))
    return country


def _a_place(dice: random.Random) -> int:
    """One in ten works in the ministry or a hospital; of the others, many in few places."""
    if dice.random() < 0.1:
        return max(1, int(1 + (HOSPITALS + 1) * dice.random() ** 1.5))
    return HOSPITALS + 2 + int((PLACES - HOSPITALS - 1) * dice.random() ** 2.5)


def _persons(dice: random.Random, people: int, country: list[str]) -> list[int]:
    """Make the people; return where each works, by her key less one."""
    from accounts.models import AgeBand, Person, PositionCategory, Sex
    from accounts.names import refold

    at = [_a_place(dice) for _each in range(people)]

    def one(number: int, before: Person | None) -> Person:
        if before is not None and number % 40 == 1:
            row = spoilt(dice, before)
            at[number] = at[number - 1]
        else:
            row = Person(certificate_name=a_name(dice), birth_year=dice.choice([None, a_year(dice)]))
        if number in NAMED:
            row.certificate_name = NAMED[number]
        row.pk = row.canonical_id = number + 1
        row.country_id = country[at[number] - 1]
        row.sex, row.age_band = dice.choice(Sex.values), dice.choice(AgeBand.values)
        row.position, row.folded_name = dice.choice(PositionCategory.values), refold(row)
        if number % 1000 == 999:
            # Merged into the one before her.
            row.canonical_id = number
        return row

    def each() -> Iterator[Person]:
        before = None
        for number in range(people):
            before = one(number, before)
            yield before

    copied(each())
    return at


def _memberships(dice: random.Random, at: list[int], country: list[str]) -> None:
    from institutions.models import Membership

    def each() -> Iterator[Membership]:
        key = 0
        for person, place in enumerate(at, 1):
            luck = dice.random()
            if luck < 0.05:
                continue
            state = "claimed" if luck < 0.30 else "refused" if luck < 0.33 else "confirmed"
            row = Membership(person_id=person, institution_id=place, state=state, starts_on=SINCE)
            row.refusal = "unknown" if state == "refused" else ""
            row.ends_on = dt.date(2026, 3, 31) if luck > 0.88 else None
            row.pk = key = key + 1
            yield row

    copied(each())


def _logins(dice: random.Random, at: list[int]) -> None:
    from accounts.models import User

    def each() -> Iterator[User]:
        for person in range(1, len(at) + 1):
            if dice.random() < 0.12:
                continue
            email = f"persona{person}@example.org" if dice.random() < 0.6 else ""
            yield User(pk=person, person_id=person, username=f"Q{person:07d}", email=email, password="!")

    copied(each())


def _learning(dice: random.Random, at: list[int], country: list[str]) -> None:
    """Enrol: three enrolments fall to two people, half of them in one course, one in three completed."""
    from certificates.models import Certificate
    from common import clock
    from courses.models import Course, CourseVersion
    from learning.models import Cohort, Completion, Enrolment, Nomination

    courses = list(Course.objects.order_by("pk").values_list("pk", flat=True))
    version = dict(CourseVersion.objects.values_list("course_id", "pk"))
    now = clock.now()
    people = len(at)
    pairs = {
        (1 + dice.randrange(people), courses[int(len(courses) * dice.random() ** 2)])
        for _each in range(people * 3 // 2)
    }
    done: list[tuple[int, int, int, dt.datetime]] = []

    def enrolments() -> Iterator[Enrolment]:
        for key, (person, course) in enumerate(sorted(pairs), 1):
            state = "completed" if dice.random() < 0.33 else "active"
            when = now - dt.timedelta(minutes=dice.randrange(500_000))
            if state == "completed":
                done.append((key, person, course, when))
            yield Enrolment(
                pk=key, person_id=person, course_id=course, version_id=version[course], way="self", state=state,
                enrolled_at=when, enrolled_on=when.date(), time_zone="America/Guatemala",
                at_country_id=country[at[person - 1] - 1], at_institution_id=at[person - 1],
            )  # fmt: skip

    copied(enrolments())
    copied(
        Completion(
            pk=key, enrolment_id=enrolment, version_id=version[course], rule={}, evidence={}, minutes=200,
            achieved_on=when.date(), recorded_at=when,
        )
        for key, (enrolment, _person, course, when) in enumerate(done, 1)
    )  # fmt: skip
    copied(
        Certificate(
            pk=key, code=f"C{key:09d}", person_id=person, completion_id=key, course_id=course, frozen={},
            issued_at=when, achieved_on=when.date(),
        )
        for key, (_enrolment, person, course, when) in enumerate(done, 1)
    )  # fmt: skip
    copied(
        Cohort(
            pk=key, code=f"G-{key}", name=f"Grupo {key}", course_id=dice.choice(courses), institution_id=key,
            country_id=country[key - 1], starts_on=SINCE, ends_on=dt.date(2027, 1, 1),
        )
        for key in range(1, 501)
    )  # fmt: skip
    copied(
        Nomination(
            pk=person, institution_id=at[person - 1], person_id=person, course_id=dice.choice(courses),
            nominated_by_id=1, nominated_at=now, state=dice.choice(("open", "declined")),
        )
        for person in range(1, people + 1, 10)
    )  # fmt: skip


def _papers(dice: random.Random, people: int, country: list[str]) -> None:
    """Make agreements with their parties, and advice with what was agreed."""
    from institutions.models import AdviceAction, AdviceKind, AdviceRecord, Agreement, AgreementParty

    def day() -> dt.date:
        return dt.date(2025, 1, 1) + dt.timedelta(days=dice.randrange(680))

    def agreement(key: int) -> Agreement:
        starts = day()
        signed = None if key % 20 == 0 else starts
        ends = starts + dt.timedelta(days=dice.choice((200, 400, 800)))
        return Agreement(
            pk=key,
            kind="agreement",
            title=f"Convenio {key}",
            signed_on=signed,
            starts_on=starts,
            ends_on=ends,
        )

    copied(agreement(key) for key in range(1, 1_501))
    parties = sorted({(key, 1 + dice.randrange(PLACES)) for key in range(1, 1_501) for _each in range(2)})
    copied(
        AgreementParty(pk=key, agreement_id=agreed, institution_id=place)
        for key, (agreed, place) in enumerate(parties, 1)
    )
    copied(
        AdviceRecord(
            pk=key, institution_id=1 + int(PLACES * dice.random() ** 2), kind=dice.choice(AdviceKind.values),
            held_on=day(), hours=2, women=dice.randrange(1, 20), men=dice.randrange(9),
        )
        for key in range(1, 20_001)
    )  # fmt: skip
    copied(
        AdviceAction(
            pk=key, record_id=key // 2 + 1, text="Revisar la ruta de referencia", role="team", due_on=day(),
            done_on=None if key % 3 == 0 else dt.date(2026, 11, 1),
        )
        for key in range(1, 40_000)
    )  # fmt: skip


def _privacy(dice: random.Random, people: int) -> None:
    """Make merges, suggestions, requests, consents and what was seen and exported of whom."""
    from django.conf import settings

    from accounts.models import Consent, DisclosedPerson, Disclosure, PersonMerge
    from common import clock
    from institutions.models import DuplicateSuggestion

    now = clock.now()

    def earlier() -> dt.datetime:
        return now - dt.timedelta(minutes=dice.randrange(500_000))

    copied(
        PersonMerge(
            pk=key, duplicate_id=key * 1000, into_id=key * 1000 - 1, reason="La misma", merged_at=earlier()
        )
        for key in range(1, people // 1000 + 1)
    )
    copied(
        DuplicateSuggestion(
            pk=key, first_id=first, second_id=first + 1, score=dice.randrange(50, 100),
            reasons=["same_name", "same_place"], computed_at=now,
        )
        for key, first in enumerate(range(1, people, 12), 1)
    )  # fmt: skip
    copied(_request(key, key * 40, earlier(), dice) for key in range(1, people // 40 + 1))
    purposes = ("courses", "share_employer")
    copied(
        Consent(
            pk=key * 2 + which, person_id=key, purpose=purposes[which], given_at=now,
            notice_version=settings.SENDA_NOTICE_VERSION,
        )
        for key in range(1, people + 1)
        for which in range(2 if key % 3 == 0 else 1)
    )  # fmt: skip
    copied(
        Disclosure(
            pk=key, at=earlier(), by_id=1 + key % 60, role=dice.choice(("coordinator", "monitor", "staff")),
            act="viewed" if key % 20 else "exported", what="people.duplicates" if key % 20 else "people",
            reason="" if key % 20 else "Informe de la oficina",
            of_id=1 + dice.randrange(people) if key % 20 else None,
        )
        for key in range(1, 50_001)
    )  # fmt: skip
    copied(
        DisclosedPerson(pk=key, disclosure_id=20 * (1 + key % 10), person_id=1 + key // 10)
        for key in range(1, people * 2 + 1)
    )


def _request(key: int, person: int, at: dt.datetime, dice: random.Random) -> Any:
    from accounts.models import DataRequest

    waits = key % 4 == 0
    return DataRequest(
        pk=key, person_id=person, kind=dice.choice(("correction", "erasure", "objection")), about="other",
        asked_at=at, due_on=at.date() + dt.timedelta(days=20), state="open" if waits else "done",
        closed_at=None if waits else at + dt.timedelta(days=4),
    )  # fmt: skip


def readers() -> dict[str, Callable[[], Any]]:
    """Return who looks: an administrator, a coordinator of one country, a monitor, an auditor, a focal point."""
    return {
        "administrator": lambda: _staff("Administradora", is_superuser=True),
        "coordinator": lambda: _staff("Coordinadora", kind="coordinator", country=AT_HOME),
        "monitor": lambda: _staff("Seguimiento", kind="monitor"),
        "auditor": lambda: _staff("Auditora", kind="auditor"),
        "focal_point": _focal_point,
    }


def _login(name: str, **values: Any) -> Any:
    from allauth.mfa.models import Authenticator

    from accounts.models import Person, User

    known = User.objects.filter(username=f"LISTAS-{name}").first()
    if known:
        return known
    person = Person.objects.create(country_id=AT_HOME, display_name=name, certificate_name=name)
    user = User(person=person, username=f"LISTAS-{name}", email=f"{name.lower()}@example.org", **values)
    user.set_unusable_password()
    user.save()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    return user


def _staff(name: str, kind: str = "", country: str | None = None, **values: Any) -> Any:
    from accounts.models import Duty
    from common import clock

    user = _login(name, **values)
    if kind:
        today = clock.now().date()
        Duty.objects.get_or_create(
            person=user.person,
            kind=kind,
            country_id=country,
            defaults={
                "starts_on": today - dt.timedelta(days=2),
                "ends_on": today + dt.timedelta(days=90),
                "granted_at": clock.now(),
                "reason": "Para medir las listas",
            },
        )
    return user


def _focal_point() -> Any:
    """Make the focal point of the ministry, to whom all that is below it was assigned."""
    from common import clock
    from institutions.models import AssignedUnit, Membership

    user = _login("Enlace")
    row, new = Membership.objects.get_or_create(
        person=user.person,
        institution_id=1,
        role="focal_point",
        defaults={"state": "confirmed", "starts_on": SINCE},
    )
    if new:
        AssignedUnit.objects.create(membership=row, unit_id=1, assigned_at=clock.now())
    return user
