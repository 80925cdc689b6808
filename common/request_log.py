"""Writes one line a request: its kind and how long it took, never who asked, for what, or from where."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from common.logs import request_id

logger = logging.getLogger("common.requests")

# A report of abuse leaves no trace, in any language's spelling of capitals.
UNLOGGED = "/avisar"
HEALTH = "programme:healthz"
GIVEN_ID = re.compile(r"[0-9a-f]{16,32}")


class RequestLogMiddleware:
    """Give each request a number, which its error page and all its log lines carry."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.monotonic()
        token = request_id.set(id_of(request))
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = request_id.get()
            tell(request, response.status_code, time.monotonic() - started)
            return response
        finally:
            request_id.reset(token)


def id_of(request: HttpRequest) -> str:
    """Return the proxy's number of the request, if it looks like one, or a new one."""
    given = request.headers.get("X-Request-ID", "")
    return given if GIVEN_ID.fullmatch(given) else secrets.token_hex(8)


def tell(request: HttpRequest, status: int, seconds: float) -> None:
    """Write the line, except of what says too much (abuse) or nothing (static files, a healthy site)."""
    route = route_of(request)
    if request.path_info.lower().startswith(UNLOGGED) or (status < 400 and route in {"", HEALTH}):
        return
    logger.info(
        "request",
        extra={
            "fields": {
                "method": request.method if request.method in METHODS else "other",
                "route": route or "none",
                "status": status,
                "ms": round(seconds * 1000, 1),
            }
        },
    )


METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def route_of(request: HttpRequest) -> str:
    """Return the name of the view: an address can hold the code of a certificate or a word looked for."""
    match = request.resolver_match
    return (match.view_name or match.route) if match else ""
