"""Gives the demo people with duties, in each state in which a duty can be, and what they looked at."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts import disclosures, duties
from accounts.models import Act, Disclosure, Duty, DutyKind, Person, User
from certificates.models import Certificate
from certificates.opened import WHAT
from home.demo import people
from home.demo.calendar import ago
from home.demo.people import Someone
from programme.models import Country

HILDA = Someone("hilda", "Hilda Choc Paredes", "GT", "hilda@senda.example", position="management")
IKER = Someone("iker", "Íker Maldonado Ruiz", "HN", "iker@senda.example", sex="man", position="management")
JULIA = Someone("julia", "Julia Ferrándiz Soto", "MX", "julia@senda.example", position="other")
KENIA = Someone("kenia", "Kenia Arriola Paz", "SV", "kenia@senda.example", position="other")
ALL = (HILDA, IKER, JULIA, KENIA)
FOR_THE_DONOR = "Informe anual al donante: lista de constancias emitidas"


@dataclass(frozen=True)
class Given:
    """A duty of the demo: whose, which, from how many days ago, until how many days ahead (negative: past)."""

    whose: Someone
    kind: str
    country: str | None
    since: int
    until: int | None
    why: str
    ended: int | None = None


GIVEN = (
    Given(
        HILDA,
        DutyKind.COORDINATOR,
        "GT",
        280,
        None,
        "Coordina Guatemala desde enero, por decisión de la misión",
    ),
    Given(
        IKER,
        DutyKind.COORDINATOR,
        "HN",
        270,
        None,
        "Coordinó Honduras mientras no había nadie más",
        ended=120,
    ),
    Given(IKER, DutyKind.MONITOR, None, 119, None, "Lleva los indicadores del programa para el donante"),
    Given(JULIA, DutyKind.AUDITOR, None, 10, 60, "Auditoría externa del segundo año, según contrato"),
    Given(KENIA, DutyKind.AUDITOR, None, 200, -20, "Auditoría externa del primer año, según contrato"),
    Given(KENIA, DutyKind.AUDITOR, "SV", -15, 45, "Verificación de El Salvador, pedida por el donante"),
)


def load() -> None:
    """Grant what is missing, and let some of them look at the register. The people are there."""
    admin = User.objects.get(person=people.find(people.ADMIN.key))
    for given in GIVEN:
        _grant(given, admin)
    if not Disclosure.objects.filter(by__is_demo=True).exists():
        _look()


def _grant(given: Given, admin: User) -> None:
    person = people.find(given.whose.key)
    country = Country.objects.get(pk=given.country) if given.country else None
    asked = {"person": person, "kind": given.kind, "country": country}
    starts_on = ago(1).date() + dt.timedelta(days=1 - given.since)
    if person is None or Duty.objects.filter(**asked, reason=given.why).exists():
        return
    last = None if given.until is None else ago(1).date() + dt.timedelta(days=1 + given.until)
    duty = Duty.objects.create(
        **asked,
        starts_on=starts_on,
        ends_on=last,
        reason=given.why,
        granted_by=admin.person,
        granted_at=ago(max(given.since, 1)),
    )
    if given.ended is not None:
        duties.end(duty=duty, reason="Llegó la nueva coordinadora del país", by=admin, at=ago(given.ended))


def _look() -> None:
    """Julia looked at one certificate, Hilda took her country's along, and Elena all."""
    rows = Certificate.objects.filter(person__is_demo=True).order_by("pk")
    first = rows.first()
    hilda, elena, julia = (people.find(someone.key) for someone in (HILDA, people.ELENA, JULIA))
    if first is None or hilda is None or elena is None or julia is None:
        return
    disclosures.seen(by=julia, what=WHAT, of=first.person, at=ago(2))
    _export(hilda, list(rows.filter(person__country="GT").values_list("person", flat=True)), 5)
    _export(elena, list(rows.values_list("person", flat=True)), 9)


def _export(by: Person, of: list[int], days: int) -> None:
    if of:
        disclosures.keep(
            by=by,
            act=Act.EXPORTED,
            what=WHAT,
            reason=FOR_THE_DONOR,
            rows=len(of),
            people=set(of),
            at=ago(days),
        )
