"""Which doors «My courses» shows beside the courses: groups, an institution, courses proposed. One query for all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Value

from accounts.models import Duty, Person
from institutions.models import Membership
from learning.models import Cohort, JoinRequest, Nomination, NominationState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User


@dataclass(frozen=True)
class Doors:
    """Whether somebody facilitates a group, speaks for an institution, has a course proposed to her, asked to join a
    group, and has any right at all: of nearly everybody it need not be asked which.
    """

    facilitates: bool
    speaks: bool
    invited: bool
    asked: bool
    has_rights: bool


def doors(person: Person, user: User) -> Doors:
    """Return what `person` may enter besides her courses."""
    facilitated = Cohort.objects.filter(facilitators__canonical_id=person.canonical_id)
    asked = Person.objects.filter(pk=person.pk).values_list(
        Exists(facilitated),
        Exists(_speaking(person)),
        Exists(open_nominations(person)),
        Exists(JoinRequest.objects.filter(person__canonical_id=person.canonical_id)),
        _rights(user),
    )
    return Doors(*asked.get())


def _rights(user: User) -> Any:
    given = Exists(user.groups.order_by()) | Exists(user.user_permissions.order_by())
    duties = Duty.objects.filter(person=user.person_id)
    return given | Exists(duties) | Value(user.is_superuser)


def _speaking(person: Person) -> QuerySet[Membership]:
    # Of this record alone: a merge hands on no authority.
    return Membership.objects.filter(person=person, ends_on__isnull=True).speaking().confirmed()


def open_nominations(person: Person) -> QuerySet[Nomination]:
    """Return what institutions proposed to a person and she has not answered."""
    return Nomination.objects.filter(person__canonical_id=person.canonical_id, state=NominationState.OPEN)
