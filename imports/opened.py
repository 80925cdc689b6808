"""Says who may import what: who facilitates a group for it, a coordinator for her countries, an administrator all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from accounts import disclosures
from accounts.models import Person
from accounts.sight import sight_of
from imports.models import Import, ImportKind
from learning import beside
from learning.models import Cohort, Enrolment

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

SCREEN = "import"


def register() -> None:
    """Give the screens of imports their words among the looks that are kept."""
    disclosures.call(SCREEN, gettext_lazy("Import of a sheet"))
    beside.register_group(_beside_a_group)


def _beside_a_group(cohort: Cohort) -> list[beside.Link]:
    return [beside.Link(f"{reverse('imports:home')}?grupo={cohort.key}", gettext("Import a sheet"))]


def may_import_all(user: User) -> bool:
    """Say whether somebody imports lists of people of no group: she coordinates a country, or administrates."""
    return user.has_perm("learning.add_cohort") and sight_of(user).changes


def may_import(user: User) -> bool:
    """Say whether somebody imports anything at all."""
    return may_import_all(user) or Cohort.objects.facilitated_by(user.person).exists()


def cohorts_of(user: User) -> QuerySet[Cohort]:
    """Return the groups into which somebody imports: those that she facilitates or keeps."""
    own = Cohort.objects.facilitated_by(user.person)
    if not may_import_all(user):
        return own
    seen = sight_of(user).within(Cohort.objects.all(), "country", "institution__country")
    return Cohort.objects.filter(pk__in=own.values("pk")) | Cohort.objects.filter(pk__in=seen.values("pk"))


def kinds_for(user: User, cohort: Cohort | None) -> list[str]:
    """Return what somebody may bring: of a group people and attendance, otherwise people and former trainings."""
    if cohort is not None:
        return [ImportKind.PEOPLE, ImportKind.ATTENDANCE]
    return [ImportKind.PEOPLE, ImportKind.HISTORIC] if may_import_all(user) else []


def people_of(user: User) -> QuerySet[Person]:
    """Return whom somebody sees by name already: of her countries, or in the groups that she facilitates."""
    hers = Enrolment.objects.filter(cohort__in=Cohort.objects.facilitated_by(user.person).values("pk"))
    people = Person.objects.not_erased().filter(pk__in=hers.values("person__canonical"))
    if not may_import_all(user):
        return people
    seen = sight_of(user).within(Person.objects.not_erased(), "country")
    return Person.objects.not_erased().filter(Q(pk__in=people.values("pk")) | Q(pk__in=seen.values("pk")))


def imports_of(user: User) -> QuerySet[Import]:
    """Return the imports that somebody sees: her own ones, while she may import there."""
    rows = Import.objects.filter(by__canonical_id=user.person.canonical_id).select_related("cohort")
    if may_import_all(user):
        return rows
    return rows.filter(cohort__in=cohorts_of(user).values("pk"))
