"""Adds to answers what no view should have to remember: the admin's own policy, and when to try again."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from csp.constants import HEADER, NONCE, NONE, SELF
from csp.middleware import CheckableLazyObject, CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.functional import cached_property

from common import admin_area

# The length of most counts of attempts (`accounts.limits`); a view that knows better says so itself.
RETRY_SECONDS = 5 * 60

# Each response of the admin has a nonce of its own; styles are written inline by Wagtail's own scripts all the time.
ADMIN_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, NONCE],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}
# None of these is asked for by any page; a script that got in shall not ask for them either.
PERMISSIONS = ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")

# With these Wagtail's forms say how many blocks there are, of which kind, in which order, and which were taken out.
BLOCKS_FIELD = re.compile(r"-(count|type|order|deleted)\W*$")
# Those that are numbers, and what a number is: no form brings more fields than four digits count.
BLOCKS_NUMBER = re.compile(r"-(count|\d+-order)$")
NUMBER = re.compile(r"[0-9]{1,4}")


class PolicyMiddleware(CSPMiddleware):
    """Send the policy; the site's own is written once, and anew only where an answer has another or used a nonce."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Add the header."""
        if has_own_policy(request, response):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.sites_own)
        # As django-csp: the header is out, a nonce that is asked for now would be none.
        request.csp_nonce = CheckableLazyObject(self._csp_nonce_post_response)  # type: ignore[attr-defined]
        return response

    @cached_property
    def sites_own(self) -> str:
        """Return the policy of an answer that asks for nothing of its own."""
        return build_policy()


def has_own_policy(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Say whether a view, a middleware or a nonce makes the policy of an answer another than the site's."""
    used = getattr(request, "_csp_nonce", None) is not None
    return used or any(name.startswith("_csp_") for name in vars(response))


class AdminPolicyMiddleware:
    """Give the admin's responses its own policy; every other address keeps 'self' alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.begins = admin_area.prefix()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if admin_area.is_of_the_admin(request, self.begins):
            # A preview went through every layer already, as a page of the site: it keeps the site's strict policy,
            # except that a frame of the editor may hold it.
            preview = response.headers.pop(HEADER, None) is not None
            response._csp_replace = preview_policy() if preview else ADMIN_POLICY  # type: ignore[attr-defined]  # read by django-csp
            # Asked for here, so that the header names a nonce even where no template took it.
            str(request.csp_nonce)  # type: ignore[attr-defined]  # put there by django-csp
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response


def preview_policy() -> dict[str, Any]:
    """Return the site's own policy for a page that stands in a frame of the editor."""
    return {**settings.CONTENT_SECURITY_POLICY["DIRECTIVES"], "frame-ancestors": [SELF]}


class IncompleteFormMiddleware:
    """Answer 400 to a form of the admin whose blocks Wagtail cannot count; it would answer 500.

    It lacks the fields that count them, or they hold no number. A count below zero is none either: Wagtail would take
    it for a lesson without any block, and save that.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.begins = admin_area.prefix()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Refuse a number that is none, before anything is read by it."""
        if request.method != "POST" or not admin_area.is_of_the_admin(request, self.begins):
            return
        numbers = (value for name, value in request.POST.items() if BLOCKS_NUMBER.search(name))
        if not all(NUMBER.fullmatch(str(value)) for value in numbers):
            raise BadRequest("A form with blocks that cannot be counted")

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Leave it to the page of a request that is not in order."""
        if not isinstance(exception, MultiValueDictKeyError) or not BLOCKS_FIELD.search(str(exception)):
            return
        if admin_area.is_of_the_admin(request, self.begins):
            raise BadRequest("A form without the fields of its blocks") from exception


class PermissionsPolicyMiddleware:
    """Switch off what no page of ours asks of a phone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.value = ", ".join(f"{name}=()" for name in PERMISSIONS)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.value)
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
