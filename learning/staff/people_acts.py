"""What is done with several people of the list at once: confirm where they work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import looking
from accounts.models import Person
from accounts.staff.acting import SeveralAtOnce
from institutions import confirming
from institutions.models import Membership
from learning.staff.people import WHAT, PeopleFilter, PeoplePolicy, people_policy, standing_people

if TYPE_CHECKING:
    from django.db.models import QuerySet


class ConfirmWhereTheyWork(SeveralAtOnce):
    """Confirms, of each person ticked, what she says of where she works. The rule of memberships is asked of each."""

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

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Keep that the names of those ticked were shown."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        looking.kept_list(self.request, WHAT, rows=len(context["items"]))
        return context

    def get_execution_context(self) -> dict[str, Any]:
        """Hand over who does it."""
        return {"by": self.request.user.person}

    @classmethod
    def execute_action(
        cls, objects: list[Person], by: Person | None = None, **kwargs: Any
    ) -> tuple[int, int]:
        """Confirm what waits; return of how many people."""
        claims = Membership.objects.filter(
            person__canonical__in=[person.canonical_id for person in objects], ends_on__isnull=True
        )
        done: set[int] = set()
        for row in claims.claimed().select_related("institution", "person"):
            try:
                confirming.confirm(membership=row, by=by)  # type: ignore[arg-type]  # the admin lets nobody else in
            except confirming.Refused:
                continue
            done.add(row.person_id)
        return len(done), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """Say of how many."""
        words = ngettext(
            "Confirmed of %(n)s person. Of the others nothing waited.",
            "Confirmed of %(n)s people. Of the others nothing waited.",
            num_parent_objects,
        )
        return words % {"n": num_parent_objects}
