"""People in the Wagtail admin: who is trained, where each works. One query answers the screen and the file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, TitleColumn
from wagtail.admin.views.generic import IndexView

from accounts.masking import pseudonym
from accounts.models import Person, PositionCategory, User
from accounts.sight import sight_of
from accounts.staff.acting import ActingListMixin
from accounts.staff.exporting import ReasonedExportMixin
from accounts.staff.paging import NearPagesMixin
from accounts.staff.seeing import LookedAtHistory, SeenIndexMixin, SightPolicy
from accounts.standing import STANDS
from common.quiet import QuietViewSet
from institutions import confirming
from institutions.models import Institution, Membership, MembershipState
from learning.models import Enrolment, EnrolmentState
from learning.staff import coarse
from learning.staff.person import PersonInspect
from media_library.staff.asking import ask_each
from programme import countries

WHAT = "people"
FINER = ("institution", "position")


class PeoplePolicy(SightPolicy):
    """Looking takes the right to view. People are made by signing up, by codes and by imports; nobody deletes one."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Answer for one action of Wagtail's views."""
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Answer for several: only looking counts."""
        return self.user_has_permission(user, "view")


def people_policy() -> PeoplePolicy:
    """Return who sees whom: people of the reader's countries."""
    return PeoplePolicy(Person, "country")


def _some(rows: QuerySet[Any]) -> Exists:
    """Say of somebody that one of `rows` is hers, whichever of her records it stands under."""
    return Exists(rows.filter(person__canonical=OuterRef("pk")))


def _none(rows: QuerySet[Any]) -> Q:
    """Say that none of `rows` is hers: none under her own record, and none under the few that were merged into it.

    Asked for in two halves, it takes PostgreSQL half as long: the records of everybody are not read once more.
    """
    merged = Person.objects.exclude(STANDS).filter(canonical=OuterRef("pk"))
    under_hers = Exists(rows.filter(person=OuterRef("pk")))
    return ~Q(under_hers) & ~Q(Exists(merged.filter(under_hers)))


def _working(rows: QuerySet[Membership]) -> QuerySet[Membership]:
    return rows.filter(ends_on__isnull=True).working().standing()  # type: ignore[attr-defined]  # the model's own


