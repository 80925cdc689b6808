"""Makes people whom somebody brought on a list, with their logins; and their first PINs when they are printed.

A login of a list has a personal code and no secret: nobody signs in with it before its first PIN is made, which
`give_first_pins` does for the slips that are printed now. Hashing five thousand PINs at once would take half an hour.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.db import transaction
from django.db.models import F

from accounts.managers import new_code
from accounts.models import Person, User
from accounts.pins import new_pin
from common.clock import now

if TYPE_CHECKING:
    from programme.models import Country

A_PAGE_OF_SLIPS = 40


@dataclass(frozen=True)
class Newcomer:
    """What a list says of somebody who is not here yet."""

    name: str
    country: Country
    email: str = ""
    phone: str = ""
    sex: str = ""
    birth_year: int | None = None
    age_band: str = ""
    position: str = ""


def make_people(
    *, newcomers: Sequence[Newcomer], by: Person | None, at: dt.datetime | None = None
) -> list[User]:
    """Make a person with a login for each, in the same order: five queries for hundreds.

    That they are of age is what `by` declares, as for codes handed out face to face; nobody is the server's command
    line. Raises IntegrityError where an e-mail or a telephone has its login already.
    """
    moment = at or now()
    with transaction.atomic():
        people = Person.objects.bulk_create([_person(one, by, moment) for one in newcomers])
        Person.objects.filter(pk__in=[person.pk for person in people]).update(canonical=F("pk"))
        codes = _fresh_codes(len(people))
        users = User.objects.bulk_create(
            _user(*each, by, moment) for each in zip(newcomers, people, codes, strict=True)
        )
        addressed = [user for user in users if user.email]
        EmailAddress.objects.bulk_create(
            EmailAddress(user=user, email=user.email, primary=True, verified=False) for user in addressed
        )
    for person in people:
        person.canonical_id = person.pk
    return users


def _person(one: Newcomer, by: Person | None, moment: dt.datetime) -> Person:
    return Person(
        country=one.country,
        certificate_name=one.name,
        sex=one.sex,
        birth_year=one.birth_year,
        age_band=one.age_band,
        position=one.position,
        adult_confirmed_at=moment,
        is_demo=by is not None and by.is_demo,
    )


def _user(one: Newcomer, person: Person, code: str, by: Person | None, moment: dt.datetime) -> User:
    return User(
        person=person,
        username=code,
        email=one.email,
        phone=one.phone,
        password=make_password(None),
        must_change_secret=True,
        handed_out_by=by,
        handed_out_at=moment,
    )


def _fresh_codes(count: int) -> list[str]:
    codes = set[str]()
    while len(codes) < count:
        wanted = {new_code() for _ in range(count - len(codes))}
        codes |= wanted - set(User.objects.filter(username__in=wanted).values_list("username", flat=True))
    return list(codes)


def without_secret(people: Iterable[int]) -> list[User]:
    """Return the logins of these persons (primary keys) that nobody has ever been able to open."""
    rows = User.objects.filter(
        person__in=list(people),
        is_active=True,
        has_pin=False,
        last_login__isnull=True,
        password__startswith=UNUSABLE_PASSWORD_PREFIX,
    )
    return list(rows.filter(person__erased_at__isnull=True).order_by("pk"))


def give_first_pins(*, users: Sequence[User]) -> list[tuple[User, str]]:
    """Give a PIN to each login that has none yet; return them with their PINs, which are kept nowhere.

    Whoever has one meanwhile, or has come in by e-mail, is left out: of two who print at once each login is printed
    by one.
    """
    pins = [new_pin() for _user in users]
    with ThreadPoolExecutor() as pool:  # outside of the transaction, see UserManager.create_user
        hashes = list(pool.map(make_password, pins))
    given = []
    with transaction.atomic():
        open_ones = {user.pk for user in without_secret(user.person_id for user in users)}
        for user, pin, hashed in zip(users, pins, hashes, strict=True):
            unopened = User.objects.filter(pk=user.pk, password__startswith=UNUSABLE_PASSWORD_PREFIX)
            if user.pk in open_ones and unopened.update(
                password=hashed, has_pin=True, must_change_secret=True
            ):
                given.append((user, pin))
    return given
