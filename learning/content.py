"""Opens activities in the room: a session keeps some of them closed to its group until its code is given there.

What somebody has done already stays open to her. A session that is cancelled keeps nothing closed.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts import limits
from common import clock
from learning.attendance import EARLY
from learning.models import ActivityCompletion, ContentOpening, Enrolment, Session, SessionState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import Person

DIGITS = 6
# The code of a session does not turn: people without a network in the room type it at home.
GUESSES = limits.Limit("content-codes", 10, 15 * 60)


class Reason(StrEnum):
    """Why nothing opens. The wording stands in `learning.words_of_room`."""

    CODE_WRONG = "content_code_wrong"


class Refused(Exception):
    """Nothing was opened; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def is_locked(enrolment: Enrolment, activity: UUID) -> bool:
    """Say whether a session keeps an activity closed to her. No query without a group, one in a group, two if so."""
    if enrolment.cohort_id is None or str(activity) not in _shut(_with_code(enrolment)):
        return False
    return not ActivityCompletion.objects.filter(enrolment=enrolment, activity=activity).exists()


def _with_code(enrolment: Enrolment) -> QuerySet[Session]:
    """Return the sessions of her group that open something, each with whether it did so for her."""
    open_to_her = Q(enrolment=enrolment) | Q(enrolment__isnull=True)
    opened = ContentOpening.objects.filter(open_to_her, session=OuterRef("pk"))
    rows = Session.objects.filter(cohort=enrolment.cohort_id).exclude(content_code="")
    return rows.exclude(state=SessionState.CANCELLED).annotate(opened=Exists(opened)).order_by()


def _shut(rows: QuerySet[Any]) -> set[str]:
    """Return the activities that none of these sessions has opened: what two of them have, either opens."""
    shut: set[str] = set()
    opened: set[str] = set()
    for keys, is_open in rows.values_list("opens", "opened"):
        (opened if is_open else shut).update(keys)
    return shut - opened


def locked_for(person: Person) -> frozenset[UUID]:
    """Return all activities that sessions keep closed to somebody: for a search, which quotes nothing of them."""
    found: set[str] = set()
    rows = Enrolment.objects.of(person).standing().filter(cohort__sessions__content_code__gt="").distinct()
    for enrolment in rows:
        done = ActivityCompletion.objects.filter(enrolment=enrolment).values_list("activity", flat=True)
        found |= _shut(_with_code(enrolment)) - {str(key) for key in done}
    return frozenset(UUID(key) for key in found)


def choose(*, session: Session, activities: Collection[UUID]) -> Session:
    """Say what opens in a session. The code is made with the first choice, and stays; without any there is none."""
    with transaction.atomic():
        row = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
        row.opens = sorted(str(key) for key in set(activities))
        row.content_code = (row.content_code or _new_code()) if row.opens else ""
        row.save(update_fields=["opens", "content_code"])
    return row


def renew_code(*, session: Session) -> Session:
    """Make another code: the former opens nothing any more. To whom it opened already, it stays open."""
    row = Session.objects.filter(pk=session.pk).exclude(content_code="")
    row.update(content_code=_new_code())
    session.refresh_from_db()
    return session


def _new_code() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def open_for_all(*, session: Session, by: Person, at: dt.datetime | None = None) -> None:
    """Open to the whole group what a session keeps closed: also to who was not there."""
    ContentOpening.objects.get_or_create(
        session=session, enrolment=None, defaults={"opened_by": by, "opened_at": at or clock.now()}
    )


def close_again(*, session: Session) -> None:
    """Take back that it is open to all. To whom the code opened it, it stays open."""
    ContentOpening.objects.filter(session=session, enrolment__isnull=True).delete()


def open_by_code(
    *, enrolment: Enrolment, activity: UUID, code: str, by: Person, at: dt.datetime | None = None
) -> None:
    """Open to one learner what the session of this code opens. It is taken from an hour before the session on.

    Raises Refused, and `accounts.limits.TooMany`.
    """
    at = at or clock.now()
    spent = limits.spend(GUESSES, str(by.canonical_id))
    typed = code.replace(" ", "").replace("-", "")
    for row in _with_code(enrolment).filter(starts_at__lte=at + EARLY):
        if str(activity) in row.opens and secrets.compare_digest(row.content_code.encode(), typed.encode()):
            spent.refund()
            ContentOpening.objects.get_or_create(
                session=row, enrolment=enrolment, defaults={"opened_by": by, "opened_at": at}
            )
            return
    raise Refused(Reason.CODE_WRONG)