class PeopleFilter(WagtailFilterSet):
    """Country, where they work and whether somebody confirmed it, what they do, what they have completed."""

    country = django_filters.ChoiceFilter(choices=countries.all_choices, label=_("country of work"))
    institution = django_filters.CharFilter(label=_("institution, or the one above it"), method="working_at")
    membership = django_filters.ChoiceFilter(
        label=_("where they work"),
        choices=[*MembershipState.choices, ("none", _("Said nowhere"))],
        method="membership_state",
    )
    position = django_filters.MultipleChoiceFilter(label=_("what they do"), choices=PositionCategory.choices)
    completed = django_filters.BooleanFilter(label=_("completed a course"), method="has_completed")
    login = django_filters.BooleanFilter(label=_("can sign in"), method="has_login")

    class Meta:
        model = Person
        fields = ["country", "institution", "membership", "position", "completed", "login"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request and not sight_of(self.request.user).names:
            # What a masked list does not show, its filters would tell row by row.
            for name in FINER:
                del self.filters[name]

    def working_at(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Keep those who work at an institution of that name, of now or of before, or at a unit of it."""
        found = Institution.objects.named(value).values("pk")
        there = Q(institution__in=found) | Q(institution__parent__in=found)
        return rows.filter(_some(_working(Membership.objects.filter(there))))

    def membership_state(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Keep those with a membership in this state, or without any."""
        if value == "none":
            return rows.filter(_none(_working(Membership.objects.all())))
        return rows.filter(_some(Membership.objects.filter(ends_on__isnull=True, state=value).working()))

    def has_completed(self, rows: QuerySet[Person], name: str, value: bool) -> QuerySet[Person]:
        """Keep those who completed a course, or none. An annulled completion is no completed enrolment any more."""
        done = Enrolment.objects.filter(state=EnrolmentState.COMPLETED)
        return rows.filter(_some(done) if value else _none(done))

    def has_login(self, rows: QuerySet[Person], name: str, value: bool) -> QuerySet[Person]:
        """Keep those who can sign in, or cannot."""
        logins = User.objects.filter(is_active=True)
        return rows.filter(_some(logins) if value else _none(logins))


def _same(person: Person) -> Iterable[Person]:
    return person.aliases.all()


def _memberships(person: Person) -> list[Membership]:
    return [row for one in _same(person) for row in one.now_at]  # type: ignore[attr-defined]  # prefetched


def _places(person: Person) -> str:
    return ", ".join(dict.fromkeys(str(row.institution) for row in _memberships(person)))


def _states(person: Person) -> str:
    return ", ".join(dict.fromkeys(str(row.get_state_display()) for row in _memberships(person)))


def _count(state: str) -> Any:
    def count(person: Person) -> int:
        courses = {row.course_id for one in _same(person) for row in one.taken if row.state == state}  # type: ignore[attr-defined]  # prefetched
        return len(courses)

    return count


IN_PROGRESS, COMPLETED = _count(EnrolmentState.ACTIVE), _count(EnrolmentState.COMPLETED)


def with_their_rows(rows: QuerySet[Person]) -> QuerySet[Person]:
    """Bring what the columns show, in four queries more for a page as for a chunk of a file."""
    now_at = (
        Membership.objects.filter(ends_on__isnull=True).working().standing().select_related("institution")
    )
    taken = Enrolment.objects.only("person_id", "course_id", "state")
    aliases = Person.objects.only("pk", "canonical").prefetch_related(
        Prefetch("memberships", now_at, to_attr="now_at"), Prefetch("enrolments", taken, to_attr="taken")
    )
    return rows.select_related("country").prefetch_related(Prefetch("aliases", aliases))


def standing_people(rows: QuerySet[Person]) -> QuerySet[Person]:
    """Keep one record of everybody, without those who were erased."""
    return rows.filter(STANDS, erased_at__isnull=True)


class PeopleIndex(ActingListMixin, ReasonedExportMixin, SeenIndexMixin, NearPagesMixin, IndexView):
    """The list, found by name without accents. Each human being once, whichever record she used."""

    template_name = "learning/staff/people.html"
    act_right = confirming.CHANGE
    export_what = look = WHAT
    list_export = ["name", "country", "institution", "state", "position", "in_progress", "completed"]
    export_headings = {
        "name": _("name"),
        "country": _("country of work"),
        "institution": _("institution"),
        "state": _("confirmed"),
        "position": _("what they do"),
        "in_progress": _("courses in progress"),
        "completed": _("courses completed"),
    }

    @property
    def masks(self) -> dict[str, Any]:  # type: ignore[override]  # of this reader: by the groups there are
        """Say how a masked reader reads a row: by a sign, and no more finely than enough people share."""
        return {
            "name": pseudonym,
            "institution": lambda person: self._coarse(person).kind,
            "position": lambda person: self._coarse(person).position,
        }

    @cached_property
    def _groups(self) -> dict[coarse.Group, int]:
        return coarse.groups()

    def _coarse(self, person: Person) -> coarse.Said:
        return coarse.coarse(person, _memberships(person), self._groups)

    def get_base_queryset(self) -> QuerySet[Person]:
        """Keep one record of everybody, without those who were erased."""
        rows: QuerySet[Person] = super().get_base_queryset()
        return with_their_rows(standing_people(rows))

    def search_queryset(self, queryset: Any) -> Any:
        """Search by name; a masked reader cannot."""
        return queryset.named(self.search_query) if self.is_searching and self.sight.names else queryset

    def to_row_dict(self, item: Person) -> dict[str, Any]:
        """Write the row of the file."""
        # As on the screen: what stands on certificates is in their own list.
        return {
            "name": str(item) if self.sight.names else pseudonym(item),
            "country": str(item.country or ""),
            "institution": _places(item) if self.sight.names else self._coarse(item).kind,
            "state": _states(item),
            "position": item.get_position_display() if self.sight.names else self._coarse(item).position,
            "in_progress": IN_PROGRESS(item),
            "completed": COMPLETED(item),
        }

    def person_of(self, item: Person) -> int | None:
        """Return who stands in a row of the file, when it names her."""
        return item.pk if self.sight.names else None


class PersonHistory(LookedAtHistory):
    """What was done with a person's record."""

    look = WHAT


class PeopleViewSet(QuietViewSet):
    """The people of the programme, as its staff sees them."""

    model = Person
    name = "personas"
    icon = "group"
    menu_label = _("People")
    menu_name = "people"
    menu_order = 331
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = PersonInspect
    index_view_class = PeopleIndex
    history_view_class = PersonHistory
    filterset_class = PeopleFilter
    form_fields: list[str] = []
    search_fields = ["folded_name"]
    search_backend_name = None
    ordering = ["-pk"]
    list_per_page = 50
    list_display = [
        BulkActionsCheckboxColumn("bulk_actions", obj_type="person"),
        TitleColumn(
            "name", label=_("name"), accessor=str, sort_key="folded_name", url_name="personas:inspect"
        ),
        Column("country", label=_("country of work"), accessor=lambda row: row.country or ""),
        Column("institution", label=_("institution"), accessor=_places),
        Column("state", label=_("confirmed"), accessor=_states),
        Column("position", label=_("what they do"), accessor="get_position_display", sort_key="position"),
        Column("in_progress", label=_("courses in progress"), accessor=IN_PROGRESS),
        Column("completed", label=_("courses completed"), accessor=COMPLETED),
    ]

    @cached_property
    def permission_policy(self) -> PeoplePolicy:
        """Ask of the country; every form is closed."""
        return people_policy()

    def get_urlpatterns(self) -> list[URLPattern]:
        """Put the question before each address that names somebody."""
        return ask_each(super().get_urlpatterns(), self.model, self.permission_policy)
