"""What the staff's screens of one institution show, each in one frozen dataclass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.masking import name_of
from accounts.models import PositionCategory
from accounts.sight import sight_of
from institutions import confirming, counterparts, history
from institutions.languages import names_of
from institutions.models import (
    Institution,
    InstitutionMerge,
    InstitutionName,
    Membership,
    MembershipRole,
    MembershipState,
    RouteStage,
)
from institutions.places import has_page
from institutions.staff.claims import Claim, claims_at
from institutions.staff.policy import policy

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User

SHOWN = 50
OFFERED = 20


@dataclass(frozen=True)
class FocalPoint:
    """Somebody who speaks for an institution, as the reader may know her."""

    membership: int
    name: str
    units: tuple[str, ...]


@dataclass(frozen=True)
class Detail:
    """One institution: what it is, how it was called, what is below it, with what it was merged."""

    institution: Institution
    facts: tuple[tuple[str, str], ...]
    former: tuple[InstitutionName, ...]
    predecessors: tuple[InstitutionName, ...]
    successors: tuple[Institution, ...]
    counterpart: Institution | None
    units: tuple[Institution, ...]
    units_in_all: int
    members: int
    with_units: int
    claimed: int
    focal_points: tuple[FocalPoint, ...]
    claims: tuple[Claim, ...]
    merges: tuple[InstitutionMerge, ...]
    notes: str
    may_change: bool
    may_write: bool
    may_see_place: bool

    @property
    def more_units(self) -> int:
        """How many units are not listed."""
        return self.units_in_all - len(self.units)


def detail(institution: Institution, user: User) -> Detail:
    """Gather the page of one institution. What counts as it, merged entries included, is counted with it."""
    same = set(Institution.objects.filter(canonical=institution.canonical_id).values_list("pk", flat=True))
    open_ones = _open(same)
    units = Institution.objects.filter(parent__in=same).standing().exclude(pk__in=same)
    counted = _counted(open_ones)
    top = counterparts.counterpart_of(institution)
    may_change = policy().user_has_permission(user, "change")
    return Detail(
        institution=institution,
        facts=tuple(_facts(institution, may_change)),
        former=tuple(institution.names.select_related("successor")),
        predecessors=tuple(institution.predecessors.select_related("institution")),
        successors=tuple(history.successors_of(institution)),
        counterpart=top if top.pk not in same else None,
        units=tuple(units.order_by("name")[:SHOWN]),
        units_in_all=units.count(),
        members=counted["members"],
        with_units=_counted(_open(counterparts.around(same)))["members"],
        claimed=counted["claimed"],
        focal_points=_focal_points(open_ones, user),
        claims=claims_at(same, user) if may_change else (),
        merges=_merges(institution),
        notes=institution.notes if may_change else "",
        may_change=may_change,
        may_write=confirming.may_write(user),
        may_see_place=sight_of(user).places and has_page(institution),
    )


def _open(places: set[int]) -> QuerySet[Membership]:
    rows = Membership.objects.filter(institution__in=places, ends_on__isnull=True)
    return rows.exclude(state=MembershipState.REFUSED)


def _counted(open_ones: QuerySet[Membership]) -> dict[str, int]:
    # A person who is entered in both of two merged institutions is one.
    members = Q(role=MembershipRole.MEMBER)
    return open_ones.aggregate(
        members=Count("person__canonical", filter=members, distinct=True),
        claimed=Count("person__canonical", filter=members & Q(state=MembershipState.CLAIMED), distinct=True),
    )


def _facts(institution: Institution, may_change: bool) -> list[tuple[str, str]]:
    stages, posts = dict(RouteStage.choices), dict(PositionCategory.choices)
    place = institution.public_place
    if may_change and institution.is_shelter and institution.municipality:
        place = f"{institution.municipality}, {place}"
    said = [
        (_("Short name"), institution.short_name),
        (_("Type"), institution.get_type_display()),
        (_("Sector"), institution.get_sector_display()),
        (_("Level"), institution.get_level_display()),
        (_("Receives people to stay"), _("Yes") if institution.is_shelter else ""),
        (_("Place"), place),
        (_("Stages of the route"), _list(stages.get(one, one) for one in institution.route_stages)),
        (_("Languages served"), _list(names_of(institution.languages))),
        (_("Exists since"), _day(institution.began_on)),
        (_("Priority posts"), _list(posts.get(one, one) for one in institution.priority_posts)),
        (_("People to be trained"), str(institution.target_staff or "")),
        (_("Post that looks after training there"), institution.training_post),
        (_("Official catalogue"), str(institution.official or "")),
    ]
    return [(label, str(value)) for label, value in said if value]


def _list(words: Any) -> str:
    return ", ".join(str(word) for word in words)


def _day(day: dt.date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""


def _focal_points(open_ones: QuerySet[Membership], user: User) -> tuple[FocalPoint, ...]:
    rows = open_ones.filter(role=MembershipRole.FOCAL_POINT).select_related("person")
    rows = rows.prefetch_related("assigned_units__unit").order_by("starts_on")[:SHOWN]
    sight = sight_of(user)
    return tuple(
        FocalPoint(
            row.pk,
            name_of(row.person, sight),
            tuple(str(assigned.unit) for assigned in row.assigned_units.all()),
        )
        for row in rows
    )


def _merges(institution: Institution) -> tuple[InstitutionMerge, ...]:
    named = Q(duplicate=institution) | Q(into=institution)
    rows = InstitutionMerge.objects.filter(named).select_related(
        "duplicate", "into", "merged_by", "undone_by"
    )
    return tuple(rows[:SHOWN])


@dataclass(frozen=True)
class Side:
    """One of two institutions that are laid side by side."""

    institution: Institution
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Pair:
    """Two institutions, or the search for the second one."""

    one: Institution
    words: str
    offered: tuple[Institution, ...]
    more: bool
    sides: tuple[Side, ...]

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """Return the lines of the comparison: a label, and what each side says."""
        if not self.sides:
            return []
        labels = [label for label, _value in self.sides[0].rows]
        return [(label, [side.rows[number][1] for side in self.sides]) for number, label in enumerate(labels)]


def pair(one: Institution, other: Institution | None, words: str, user: User) -> Pair:
    """Offer institutions that could be the second one, or lay both side by side."""
    if other is not None:
        return Pair(one, words, (), False, (_side(one), _side(other)))
    named = Institution.objects.standing().named(words)
    rows = sight_of(user).within(named, "country").exclude(pk=one.pk).select_related("country", "division")
    if not words:
        rows = rows.filter(country=one.country_id, sector=one.sector)
    shown = tuple(rows.order_by("name")[: OFFERED + 1])
    return Pair(one, words, shown[:OFFERED], len(shown) > OFFERED, ())


def _side(institution: Institution) -> Side:
    open_ones = Membership.objects.filter(institution=institution, ends_on__isnull=True)
    open_ones = open_ones.exclude(state=MembershipState.REFUSED)
    counted = dict(open_ones.order_by().values_list("role").annotate(Count("pk")))
    units = institution.units.count()
    rows = (
        (_("Name"), institution.name),
        (_("Short name"), institution.short_name or "—"),
        (_("Type"), f"{institution.get_type_display()}, {institution.get_sector_display()}"),
        (_("Place"), institution.public_place),
        (_("Unit of"), str(institution.parent or "—")),
        (_("People who work there"), str(counted.get(MembershipRole.MEMBER, 0))),
        (_("Focal points"), str(counted.get(MembershipRole.FOCAL_POINT, 0))),
        (_("Units"), str(units)),
        (_("Former names"), ", ".join(row.name for row in institution.names.all()) or "—"),
    )
    return Side(institution, rows)
