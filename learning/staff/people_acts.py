"""What is done with several people of the list at once: confirm where they work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import looking
from accounts.masking import name_of
from accounts.models import Person
from accounts.sight import sight_of
from accounts.staff.acting import SeveralAtOnce
from institutions import confirming
from institutions.models import Membership, MembershipRole
from learning.staff.people import WHAT, PeopleFilter, PeoplePolicy, people_policy, standing_people

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


@dataclass(frozen=True)
class Waiting:
    """What somebody says of where she works, as it is read before it is confirmed."""

    row: Membership
    name: str


class ConfirmWhereTheyWork(SeveralAtOnce):
    """Confirms, of each person ticked, what she says of where she works. The rule of memberships is asked of each.

    Nothing is confirmed that did not stand on the page. Who speaks for an institution sees its people: that is
    confirmed one by one.
    """

    display_name = _("Confirm where they work")
    action_type = "confirm"
    aria_label = _("Confirm where the people selected work")
    template_name = "learning/staff/confirm_people.html"
    models = [Person]
    action_priority = 10
    right = confirming.CHANGE
    filterset = PeopleFilter

    def policy(self) -> PeoplePolicy:
        """Ask of the country."""
        return people_policy()

    def standing(self) -> QuerySet[Any]:
        """Take each human being once, as the list does."""
        return standing_people(super().standing())

    def worth_acting_on(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Of «everybody in the list», take those of whom something waits."""
        return rows.filter(Exists(self._claims().filter(person__canonical=OuterRef("pk"))))

    def _claims(self) -> QuerySet[Membership]:
        """Return what waits at the institutions that the reader sees."""
        rows = Membership.objects.claimed().running(timezone.localdate())
        here = sight_of(self.request.user).within(rows, "institution__country")
        return here.exclude(person__canonical=self.request.user.person.canonical_id)

    def _waiting(self, people: Iterable[Person]) -> list[Waiting]:
        rows = self._claims().filter(person__canonical__in=[person.canonical_id for person in people])
        sight = sight_of(self.request.user)
        rows = rows.select_related("person", "institution").order_by("institution__name", "starts_on", "pk")
        return [Waiting(row, name_of(row.person, sight)) for row in rows]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what waits; keep that the names of those ticked were shown."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        looking.kept_list(self.request, WHAT, rows=len(context["items"]))
        waiting = self._waiting([one["item"] for one in context["items"]])
        speaks = [one for one in waiting if one.row.role == MembershipRole.FOCAL_POINT]
        works = [one for one in waiting if one.row.role != MembershipRole.FOCAL_POINT]
        return context | {"works": works, "speaks": speaks}

    def get_execution_context(self) -> dict[str, Any]:
        """Hand over who does it, and which claims stood on the page."""
        shown = {int(key) for key in self.request.POST.getlist("claim") if key.isdecimal() and len(key) < 19}
        rows = self._claims().exclude(role=MembershipRole.FOCAL_POINT).filter(pk__in=shown)
        return {"by": self.request.user.person, "claims": rows}

    @classmethod
    def execute_action(
        cls,
        objects: list[Person],
        by: Person | None = None,
        claims: QuerySet[Membership] | None = None,
        **kwargs: Any,
    ) -> tuple[int, int]:
        """Confirm what was shown and still waits; return of how many people."""
        done: set[int | None] = set()
        hers = [person.canonical_id for person in objects]
        rows = Membership.objects.none() if claims is None else claims.filter(person__canonical__in=hers)
        for row in rows.select_related("institution", "person"):
            try:
                confirming.confirm(membership=row, by=by)  # type: ignore[arg-type]  # the admin lets nobody else in
            except confirming.Refused:
                continue
            done.add(row.person.canonical_id)
        return len(done), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """Say of how many."""
        words = ngettext(
            "Confirmed of %(n)s person where she works.",
            "Confirmed of %(n)s people where they work.",
            num_parent_objects,
        )
        return words % {"n": num_parent_objects}
