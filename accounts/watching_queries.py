"""What the page «who sees what of mine» shows: who sees now, and what took place."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import disclosures
from accounts.models import DisclosedPerson, Disclosure, Person
from accounts.watching import Watcher, reached, watchers_of

A_PAGE = 20


@dataclass(frozen=True)
class Told:
    """One act that concerned her: when, as what somebody acted, and on which list. Who it was stays in the admin."""

    at: dt.datetime
    role: str
    act: str
    what: str
    among: int


@dataclass(frozen=True)
class WhoSeesScreen:
    """The page."""

    watchers: list[Watcher]
    acts: list[Told]
    page: Page


def who_sees_screen(person: Person, number: str | None) -> WhoSeesScreen:
    """Return the page of a person."""
    page = Paginator(acts_of(person), A_PAGE).get_page(number)
    return WhoSeesScreen(watchers=watchers_of(person), acts=[_told(row) for row in page], page=page)


def acts_of(person: Person) -> QuerySet[Disclosure]:
    """Return what concerned her or a record of hers that was merged with this one."""
    hers = Person.objects.filter(canonical=person.canonical_id).values("pk")
    among = DisclosedPerson.objects.filter(disclosure=OuterRef("pk"), person__in=hers)
    concerned = Q(of__in=hers) | Exists(among) | reached(person)
    return Disclosure.objects.filter(concerned).exclude(by__in=hers).order_by("-at", "-pk")


def _told(row: Disclosure) -> Told:
    return Told(
        at=row.at,
        role=row.get_role_display(),
        act=row.get_act_display(),
        what=disclosures.words_of(row.what),
        among=row.rows if row.of_id is None else 1,
    )
