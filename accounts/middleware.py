"""Puts the signed-in person on the request, keeps shared phones clean, and brings people back after sign-in."""

import time
from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import Person

SHARED_PHONE = "shared_phone"
SEEN_AT = "shared_phone_seen_at"
SHARED_PHONE_COOKIE = "senda_shared_phone"
IDLE_SECONDS = 20 * 60
# The time is written at most once a minute: a page with ten requests costs one write.
SEEN_EVERY_SECONDS = 60


def person_of(request: HttpRequest) -> Person | None:
    """Return the signed-in person, or None."""
    user = request.user
    return user.person if user.is_authenticated else None


def start_shared_phone(request: HttpRequest) -> None:
    """Make this session one of a shared phone: it ends with the browser, or after twenty idle minutes."""
    request.session[SHARED_PHONE] = True
    request.session[SEEN_AT] = time.time()
    request.session.set_expiry(0)


class PersonMiddleware:
    """Set `request.person` lazily; no proxy keeps a person's pages, and the browser of a shared phone neither."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        shared = bool(request.session.get(SHARED_PHONE))
        if shared:
            end_if_idle(request)
        request.person = SimpleLazyObject(lambda: person_of(request))  # type: ignore[attr-defined]  # SignedRequest
        signed_in = SESSION_KEY in request.session
        response = self.get_response(request)
        if shared or request.session.get(SHARED_PHONE):
            response["Cache-Control"] = "no-store"
        elif signed_in and "Cache-Control" not in response:
            # A proxy on the way must not hand one reader's page to the next.
            response["Cache-Control"] = "private, no-cache"
        return send_back_where_she_was(request, response)


def end_if_idle(request: HttpRequest) -> None:
    """Sign out whoever left a shared phone lying; otherwise note that she is there."""
    moment, seen = time.time(), request.session.get(SEEN_AT, 0)
    if moment - seen > IDLE_SECONDS:
        logout(request)
    elif moment - seen > SEEN_EVERY_SECONDS:
        request.session[SEEN_AT] = moment


def send_back_where_she_was(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let a form sent after the session ended lead, by way of sign-in, to its page and not to its address.

    `next` would name an address that answers POST only; after sign-in the learner would read «405».
    """
    if request.method != "POST" or response.status_code != 302:
        return response
    place, sign_in = response.headers.get("Location", ""), resolve_url(settings.LOGIN_URL)
    if urlsplit(place).path != sign_in:
        return response
    if parse_qs(urlsplit(place).query).get("next") == [request.get_full_path()]:
        response["Location"] = f"{sign_in}?{urlencode({'next': page_of_form(request), 'ended': 1})}"
    return response


def page_of_form(request: HttpRequest) -> str:
    """Return the path of the page that held the form, or the front page if the browser does not say."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()}):
        return "/"
    parts = urlsplit(referer)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"
