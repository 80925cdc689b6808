"""Puts the signed-in person on the request and keeps shared phones clean."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from accounts.models import Person

SHARED_PHONE = "shared_phone"


def person_of(request: HttpRequest) -> Person | None:
    """Return the signed-in person, or None."""
    user = request.user
    return user.person if user.is_authenticated else None


class PersonMiddleware:
    """Set `request.person` lazily; answers to signed-in people are never stored by a browser on a shared phone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.person = SimpleLazyObject(lambda: person_of(request))  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.session.get(SHARED_PHONE):
            response["Cache-Control"] = "no-store"
        return response
