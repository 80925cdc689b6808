"""Makes where the demo's people work and learn: institutions, groups, codes, the name of the organisation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from wagtail.models import Site

from accounts.models import Person
from courses import versions
from courses.models import Course
from home.demo.calendar import ago
from home.starter.files import key_of
from institutions.models import Institution, InstitutionType, RouteStage, Sector
from learning.models import Cohort, EnrolmentCode
from programme.models import Division, Identity

HOSPITAL = "hospital"
SHELTER = "shelter"
CODE = "PAPDEMO"
EXPIRED_CODE = "PAPVIEJO"


@dataclass(frozen=True)
class Place:
    """An invented institution. Every name says that it is one."""

    name: str
    short_name: str
    type: str
    sector: str
    division: str
    stages: tuple[str, ...]
    is_shelter: bool = False


PLACES = {
    HOSPITAL: Place(
        "Hospital General El Ejemplo (demostración)",
        "Hospital El Ejemplo",
        InstitutionType.PUBLIC,
        Sector.HEALTH,
        "MX-CHP",
        (RouteStage.TRANSIT, RouteStage.DESTINATION),
    ),
    SHELTER: Place(
        "Casa de Paso Las Jacarandas (demostración)",
        "Las Jacarandas",
        InstitutionType.NGO,
        Sector.OTHER,
        "GT-SM",
        (RouteStage.TRANSIT,),
        is_shelter=True,
    ),
    "returns": Place(
        "Centro de Recepción Puerta Abierta (demostración)",
        "Puerta Abierta",
        InstitutionType.PUBLIC,
        Sector.MIGRATION,
        "HN-CR",
        (RouteStage.RETURN,),
    ),
    "children": Place(
        "Junta de Niñez Ñandú (demostración)",
        "Junta Ñandú",
        InstitutionType.PUBLIC,
        Sector.CHILD_PROTECTION,
        "SV-SS",
        (RouteStage.ORIGIN, RouteStage.RETURN),
    ),
}

IDENTITY = {
    "organisation": "Programa de formación (demostración)",
    "place": "Tapachula, Chiapas",
    "about": "Sitio de demostración: las personas, las instituciones y las constancias son inventadas.",
    "abuse_email": "avisos-demostracion@senda.example",
    "safeguarding_email": "salvaguarda-demostracion@senda.example",
    "abuse_readers": "Nadie: esta dirección es de la demostración",
    "signatory_1_name": "Íñigo Peñaranda Güemes",
    "signatory_1_role": "Coordinación de formación (demostración)",
    "signatory_2_name": "María de los Ángeles Ordóñez Xicoténcatl",
    "signatory_2_role": "Dirección del programa (demostración)",
}


def load_identity() -> None:
    """Give the site a name for its certificates, where nobody has given it one."""
    identity = Identity.for_site(Site.objects.get(is_default_site=True))
    if not identity.organisation:
        for field, words in IDENTITY.items():
            setattr(identity, field, words)
        identity.save(update_fields=list(IDENTITY))


def load_institutions() -> dict[str, Institution]:
    """Return the invented institutions, made where they are missing."""
    return {name: _institution(name, place) for name, place in PLACES.items()}


def _institution(name: str, place: Place) -> Institution:
    division = Division.objects.get(code=place.division)
    found, _created = Institution.objects.get_or_create(
        key=key_of(f"demo/institution/{name}"),
        defaults={
            "name": place.name,
            "short_name": place.short_name,
            "type": place.type,
            "sector": place.sector,
            "is_shelter": place.is_shelter,
            "route_stages": list(place.stages),
            "country_id": division.country_id,
            "division": division,
            "is_demo": True,
        },
    )
    return found


def load_groups(
    *, course: Course, facilitator: Person, institutions: dict[str, Institution]
) -> dict[str, Cohort]:
    """Return the two groups: one with dates, which keeps its version, and one without."""
    dated, _created = Cohort.objects.get_or_create(
        key=key_of("demo/group/dated"),
        defaults={
            "code": "DEMO-FECHAS",
            "name": "Personal de salud, con fechas (demostración)",
            "course": course,
            "version": versions.current(course),
            "country_id": "MX",
            "institution": institutions[HOSPITAL],
            "starts_on": ago(30).date(),
            "ends_on": ago(1).date() + dt.timedelta(days=60),
        },
    )
    loose, _created = Cohort.objects.get_or_create(
        key=key_of("demo/group/open"),
        defaults={
            "code": "DEMO-ABIERTO",
            "name": "Casas de paso, a su ritmo (demostración)",
            "course": course,
            "country_id": "GT",
            "institution": institutions[SHELTER],
        },
    )
    for cohort in (dated, loose):
        cohort.facilitators.add(facilitator)
    return {"dated": dated, "open": loose}


def load_codes(*, course: Course, groups: dict[str, Cohort], institutions: dict[str, Institution]) -> None:
    """Make the hospital's code, which enrols in its group, and one that is past its day."""
    rows = {CODE: None, EXPIRED_CODE: ago(3).date()}
    for code, valid_until in rows.items():
        EnrolmentCode.objects.get_or_create(
            code=code,
            defaults={
                "course": course,
                "cohort": groups["dated"],
                "institution": institutions[HOSPITAL],
                "valid_until": valid_until,
            },
        )
