"""Pages of long lists of the admin: the last one is as near as the first, and nothing is counted or read twice.

A page that is far behind is found by walking over all rows before it. Past the middle the walk begins at the end; and
what it walks over are keys in an index, of which only those of the page are then read with their columns.
"""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from wagtail.admin.paginator import WagtailPaginator

# A nearer page is no walk at all.
FAR = 1_000


class NearPaginator(WagtailPaginator):
    """Pages of a queryset whose order ends with its key, so that it can be read from both ends."""

    def page(self, number: Any) -> Page:
        """Return a page; one that is far behind is read by its keys."""
        number = self.validate_number(number)
        begin = (number - 1) * self.per_page
        if begin < FAR:
            return super().page(number)
        end = min(begin + self.per_page, self.count)
        return self._get_page(self._rows(begin, end), number, self)

    def _rows(self, begin: int, end: int) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]  # lists of the admin are querysets
        keys = rows.prefetch_related(None).select_related(None).values_list("pk", flat=True)
        # The keys that come after the page are fewer than those before it.
        if begin > self.count - end:
            return rows.filter(pk__in=keys.reverse()[self.count - end : self.count - begin])
        return rows.filter(pk__in=keys[begin:end])


class NearPagesMixin:
    """Before an `IndexView` whose list may be long: its far pages are near, in an order that leaves nothing open."""

    paginator_class = NearPaginator

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """End every order with the key: rows that are alike would else stand on two pages, or on none."""
        rows: QuerySet[Any] = super().order_queryset(queryset)  # type: ignore[misc]  # a mixin before a view
        order = list(rows.query.order_by or rows.model._meta.ordering)
        if any(name in {"pk", "-pk", "id", "-id"} for name in order):
            return rows
        return rows.order_by(*order, "-pk")
