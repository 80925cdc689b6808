"""Makes the demo's people: the cast with their roles, and a profile for each. Nobody here exists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group

from accounts import services
from accounts.identifiers import parse
from accounts.models import Person, User
from home.demo.calendar import ago
from home.starter.files import key_of
from institutions.models import Institution, Membership, MembershipRole, MembershipState
from institutions.services import claim_membership, current_institution
from programme.models import Country

PASSWORD = "una-senda-de-prueba"  # noqa: S105 -- printed for everybody; production refuses the demo
FARID_CODE = "FARE7493"
FARID_PIN = "470316"


@dataclass(frozen=True)
class Someone:
    """An invented person: how she is called, where she works, how she signs in (e-mail or telephone)."""

    key: str
    name: str
    country: str
    contact: str = ""
    institution: str = ""
    sex: str = "woman"
    age_band: str = "25-34"
    position: str = "health"
    language: str = "es"
    birth_year: int | None = None


AMINA = Someone("amina", "Amina Xol Caal", "MX", "amina@senda.example", "hospital", birth_year=1996)
BRUNO = Someone(
    "bruno",
    "Bruno Íñiguez Peña",
    "MX",
    "bruno@senda.example",
    sex="man",
    age_band="35-49",
    position="psychosocial",
)
GAEL = Someone(
    "gael", "Gael Orozco Tun", "GT", "gael@senda.example", sex="man", age_band="35-49", position="health"
)
CHIPO = Someone(
    "chipo", "Chipo Güereca Núñez", "MX", "chipo@senda.example", "hospital", position="management"
)
DALIA = Someone("dalia", "Dalia Ajú Tzul", "GT", "dalia@senda.example", "shelter", position="management")
ELENA = Someone(
    "elena",
    "Elena Zúñiga Ávila",
    "HN",
    "elena@senda.example",
    age_band="35-49",
    position="management",
    birth_year=1984,
)
CARLA = Someone(
    "carla", "Carla Xitumul Osorio", "GT", "carla@senda.example", age_band="35-49", position="management"
)
FARID = Someone(
    "farid", "Farid Nájera Cuc", "GT", "", "shelter", sex="man", age_band="18-24", position="shelter"
)
ADMIN = Someone("admin", "Administración (demostración)", "MX", "admin@senda.example", position="management")


def find(key: str) -> Person | None:
    """Return the demo's person of this key, if she has been made."""
    return Person.objects.filter(key=key_of(f"demo/person/{key}")).first()


def sign_up(someone: Someone, *, days: int) -> Person:
    """Let somebody sign up `days` ago, as she would on the page, and mark her as invented."""
    user = services.sign_up(
        identifier=parse(someone.contact, someone.country),
        secret=PASSWORD,
        country=Country.objects.get(pk=someone.country),
        adult=True,
        notice_version=settings.SENDA_NOTICE_VERSION,
        at=ago(days),
    )
    return mark(user.person, someone.key)


def mark(person: Person, key: str) -> Person:
    """Mark a person as the demo's, under the key that she has on every site."""
    Person.objects.filter(pk=person.pk).update(is_demo=True, key=key_of(f"demo/person/{key}"))
    person.refresh_from_db()
    return person


def work_at(person: Person, institution: Institution | None, *, days: int) -> None:
    """Let a person say where she works."""
    if institution is not None:
        claim_membership(person=person, institution=institution, at=ago(days))


def tell_details(person: Person, someone: Someone, *, name: str = "") -> None:
    """Save the profile as its form does."""
    services.save_profile(person=person, answers=_answers(person, someone, name or someone.name))
    person.refresh_from_db()


def tell_name(person: Person, someone: Someone) -> None:
    """Save the profile with the name alone: the rest may wait until the course is done."""
    blank = {"certificate_name": "", "sex": "", "age_band": "", "position": ""}
    services.save_profile(person=person, answers=_answers(person, someone, someone.name) | blank)
    person.refresh_from_db()


def _answers(person: Person, someone: Someone, name: str) -> dict[str, Any]:
    return {
        "certificate_name": name,
        "display_name": name.split(maxsplit=1)[0],
        "country": person.country,
        "sex": someone.sex,
        "age_band": someone.age_band,
        "birth_year": someone.birth_year,
        "position": someone.position,
        "language": someone.language,
        "content_language": "",
        "institutions_institution": current_institution(person),
    }


def speak_for(person: Person, institution: Institution) -> None:
    """Make a person the focal point of an institution."""
    Membership.objects.get_or_create(
        person=person,
        institution=institution,
        role=MembershipRole.FOCAL_POINT,
        ends_on=None,
        defaults={"starts_on": ago(200).date(), "state": MembershipState.CONFIRMED},
    )


def open_editors_side(person: Person, group: str) -> None:
    """Let a person into the Wagtail admin, in one of the groups that the starter made."""
    user = User.objects.get(person=person)
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    user.groups.add(Group.objects.get_or_create(name=group)[0])


def hand_out_to_farid(*, by: Person, institution: Institution) -> Person:
    """Let a facilitator hand out a code, and make it and its PIN the same on every site."""
    user, _pin = services.hand_out_login(
        country=Country.objects.get(pk=FARID.country),
        by=by,
        name=FARID.name,
        institution=institution,
        at=ago(40),
    )
    user.username = FARID_CODE
    user.set_password(FARID_PIN)
    user.save(update_fields=["username", "password"])
    return mark(user.person, FARID.key)


def make_admin() -> Person:
    """Make the administrator's login."""
    user = User.objects.create_superuser(
        "ADMINISTRACION",
        PASSWORD,
        email=ADMIN.contact,
        person=Person.objects.create(country_id=ADMIN.country),
    )
    return mark(user.person, ADMIN.key)
