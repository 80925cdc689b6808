"""Makes the demo's agreements, one in each state, and advice with actions that are done, pending and overdue."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from home.starter.files import key_of
from institutions.models import (
    ActionRole,
    Addendum,
    AdviceAction,
    AdviceKind,
    AdvicePlace,
    AdviceRecord,
    Agreement,
    AgreementKind,
    AgreementParty,
    Institution,
    PartyRole,
    WorkTopic,
)

# A PDF of one empty page: the demo shows that a file is there, not what it says.
BLANK = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
SUFFIX = "(demostración)"


@dataclass(frozen=True)
class Signed:
    """An agreement in days from today; None where there is no such date."""

    title: str
    kind: str
    parties: tuple[str, ...]
    starts: int | None
    ends: int | None = None
    is_signed: bool = True
    ended: int | None = None
    renews: str = ""
    scope: str = ""
    addendum: tuple[int, str, int | None] | None = None
    paper: bool = False


SCOPE = "Formación del personal, asesoría técnica y materiales. No incluye datos de personas atendidas."

AGREEMENTS = {
    "in-force": Signed(
        "Convenio de formación en primeros auxilios psicológicos",
        AgreementKind.AGREEMENT,
        ("hospital",),
        -400,
        500,
        scope=SCOPE,
        addendum=(-120, "Suma el curso de autocuidado y prolonga la vigencia.", 700),
        paper=True,
    ),
    "without-end": Signed(
        "Carta de entendimiento para el cuidado de equipos",
        AgreementKind.LETTER,
        ("shelter",),
        -200,
        scope=SCOPE,
    ),
    "ends-soon": Signed(
        "Acuerdo técnico de rutas de referencia", AgreementKind.TECHNICAL, ("returns",), -650, 80, scope=SCOPE
    ),
    "being-renewed": Signed(
        "Convenio de protección de niñez en retorno", AgreementKind.AGREEMENT, ("children",), -700, 250
    ),
    "renewal-draft": Signed(
        "Convenio de protección de niñez en retorno, renovación",
        AgreementKind.AGREEMENT,
        ("children",),
        251,
        is_signed=False,
        renews="being-renewed",
    ),
    "renewed": Signed(
        "Carta de entendimiento, primera etapa", AgreementKind.LETTER, ("hospital", "shelter"), -900, -100
    ),
    "renewal": Signed(
        "Carta de entendimiento, segunda etapa",
        AgreementKind.LETTER,
        ("hospital", "shelter"),
        -99,
        900,
        renews="renewed",
    ),
    "upcoming": Signed(
        "Acuerdo técnico de réplica de la formación", AgreementKind.TECHNICAL, ("returns",), 30, 760
    ),
    "expired": Signed("Convenio de capacitación inicial", AgreementKind.AGREEMENT, ("returns",), -1200, -300),
    "ended": Signed(
        "Carta de entendimiento para un piloto", AgreementKind.LETTER, ("shelter",), -500, 300, ended=-60
    ),
}

ADVICE = (
    ("hospital", 45, AdviceKind.VISIT, ("first_aid", "referral"), "3.5", (9, 4, 0, 1)),
    ("hospital", 160, AdviceKind.PROTOCOL, ("protocols", "gender"), "6", (5, 2, 1, 0)),
    ("shelter", 20, AdviceKind.SUPERVISION, ("care_of_teams",), "2", (6, 1, 0, 0)),
    ("returns", 75, AdviceKind.MEETING, ("return", "referral"), "1.5", (3, 5, 0, 0)),
    ("children", 12, AdviceKind.REPLICATION, ("children", "training"), "4", (12, 3, 0, 2)),
)

# By the number of the advice above: what, who answers, due and done in days from today.
ACTIONS = (
    (0, "Acordar la ruta de referencia con el turno de noche", ActionRole.FOCAL_POINT, -10, None),
    (0, "Enviar la guía de bolsillo en su versión final", ActionRole.PROGRAMME, 12, None),
    (1, "Validar el protocolo con la dirección", ActionRole.DIRECTION, -90, -100),
    (2, "Fijar un espacio mensual de cuidado del equipo", ActionRole.TEAM, 25, None),
    (3, "Proponer fechas para la réplica", ActionRole.BOTH, -30, None),
)


def load_agreements(institutions: dict[str, Institution]) -> None:
    """Make what is missing; what is there stays as people changed it."""
    made = {name: _agreement(name, signed) for name, signed in AGREEMENTS.items() if _is_missing(name)}
    for name, (agreement, signed) in made.items():
        _complete(name, agreement, signed, institutions)
    for number, row in enumerate(ADVICE):
        _advice(number, row, institutions)


def _key(name: str) -> object:
    return key_of(f"demo/agreement/{name}")


def _is_missing(name: str) -> bool:
    return not Agreement.objects.filter(key=_key(name)).exists()


def _date(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def _day(days: int | None) -> dt.date | None:
    return None if days is None else _date(days)


def _agreement(name: str, signed: Signed) -> tuple[Agreement, Signed]:
    agreement = Agreement(
        key=_key(name),
        kind=signed.kind,
        title=f"{signed.title} {SUFFIX}",
        signed_on=_day((signed.starts or 0) - 15 if signed.starts and signed.starts < 0 else -5)
        if signed.is_signed
        else None,
        starts_on=_day(signed.starts),
        ends_on=_day(signed.ends),
        ended_on=_day(signed.ended),
        renews=Agreement.objects.filter(key=_key(signed.renews)).first() if signed.renews else None,
        scope=signed.scope,
        topics=[WorkTopic.FIRST_AID, WorkTopic.TRAINING] if signed.scope else [],
        is_demo=True,
    )
    if signed.paper:
        agreement.paper.save("convenio.pdf", ContentFile(BLANK), save=False)
    agreement.save()
    return agreement, signed


def _complete(name: str, agreement: Agreement, signed: Signed, institutions: dict[str, Institution]) -> None:
    for place, party in enumerate(signed.parties):
        role = PartyRole.SIGNATORY if place == 0 else PartyRole.ADHERES
        AgreementParty.objects.create(
            agreement=agreement, institution=institutions[party], role=role, sort_order=place
        )
    if signed.addendum:
        days, text, new_end = signed.addendum
        Addendum.objects.create(
            agreement=agreement, signed_on=_date(days), text=text, new_ends_on=_day(new_end)
        )


def _advice(number: int, row: tuple, institutions: dict[str, Institution]) -> None:
    place, ago, kind, topics, hours, (women, men, other, unsaid) = row
    record, created = AdviceRecord.objects.get_or_create(
        key=key_of(f"demo/advice/{number}"),
        defaults={
            "institution": institutions[place],
            "held_on": _date(-ago),
            "kind": kind,
            "place": AdvicePlace.VIRTUAL if number % 2 else AdvicePlace.IN_PERSON,
            "topics": list(topics),
            "hours": Decimal(hours),
            "women": women,
            "men": men,
            "other": other,
            "unsaid": unsaid,
            "project": "Proyecto regional",
            "note": "Se trabajó con el equipo de guardia.",
            "is_demo": True,
        },
    )
    for of, text, role, due, done in ACTIONS if created else ():
        if of == number:
            AdviceAction.objects.create(
                record=record, text=text, role=role, due_on=_date(due), done_on=_day(done)
            )
