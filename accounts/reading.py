"""Puts on each request the language in which its reader wants lessons, and keeps what she chose."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.utils.cache import patch_vary_headers

from common.languages import ASKED, content_language, is_known, reading_in

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

COOKIE = "senda_content"
A_YEAR = 60 * 60 * 24 * 365


class ContentLanguageMiddleware:
    """Set `request.content_language`: what the address asks, else the cookie's, the profile's or the interface's.

    An address that asks («?contenido=en») is an explicit switch: the browser remembers it. A profile is never
    changed by an address, which somebody else may have sent.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = SESSION_KEY in request.session
        with reading_in(chosen_language(request)):
            request.content_language = content_language()  # type: ignore[attr-defined]  # for caches to key on
            response = self.get_response(request)
        patch_vary_headers(response, ["Cookie"])
        asked = request.GET.get(ASKED)
        if is_known(asked) and request.COOKIES.get(COOKIE) != asked:
            remember(response, str(asked))
        if signed_in != (SESSION_KEY in request.session):
            _change_of_reader(request, response)
        return response


def chosen_language(request: HttpRequest) -> str:
    """Return the language that the reader chose for lessons; nothing when she never did, or forged it."""
    for chosen in (request.GET.get(ASKED), request.COOKIES.get(COOKIE)):
        if is_known(chosen):
            return str(chosen)
    if SESSION_KEY not in request.session or not request.user.is_authenticated:
        return ""
    return request.user.person.content_language


def _change_of_reader(request: HttpRequest, response: HttpResponse) -> None:
    """Forget the choice of who left, and that of a browser whose new reader has one of her own in her profile."""
    user = request.user
    if COOKIE in request.COOKIES and (not user.is_authenticated or user.person.content_language):
        remember(response, "")


def remember(response: HttpResponse, code: str) -> None:
    """Keep the choice in this browser; an empty one is forgotten, so that the profile's holds."""
    if not code:
        response.delete_cookie(COOKIE, samesite=settings.LANGUAGE_COOKIE_SAMESITE)
        return
    response.set_cookie(
        COOKIE,
        code,
        max_age=A_YEAR,
        httponly=True,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        secure=settings.SESSION_COOKIE_SECURE,
    )


def keep_interface(response: HttpResponse, language: str) -> None:
    """Keep the language of the interface in this browser, as Django's own view of languages does."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
