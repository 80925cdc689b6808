"""Makes the demo's partners: six public bodies, seven NGOs, seven grassroots groups, with units, old names and a merge.

All are invented, and every name says so. With the four of `places` they show every state of an institution.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from home.demo.calendar import ago
from home.starter.files import key_of, read
from institutions import counterparts, history, merging, places
from institutions.models import Institution, InstitutionType, Level, Sector
from programme.models import Division


@dataclass(frozen=True)
class Partner:
    """An invented partner; the name gets «(demostración)» behind it."""

    key: str
    name: str
    short_name: str
    type: str
    sector: str
    division: str
    municipality: str
    level: str
    stages: tuple[str, ...]
    languages: tuple[str, ...]
    is_shelter: bool = False
    parent: str = ""


PARTNERS = tuple(
    Partner(**{**fields, "stages": tuple(fields["stages"]), "languages": tuple(fields["languages"])})
    for fields in read(Path(__file__).with_name("partners.yaml"))
)


def load_partners(known: dict[str, Institution]) -> dict[str, Institution]:
    """Return the partners, made where they are missing; their acts are done once, when all were made."""
    new = not Institution.objects.filter(key=_key(PARTNERS[-1])).exists()
    made = {partner.key: _partner(partner) for partner in PARTNERS}
    if new:
        _say_more(known)
        _relate(made, known)
        _rename(made, known)
        _keep_places(made, known)
    return made


def _key(partner: Partner) -> Any:
    return key_of(f"demo/institution/{partner.key}")


def _partner(partner: Partner) -> Institution:
    division = Division.objects.get(code=partner.division)
    found, _created = Institution.objects.get_or_create(
        key=_key(partner),
        defaults={
            "name": f"{partner.name} (demostración)",
            "short_name": partner.short_name,
            "type": partner.type,
            "sector": partner.sector,
            "level": partner.level,
            "is_shelter": partner.is_shelter,
            "route_stages": list(partner.stages),
            "languages": list(partner.languages),
            "country_id": division.country_id,
            "division": division,
            "municipality": partner.municipality,
            "priority_posts": ["health", "psychosocial"] if partner.sector == Sector.HEALTH else [],
            "target_staff": 40 if partner.type == InstitutionType.PUBLIC else 8,
            "is_demo": True,
        },
    )
    return found


def _say_more(known: dict[str, Institution]) -> None:
    """Tell of the first four what partners tell of themselves."""
    said = {
        "hospital": {"level": Level.LOCAL, "municipality": "Tapachula", "languages": ["es", "mam", "ht"]},
        "shelter": {"level": Level.LOCAL, "municipality": "Malacatán", "languages": ["es", "en", "mam"]},
        "returns": {"level": Level.NATIONAL, "municipality": "San Pedro Sula", "languages": ["es"]},
        "children": {"level": Level.DEPARTMENTAL, "municipality": "San Salvador", "languages": ["es", "esn"]},
    }
    for name, fields in said.items():
        Institution.objects.filter(pk=known[name].pk).update(**fields)
    Institution.objects.filter(pk=known["hospital"].pk).update(
        priority_posts=["health", "psychosocial"],
        target_staff=120,
        training_post="Jefatura de enseñanza",
        notes="Prefiere sesiones de tarde. Pide la constancia en papel.",
    )


def _relate(made: dict[str, Institution], known: dict[str, Institution]) -> None:
    for partner in PARTNERS:
        if partner.parent:
            counterparts.place_under(institution=made[partner.key], parent=made[partner.parent])
    counterparts.place_under(
        institution=Institution.objects.get(pk=known["hospital"].pk), parent=made["ministry"]
    )
    merging.merge(
        duplicate=made["clinic-2b"],
        into=made["clinic-2"],
        by=None,
        reason="El mismo centro, escrito dos veces",
    )
    apart = merging.merge(
        duplicate=made["base-3"], into=made["ngo-2"], by=None, reason="Parecían el mismo comedor"
    )
    merging.undo(merge=apart, by=None, reason="Son dos: uno es de la parroquia")


def _rename(made: dict[str, Institution], known: dict[str, Institution]) -> None:
    history.succeed(
        institution=made["family-before"], successor=made["family"], ends_on=dt.date(2023, 12, 31), by=None
    )
    history.add_former_name(
        institution=known["children"],
        name="Consejo de Niñez Ñandú (demostración)",
        short_name="Consejo Ñandú",
        starts_on=dt.date(2015, 1, 1),
        ends_on=dt.date(2022, 12, 31),
        by=None,
    )
    history.rename(
        institution=made["ngo-1"],
        name="Asociación Caminos de Maíz y Sal (demostración)",
        short_name="Maíz y Sal",
        on=ago(100).date(),
        by=None,
    )


def _keep_places(made: dict[str, Institution], known: dict[str, Institution]) -> None:
    for shelter, street in (
        (known["shelter"], "Calle Inventada 5"),
        (made["ngo-2"], "Calle que no existe 12"),
    ):
        place = places.Place(f"{street}, portón azul (demostración)", Decimal("0.00001"), Decimal("-0.00001"))
        places.save_place(institution=shelter, place=place, by=None)
