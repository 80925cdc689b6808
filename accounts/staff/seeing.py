"""Lists of the admin narrowed to what their reader sees: her countries, with people masked where she must not know."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property
from wagtail.admin.views.generic.history import HistoryView
from wagtail.permission_policies import ModelPermissionPolicy

from accounts import looking, masking
from accounts.sight import Sight, sight_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from wagtail.admin.ui.tables import BaseColumn

    from accounts.models import User

Mask = Callable[[Any], str]


class SightPolicy(ModelPermissionPolicy):
    """Model permissions, over rows whose country the reader sees. `paths` are the fields that lead to a country."""

    def __init__(self, model: Any, *paths: str) -> None:
        super().__init__(model)
        self.paths = paths

    def seen(self, user: User, rows: QuerySet[Any] | None = None) -> QuerySet[Any]:
        """Keep of `rows` (all, by default) those that the reader sees."""
        return sight_of(user).within(self.model._default_manager.all() if rows is None else rows, *self.paths)

    def user_has_permission_for_instance(self, user: User, action: str, instance: Any) -> bool:
        """Say whether she may, with this one."""
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user: User, actions: Iterable[str], instance: Any) -> bool:
        """Say whether she may one of `actions` with this one."""
        return self.user_has_any_permission(user, actions) and self._sees(user, instance)

    def _sees(self, user: User, instance: Any) -> bool:
        return sight_of(user).whole or self.seen(user).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet[Any]:
        """Return those with which she may one of `actions`."""
        if not self.user_has_any_permission(user, actions):
            return self.model._default_manager.none()
        return self.seen(user)


class LookedAtMixin:
    """Before an `IndexView` that names people: that somebody looked is kept under `look`, the key of the list.

    Masked lists are kept too: a sign tells one person from another.
    """

    look = ""
    request: HttpRequest

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Keep the look, then answer."""
        if self.look:
            looking.kept_list(self.request, self.look, rows=len(context["object_list"]))
        answer: HttpResponse = super().render_to_response(context, **kwargs)  # type: ignore[misc]  # a mixin before a view
        return answer


class LookedAtOne:
    """Before a view of one thing of a person, whose name heads the page; a look is kept under `look`."""

    look = ""
    request: HttpRequest
    object: Any

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Keep the look, then answer."""
        looking.kept_person(self.request, self.look, getattr(self.object, "person", self.object))
        answer: HttpResponse = super().render_to_response(context, **kwargs)  # type: ignore[misc]  # a mixin before a view
        return answer


class LookedAtHistory(LookedAtOne, HistoryView):
    """What was done with it."""


class SeenIndexMixin(LookedAtMixin):
    """Before an `IndexView` whose policy is a `SightPolicy`: rows that the reader sees, masked where she must not know.

    `masks` says how columns of a name look to a masked reader; such a column is neither sorted nor searched by.
    """

    masks: Mapping[str, Mask] = {}
    request: HttpRequest
    permission_policy: SightPolicy
    search_fields: list[str] | None
    default_ordering: Any

    @cached_property
    def sight(self) -> Sight:
        """How far the reader sees."""
        return sight_of(self.request.user)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Take from a masked reader the search and the order by name."""
        super().setup(request, *args, **kwargs)  # type: ignore[misc]  # a mixin before a view
        if not self.sight.names:
            self.search_fields = masking.searchable(self.search_fields, self.sight)
            ordering = self.default_ordering
            named = [ordering] if isinstance(ordering, str) else ordering
            self.default_ordering = masking.orderable(named, self.sight) or ["-pk"]

    def get_base_queryset(self) -> QuerySet[Any]:
        """Keep what is seen."""
        rows: QuerySet[Any] = super().get_base_queryset()  # type: ignore[misc]  # a mixin before a view
        return self.permission_policy.seen(self.request.user, rows)  # type: ignore[arg-type]  # somebody signed in

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """Mask the columns that name somebody."""
        columns: list[BaseColumn] = super().columns  # type: ignore[misc]  # a mixin before a view
        return columns if self.sight.names else [self._masked(column) for column in columns]

    def get_list_buttons(self, instance: Any) -> list[Any]:
        """Leave the row's menu out for a masked reader: its label names the row."""
        return super().get_list_buttons(instance) if self.sight.names else []  # type: ignore[misc]  # a mixin before a view

    def _masked(self, column: BaseColumn) -> BaseColumn:
        mask = self.masks.get(column.name)
        if mask is None:
            return column
        # Columns belong to the viewset, and so to every reader: a copy.
        hidden = copy.copy(column)
        hidden.sort_key = None
        # The header of a copy is still the original's, with its arrow to sort by.
        hidden.header = hidden.Header(hidden)
        hidden.get_value = mask
        return hidden
