"""What is done with several people of the list at once: confirm where they work."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.bulk_action import BulkAction

from accounts.models import Person
from accounts.sight import Sight, sight_of
from institutions import confirming
from institutions.models import Membership
from learning.staff.people import seen_people

# More at once is nobody's considered answer.
AT_ONCE = 500


class ConfirmWhereTheyWork(BulkAction):
    """Confirms, of each person ticked, what she says of where she works."""

    display_name = _("Confirm where they work")
    action_type = "confirm"
    aria_label = _("Confirm where the people selected work")
    template_name = "learning/staff/confirm_people.html"
    models = [Person]
    action_priority = 10

    def get_all_objects_in_listing_query(self, parent_id: Any) -> Any:
        """Return those of the list: of the reader's countries, by the name searched."""
        rows = seen_people(self.request)
        query = self.request.GET.get("q")
        found = rows.named(query) if query else rows  # type: ignore[attr-defined]
        return found.order_by("-pk").values_list("pk", flat=True)[:AT_ONCE]

    def check_perm(self, person: Person) -> bool:
        """Say whether she may, with this one: the rule of memberships is asked again of each."""
        return self.request.user.has_perm(confirming.CHANGE) and self._sight.reaches(person.country_id)

    @cached_property
    def _sight(self) -> Sight:
        return sight_of(self.request.user)

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
