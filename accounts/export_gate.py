"""Refuses a file where a list of the admin offers none: Wagtail would send one, empty, with no reason asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from common import admin_area


class ExportMiddleware:
    """Asks before any view of the admin whether it has columns for a file; without them, no such address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.begins = admin_area.prefix()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Raise Http404 for a file that the list does not offer."""
        asked = "export" in request.GET and admin_area.is_of_the_admin(request, self.begins)
        if asked and not offers_file(view):
            raise Http404


def offers_file(view: Any) -> bool:
    """Say whether a view offers its rows as a file; decorators carry the class that they stand before."""
    given = getattr(view, "view_initkwargs", {})
    return bool(given.get("list_export", getattr(getattr(view, "view_class", None), "list_export", ())))
