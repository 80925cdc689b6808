"""Lists and forms of the admin that tell a stranger nothing, not even which numbers exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from wagtail.admin.auth import permission_denied
from wagtail.admin.viewsets.model import ModelViewSet

ANY = ("add", "change", "delete", "view")


class QuietViewSet(ModelViewSet):  # type: ignore[misc]  # Wagtail has no types
    """Refuses who may do nothing with the kind before it looks for the thing.

    Wagtail looks first: what exists would be refused, what does not would be missing, and the two told apart.
    """

    def get_urlpatterns(self) -> list[URLPattern]:
        """Put the question before each address."""
        found: list[URLPattern] = list(super().get_urlpatterns())
        for pattern in found:
            pattern.callback = self._asking(pattern.callback)
        return found

    def _asking(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.permission_policy.user_has_any_permission(request.user, ANY):
                refused: HttpResponse = permission_denied(request)
                return refused
            return view(request, *args, **kwargs)

        return asked
