"""Makes the demo's partners: six public bodies, seven NGOs, seven grassroots groups, with units, old names and a merge.

All are invented, and every name says so. With the four of `places` they show every state of an institution.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from home.demo.calendar import ago
from home.starter.files import key_of
from institutions import counterparts, history, merging, places
from institutions.models import Institution, InstitutionType, Level, RouteStage, Sector
from programme.models import Division

PUBLIC, NGO, GRASSROOTS = InstitutionType.PUBLIC, InstitutionType.NGO, InstitutionType.GRASSROOTS
ORIGIN, TRANSIT, DESTINATION, RETURN = (
    RouteStage.ORIGIN,
    RouteStage.TRANSIT,
    RouteStage.DESTINATION,
    RouteStage.RETURN,
)
DISPLACEMENT = RouteStage.DISPLACEMENT


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
    languages: tuple[str, ...] = ("es",)
    is_shelter: bool = False
    parent: str = ""


# fmt: off
PARTNERS = (
    # Public bodies: with the hospital, the reception centre and the children's council they are six.
    Partner("ministry", "Secretaría de Salud Los Volcanes", "Salud Los Volcanes", PUBLIC, Sector.HEALTH, "MX-CHP", "Tuxtla Gutiérrez", Level.DEPARTMENTAL, (TRANSIT, DESTINATION), ("es", "tzh", "tzo")),
    Partner("health-gt", "Dirección de Salud La Ceiba", "Salud La Ceiba", PUBLIC, Sector.HEALTH, "GT-HU", "Huehuetenango", Level.DEPARTMENTAL, (ORIGIN, RETURN), ("es", "mam", "kjb", "jac")),
    Partner("family", "Secretaría de Familia El Pinar", "SEFAPI", PUBLIC, Sector.CHILD_PROTECTION, "HN-FM", "Tegucigalpa", Level.NATIONAL, (ORIGIN, RETURN, DISPLACEMENT)),
    Partner("clinic-1", "Centro de Salud Río Suchiate", "CS Suchiate", PUBLIC, Sector.HEALTH, "MX-CHP", "Suchiate", Level.LOCAL, (TRANSIT,), ("es", "mam", "ht"), parent="ministry"),
    Partner("clinic-2", "Centro de Salud Los Cafetales", "CS Cafetales", PUBLIC, Sector.HEALTH, "MX-CHP", "Tapachula", Level.LOCAL, (TRANSIT, DESTINATION), ("es", "ht", "en"), parent="ministry"),
    Partner("clinic-2b", "C. S. Cafetales", "", PUBLIC, Sector.HEALTH, "MX-CHP", "Tapachula", Level.LOCAL, (TRANSIT,)),
    Partner("family-before", "Dirección de Familia El Pinar", "DIFAPI", PUBLIC, Sector.CHILD_PROTECTION, "HN-FM", "Tegucigalpa", Level.NATIONAL, (ORIGIN,)),
    # NGOs: seven with Las Jacarandas.
    Partner("ngo-1", "Asociación Caminos de Maíz", "Caminos de Maíz", NGO, Sector.HUMAN_RIGHTS, "GT-GU", "Guatemala", Level.NATIONAL, (ORIGIN, RETURN), ("es", "quc", "kek")),
    Partner("ngo-2", "Casa Puente del Sur", "Puente del Sur", NGO, Sector.COMMUNITY, "MX-TAB", "Tenosique", Level.LOCAL, (TRANSIT,), ("es", "en", "ht"), True),
    Partner("ngo-3", "Fundación Brújula", "Brújula", NGO, Sector.HEALTH, "SV-SS", "San Salvador", Level.NATIONAL, (ORIGIN, RETURN, DISPLACEMENT)),
    Partner("ngo-4", "Red Salud sin Muros", "Salud sin Muros", NGO, Sector.HEALTH, "HN-CR", "San Pedro Sula", Level.NATIONAL, (ORIGIN, TRANSIT), ("es", "cab", "miq")),
    Partner("ngo-5", "Centro Tejedoras de Paz", "Tejedoras", NGO, Sector.WOMEN, "MX-CMX", "Iztapalapa", Level.LOCAL, (DESTINATION,), ("es", "nah", "mfs")),
    Partner("ngo-6", "Asociación Semilla y Río", "Semilla y Río", NGO, Sector.CHILD_PROTECTION, "HN-CM", "Comayagua", Level.MUNICIPAL, (ORIGIN, DISPLACEMENT), ("es", "len")),
    # Grassroots groups: seven.
    Partner("base-1", "Comité de Familias Luz de Octubre", "Luz de Octubre", GRASSROOTS, Sector.VICTIMS, "HN-YO", "El Progreso", Level.LOCAL, (ORIGIN,)),
    Partner("base-2", "Grupo de Personas Retornadas Volver a Empezar", "Volver a Empezar", GRASSROOTS, Sector.COMMUNITY, "SV-SM", "San Miguel", Level.LOCAL, (RETURN,)),
    Partner("base-3", "Comedor Parroquial Santa Milpa", "Santa Milpa", GRASSROOTS, Sector.COMMUNITY, "MX-VER", "Amatlán", Level.LOCAL, (TRANSIT,)),
    Partner("base-4", "Colectiva Mujeres del Manglar", "Manglar", GRASSROOTS, Sector.WOMEN, "HN-CH", "Choluteca", Level.LOCAL, (ORIGIN, TRANSIT)),
    Partner("base-5", "Red de Promotoras Q'anil", "Q'anil", GRASSROOTS, Sector.HEALTH, "GT-AV", "Cobán", Level.MUNICIPAL, (ORIGIN, RETURN), ("es", "kek", "poh")),
    Partner("base-6", "Familias Buscadoras del Istmo", "Buscadoras del Istmo", GRASSROOTS, Sector.VICTIMS, "MX-OAX", "Juchitán", Level.MUNICIPAL, (TRANSIT,), ("es", "zap")),
    Partner("base-7", "Comité de Migrantes El Amate", "El Amate", GRASSROOTS, Sector.COMMUNITY, "GT-SM", "Malacatán", Level.LOCAL, (TRANSIT,), ("es", "mam")),
)
# fmt: on


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
            "target_staff": 40 if partner.type == PUBLIC else 8,
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
