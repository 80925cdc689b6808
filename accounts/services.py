"""What can be done with people and their logins: sign up, hand out a code, reset, change."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import get_language

from accounts import consents, doors, events, guesses, profile_parts, resets
from accounts.identifiers import Identifier, Kind
from accounts.models import Consent, Person, SecretReset, User
from accounts.pins import new_pin
from common.clock import now
from programme.models import Country

PROFILE_FIELDS = [
    "certificate_name",
    "display_name",
    "country",
    "sex",
    "age_band",
    "birth_year",
    "position",
    "language",
    "content_language",
]


class SignUpReason(StrEnum):
    """Why nobody was signed up."""

    TAKEN = "taken"
    UNDER_AGE = "under_age"


class SignUpRefused(Exception):
    """Nothing was kept; `reason` says why."""

    def __init__(self, reason: SignUpReason) -> None:
        super().__init__(reason)
        self.reason = reason


def sign_up(
    *,
    identifier: Identifier,
    secret: str,
    country: Country,
    adult: bool,
    notice_version: str,
    at: dt.datetime | None = None,
) -> User:
    """Make a person with her login and her consent. Raises SignUpRefused; then nothing was kept."""
    if not adult:
        raise SignUpRefused(SignUpReason.UNDER_AGE)
    moment, hashed = at or now(), make_password(secret)  # before the transaction: see UserManager.create_user
    try:
        with transaction.atomic():
            user = _new_learner(identifier, hashed, country, moment)
            consents.give(
                person=user.person,
                purpose=Consent.Purpose.COURSES,
                notice_version=notice_version,
                at=moment,
            )
    except IntegrityError:
        # Two clicks, two workers: the database lets one pass (login_email_once, login_phone_once).
        raise SignUpRefused(SignUpReason.TAKEN) from None
    return user


def _new_learner(identifier: Identifier, hashed: str, country: Country, moment: dt.datetime) -> User:
    person = Person.objects.create(
        country=country, adult_confirmed_at=moment, language=(get_language() or "es")[:2]
    )
    named = {"email": identifier.value} if identifier.kind == Kind.EMAIL else {"phone": identifier.value}
    user = User.objects.create_user(hashed=hashed, person=person, **named)
    if user.email:
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    return user


def hand_out_login(
    *,
    country: Country,
    by: Person,
    person: Person | None = None,
    name: str = "",
    institution: Any = None,
    at: dt.datetime | None = None,
) -> tuple[User, str]:
    """Make a login by code for `person`, or for a new one; return it with its PIN, which is kept nowhere.

    That a new person is of age is what `by` declares on the form: she has her in front of her.
    """
    _refuse_unless_handing_out(by)
    pin, moment = new_pin(), at or now()
    return _hand_out(make_password(pin), person or name, country, by, institution, moment), pin


def hand_out_logins(
    *, names: list[str], country: Country, by: Person, institution: Any = None, at: dt.datetime | None = None
) -> list[tuple[User, str]]:
    """Make a login for each name (empty ones too), all or none; return them with their PINs."""
    _refuse_unless_handing_out(by)
    pins, moment = [new_pin() for _name in names], at or now()
    with (
        ThreadPoolExecutor() as pool
    ):  # hashing lets go of the interpreter: thirty take as long as their share of a core
        hashes = list(pool.map(make_password, pins))
    with transaction.atomic():
        users = [
            _hand_out(hashed, name, country, by, institution, moment)
            for hashed, name in zip(hashes, names, strict=True)
        ]
    return list(zip(users, pins, strict=True))


def _refuse_unless_handing_out(by: Person) -> None:
    if not may_hand_out(by):
        raise resets.ResetRefused(resets.Reason.NOT_YOURS)


def _hand_out(
    hashed: str, whose: Person | str, country: Country, by: Person, institution: Any, moment: dt.datetime
) -> User:
    with transaction.atomic():
        person = whose if isinstance(whose, Person) else _somebody(whose, country, by, moment)
        user = User.objects.create_user(
            person=person,
            hashed=hashed,
            has_pin=True,
            must_change_secret=True,
            handed_out_by=by,
            handed_out_at=moment,
        )
        if institution is not None:
            doors.join(person=person, institution=institution, by=by)
    return user


def _somebody(name: str, country: Country, by: Person, moment: dt.datetime) -> Person:
    return Person.objects.create(
        country=country, certificate_name=name.strip(), adult_confirmed_at=moment, is_demo=by.is_demo
    )


def may_hand_out(person: Person) -> bool:
    """Say whether `person` may hand out codes: who facilitates a cohort, or staff with the permission."""
    user = User.objects.filter(person=person, is_active=True).first()
    return doors.may_hand_out(person) or (user is not None and user.has_perm("accounts.hand_out_login"))


def reset_pin(*, user: User, by: Person, at: dt.datetime | None = None) -> str:
    """Give a person who sits in front of `by` a new PIN; return it. Raises ResetRefused with the reason.

    Her open sessions end with the old secret (Django's session hash), the act is kept, she is told at her next
    sign-in.
    """
    resets.refuse_unless_allowed(user=user, by=by)
    pin = new_pin()
    hashed = make_password(pin)
    with transaction.atomic():
        locked = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        locked.password = hashed
        locked.has_pin = locked.must_change_secret = True
        locked.save(update_fields=["password", "has_pin", "must_change_secret"])
        SecretReset.objects.create(user=locked, reset_by=by, reset_at=at or now())
        transaction.on_commit(lambda: guesses.forget(locked))
    return pin


def take_unseen_resets(*, user: User, at: dt.datetime | None = None) -> list[SecretReset]:
    """Return the resets that the learner has not been told of, and mark them as told."""
    unseen = list(
        user.secret_resets.filter(seen_at__isnull=True).select_related("reset_by").order_by("reset_at")
    )
    if unseen:
        SecretReset.objects.filter(pk__in=[reset.pk for reset in unseen]).update(seen_at=at or now())
    return unseen


def save_profile(*, person: Person, answers: dict[str, Any]) -> None:
    """Keep the profile's own fields and hand the others to the rooms that asked for them."""
    with transaction.atomic():
        locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        asked = [field for field in PROFILE_FIELDS if field in answers]
        for field in asked:
            setattr(locked, field, answers[field])
        locked.save(update_fields=asked)
        for part in profile_parts.parts():
            part.save(person=locked, answers=part.own(answers))
        transaction.on_commit(lambda: events.profile_saved.send(sender=Person, person_id=locked.pk))


def change_contact(*, user: User, email: str, phone: str) -> bool:
    """Keep another e-mail and telephone; return whether the e-mail is new. Raises SignUpRefused if taken."""
    new_email = email != user.email
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(email=email, phone=phone, phone_verified=False)
            if new_email:
                # A link sent to the old address must not open the account any more.
                EmailAddress.objects.filter(user=user).delete()
            if new_email and email:
                EmailAddress.objects.create(user=user, email=email, primary=True, verified=False)
    except IntegrityError:
        raise SignUpRefused(SignUpReason.TAKEN) from None
    user.email, user.phone = email, phone
    return new_email
