"""Erases a person: at once where nothing stands against it, in every room, in every account merged with hers.

What stays is a key, a date and an anonymous completion: figures that were reported go on holding. An example: Amina
has two accounts that were found to be one, a certificate, and a note in her notebook. Erasing either account erases
both; the certificate's page says that it was withdrawn at her request; country, sex, age band and type of
institution of her completion go on being counted.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import transaction

from accounts import doors, erased_list, privacy, scrubbing
from accounts.models import DataRequest, Erasure, Person, RetentionWarning, User
from common.clock import now

LOOKED_AT_FOR = dt.timedelta(days=90)


class Reason(StrEnum):
    """Why nobody was erased at once."""

    NOT_YOURS = "not_yours"
    STAFF = "staff"
    FACILITATES = "facilitates"
    LAST_ADMINISTRATOR = "last_administrator"


class ErasureRefused(Exception):
    """Nothing was erased; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def chain_of(person: Person) -> list[Person]:
    """Return every account that counts as this person."""
    return list(Person.objects.filter(canonical_id=person.canonical_id or person.pk).order_by("pk"))


def against_at_once(person: Person) -> Reason | None:
    """Return what keeps a person from erasing herself at once; then she asks, and somebody looks at it."""
    chain = chain_of(person)
    if User.objects.filter(person__in=chain, is_staff=True).exists():
        return Reason.STAFF
    if any(doors.may_hand_out(each) for each in chain):
        return Reason.FACILITATES
    return None


def may_erase(by: Person) -> bool:
    """Say whether somebody may erase others at their request."""
    user = User.objects.filter(person=by, is_active=True).first()
    return user is not None and user.has_perm("accounts.erase_person")


def erase(*, person: Person, by: Person | None, reason: str = "", at: dt.datetime | None = None) -> Erasure:
    """Erase a person at her request; asked twice, it changes nothing more. Raises ErasureRefused.

    `by` is herself, somebody with the right, or nobody: the server's command line. `reason` answers her request.
    """
    _refuse(person, by)
    moment = at or now()
    with transaction.atomic():
        made = _forget(person, Erasure.Way.REQUEST, by, moment)
        _answer(person, by, reason, moment)
    return made


def pseudonymise(*, person: Person, at: dt.datetime | None = None) -> Erasure:
    """Take the identity off an account that nobody uses; the register of certificates keeps what it must prove."""
    with transaction.atomic():
        return _forget(person, Erasure.Way.TERM, None, at or now(), but=frozenset({privacy.REGISTER}))


def again(*, person: Person, way: str, at: dt.datetime) -> Erasure:
    """Erase anew somebody who came back with a restored backup."""
    but = frozenset({privacy.REGISTER}) if way == Erasure.Way.TERM else frozenset()
    with transaction.atomic():
        return _forget(person, way, None, at, but=but)


def _refuse(person: Person, by: Person | None) -> None:
    if by is not None and by.canonical_id == person.canonical_id:
        reason = against_at_once(person)
    elif by is not None and not (may_erase(by) and _may_touch(by, person)):
        reason = Reason.NOT_YOURS
    else:
        reason = _last_administrator(person)
    if reason:
        raise ErasureRefused(reason)


def _may_touch(by: Person, person: Person) -> bool:
    """Nobody but an administrator erases an administrator."""
    privileged = User.objects.filter(is_superuser=True, is_active=True)
    hers = privileged.filter(person__canonical_id=person.canonical_id)
    return not hers.exists() or privileged.filter(person=by).exists()


def _last_administrator(person: Person) -> Reason | None:
    administrators = User.objects.filter(is_superuser=True, is_active=True)
    hers = administrators.filter(person__canonical_id=person.canonical_id)
    if hers.exists() and not administrators.exclude(pk__in=hers.values("pk")).exists():
        return Reason.LAST_ADMINISTRATOR
    return None


def _forget(
    person: Person,
    way: str,
    by: Person | None,
    moment: dt.datetime,
    *,
    but: frozenset[str] = frozenset(),
) -> Erasure:
    """Forget every account of the chain. An identity taken off by term may still be erased at her request."""
    family = Person.objects.select_for_update(of=("self",)).filter(
        canonical_id=person.canonical_id or person.pk
    )
    chain = list(family.order_by("pk"))
    done = Erasure.objects.filter(person=person).first()
    if done and (done.way == way or way == Erasure.Way.TERM):
        return done
    traces = scrubbing.traces_of(chain)
    scrubbing.scrub(traces, chain)
    for each in chain:
        privacy.erase_person(each, but=but)
        RetentionWarning.objects.filter(person=each).delete()
    asked = way == Erasure.Way.REQUEST
    left = [*scrubbing.residue(traces), *privacy.papers_with(chain)] if asked else []
    for each in chain:
        Erasure.objects.update_or_create(
            person=each, defaults={"way": way, "erased_at": moment, "erased_by": by, "residue": left}
        )
    transaction.on_commit(lambda: erased_list.add(chain, way=way, at=moment))
    return Erasure.objects.get(person=person)


@dataclass(frozen=True)
class Left:
    """Where the name of somebody erased that day still stands in the texts of others."""

    on: dt.datetime
    table: str
    column: str
    rows: int
    keys: tuple[int | str, ...] = ()


def left_in_texts() -> list[Left]:
    """Return what the erasures of the last weeks have left for somebody to look at, the latest first. No names."""
    rows = Erasure.objects.filter(erased_at__gte=now() - LOOKED_AT_FOR).exclude(residue=[])
    # Accounts that counted as one person were erased together, and say the same.
    found = [left_of(row, place) for row in rows.order_by("-erased_at") for place in row.residue]
    return list(dict.fromkeys(found))


def left_of(erasure: Erasure, place: dict[str, Any]) -> Left:
    """Return one place of an erasure's residue."""
    return Left(erasure.erased_at, **{**place, "keys": tuple(place.get("keys", ()))})


def _answer(person: Person, by: Person | None, reason: str, moment: dt.datetime) -> None:
    """Answer what she asked for: nothing of hers waits any more."""
    hers = DataRequest.objects.of(person)
    hers.open().update(state=DataRequest.State.DONE, closed_at=moment, closed_by=by)
    hers.filter(kind=DataRequest.Kind.ERASURE).update(answer=reason)
