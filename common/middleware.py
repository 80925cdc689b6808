"""Adds to answers what no view should have to remember: the admin's own policy, and when to try again."""

from collections.abc import Callable
from http import HTTPStatus

from csp.constants import NONE, SELF
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

# The length of most counts of attempts (`accounts.limits`); a view that knows better says so itself.
RETRY_SECONDS = 5 * 60

ADMIN_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}


class AdminPolicyMiddleware:
    """Give the admin's responses the looser policy; every other address keeps 'self' alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.prefix = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(self.prefix):
            # A preview went through every layer already, as a page of the site that no frame may hold.
            response.headers.pop("Content-Security-Policy", None)
            response._csp_replace = ADMIN_POLICY  # type: ignore[attr-defined]  # read by django-csp
        return response


class RetryAfterMiddleware:
    """Let every 429 tell programs when to try again, as its words tell people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            response.headers.setdefault("Retry-After", str(RETRY_SECONDS))
        return response
