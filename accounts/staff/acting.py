"""What is done with several rows of a list at once: those that the reader sees, filtered as the list is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.admin.views.bulk_action import BulkAction

from accounts.staff.seeing import SightPolicy

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from wagtail.admin.ui.tables import BaseColumn

# More at once is nobody's considered answer.
AT_ONCE = 500


class SeveralAtOnce(BulkAction):
    """A bulk action that takes a right, and no row beyond the reader's sight.

    «Everybody in the list» means the list as it was searched and filtered; Wagtail alone would take all there are.
    """

    # The door before Wagtail's bulk actions, which would read all rows there are, leaves these to themselves.
    asks_itself = True
    right = ""
    filterset: Any = None

    def policy(self) -> SightPolicy:
        """Return which rows the reader sees."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer whoever has the right; to others there is no such page."""
        if not request.user.has_perm(self.right):  # type: ignore[union-attr]  # signed in: the admin
            raise Http404
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def standing(self) -> QuerySet[Any]:
        """Return the rows that the list shows, before search and filters, as far as the reader sees."""
        return self.policy().seen(self.request.user)

    def get_all_objects_in_listing_query(self, parent_id: Any) -> Any:
        """Return those of the list, by its search and its filters."""
        rows = self.standing()
        if query := self.request.GET.get("q"):
            rows = rows.named(query)  # type: ignore[attr-defined]  # people and institutions know their names
        chosen = self.filterset(self.request.GET, queryset=rows, request=self.request)
        found = self.worth_acting_on(chosen.qs if chosen.form.is_valid() else rows.none())
        return found.order_by("-pk").values_list("pk", flat=True)[:AT_ONCE]

    def worth_acting_on(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Keep, of the whole list, those with whom there is something to do."""
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say, of «everybody in the list», when there may be more than are taken at once."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        all_of_them = "all" in self.request.GET.getlist("id")
        return context | {"most": AT_ONCE if all_of_them and len(context["items"]) >= AT_ONCE else 0}

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, list[Any]]]:
        """Return those ticked that she sees; of the others it is said only that there are some."""
        asked = self.request.GET.getlist("id")
        if "all" in asked:
            asked = list(self.get_all_objects_in_listing_query(None))
        keys = {int(key) for key in asked if str(key).isdecimal() and len(str(key)) < 19}
        seen = list(self.standing().filter(pk__in=keys).order_by("-pk")[:AT_ONCE])
        return seen, {"items_with_no_access": [None] * (len(keys) > len(seen))}


class ActingListMixin:
    """Before an `IndexView` with a column of ticks: who may do nothing with several rows finds none to tick."""

    act_right = ""
    request: HttpRequest

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """Leave the ticks out for who may not."""
        columns: list[BaseColumn] = super().columns  # type: ignore[misc]  # a mixin before a view
        if self.request.user.has_perm(self.act_right):  # type: ignore[union-attr]  # signed in: the admin
            return columns
        return [column for column in columns if not isinstance(column, BulkActionsCheckboxColumn)]
