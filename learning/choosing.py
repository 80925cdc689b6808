"""Answers from whom a facilitator chooses people for a group: those of her other groups and of places she looks after.

Nobody else's people are offered: what a form sends is looked for among those whom the source holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, QuerySet

from accounts.models import Person
from institutions.counterparts import looked_after_by
from institutions.models import Institution, Membership, MembershipState
from learning.listing import AT_ONCE
from learning.models import Cohort, Enrolment

if TYPE_CHECKING:
    from collections.abc import Iterable

GROUP, PLACE = "g", "i"


@dataclass(frozen=True)
class Source:
    """A group or an institution, by the word that names it in an address."""

    word: str
    name: str


def sources(by: Person, cohort: Cohort) -> list[Source]:
    """Return the other groups that `by` facilitates, newest first, and the institutions that she looks after."""
    groups = Cohort.objects.facilitated_by(by).exclude(pk=cohort.pk).order_by("-created_at", "-pk")
    places = Institution.objects.filter(pk__in=looked_after_by(by)).order_by("name", "pk")
    return [
        *(Source(f"{GROUP}-{key}", name) for key, name in groups.values_list("key", "name")),
        *(Source(f"{PLACE}-{key}", name) for key, name in places.values_list("key", "name")),
    ]


def people_of(word: str, by: Person, cohort: Cohort) -> list[Person]:
    """Return whom a source offers for `cohort`: those who can sign in and are not in it, at most a list's length."""
    found = _of_source(word, by)
    here = Enrolment.objects.filter(cohort=cohort).standing().order_by().values("person__canonical")
    rows = found.filter(canonical=F("pk"), user__is_active=True, erased_at__isnull=True)
    return list(rows.exclude(pk__in=here).order_by("display_name", "certificate_name", "pk")[:AT_ONCE])


def _of_source(word: str, by: Person) -> QuerySet[Person]:
    kind, _dash, key = word.partition("-")
    try:
        wanted = UUID(key)
    except ValueError:
        return Person.objects.none()
    if kind == GROUP:
        group = Cohort.objects.facilitated_by(by).filter(key=wanted)
        rows = Enrolment.objects.filter(cohort__in=group).standing().order_by()
        return Person.objects.filter(pk__in=rows.values("person__canonical"))
    if kind == PLACE:
        working = Membership.objects.filter(
            institution__in=looked_after_by(by),
            institution__key=wanted,
            ends_on__isnull=True,
            state=MembershipState.CONFIRMED,
        )
        return Person.objects.filter(pk__in=working.order_by().values("person__canonical"))
    return Person.objects.none()


def chosen(keys: Iterable[str], people: Iterable[Person]) -> list[Person]:
    """Return those of `people` whose keys were ticked, in their order."""
    ticked = set(keys)
    return [person for person in people if str(person.key) in ticked]
