"""Answers what broke: what happened, what was kept, what to do; without the database, and at last without templates.

What somebody typed into a form that could not be saved is shown again, so that a lesson's answer or a page of the
editor is not lost to ten seconds without a database.
"""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.csrf import requires_csrf_token

from common.logs import request_id
from common.outages import Outage, outage_of
from programme import health, last_words

logger = logging.getLogger(__name__)

PAGES = {Outage.AWAY: "503.html", Outage.FULL: "full.html"}
RETRY_SECONDS = {Outage.AWAY: 30, Outage.FULL: 300}
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 -- the name of a field
# Never written into a page again.
SECRETS = ("password", "secret", "pin", "code", "token", "oldpassword")
# Shown to be copied: what took longer to write than to write again.
LONG = 20
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


@dataclass(frozen=True)
class Sent:
    """A form that was not saved: its fields, the texts among them, and whether it may be sent again as it is."""

    fields: tuple[tuple[str, str], ...] = ()
    texts: tuple[str, ...] = ()
    address: str = ""
    token: str = ""

    @property
    def again(self) -> bool:
        """Say whether one button can send it again."""
        return bool(self.token)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 503 for an outage, 500 for a mistake of ours; `handler500` of lms.urls points here."""
    outage = outage_now(sys.exc_info()[1])
    with translation.override(translation.get_language_from_request(request)):
        if outage is None:
            return page(request, "500.html", HTTPStatus.INTERNAL_SERVER_ERROR, Sent())
        response = page(request, PAGES[outage], HTTPStatus.SERVICE_UNAVAILABLE, sent_by(request))
    response["Retry-After"] = str(RETRY_SECONDS[outage])
    response["Cache-Control"] = "no-store"
    return response


def outage_now(error: BaseException | None) -> Outage | None:
    """Return which outage it is: the embedded database only says that it cannot be opened when the disk is full."""
    outage = outage_of(error)
    if outage is Outage.AWAY and connection.vendor == "sqlite" and health.disk().state == health.State.DOWN:
        return Outage.FULL
    return outage


def page(request: HttpRequest, template: str, status: HTTPStatus, sent: Sent) -> HttpResponse:
    """Return the page of an error, or the last words where no template can be read."""
    try:
        context = {"sent": sent, "posted": request.method == "POST", "number": request_id.get()}
        return HttpResponse(render_to_string(template, context), status=status)
    except Exception:
        logger.exception("The page of an error broke too")
        return HttpResponse(last_words.page(translation.get_language() or "es", status), status=status)


def sent_by(request: HttpRequest) -> Sent:
    """Return what a form held, if it can be read; files and secrets are not kept."""
    if request.method != "POST":
        return Sent()
    try:
        posted = [(name, value) for name, values in request.POST.lists() for value in values]
        secret = any(_is_secret(name) for name, _value in posted) or bool(request.FILES)
        ours = not secret and _came_from_us(request)
    except Exception:
        # What was sent cannot be read any more: the page says so by showing nothing.
        return Sent()
    fields = tuple((name, str(value)) for name, value in posted if name != TOKEN and not _is_secret(name))
    return Sent(
        fields=fields,
        texts=tuple(value for _name, value in fields if _is_text(value)),
        address=request.get_full_path() if ours else "",
        token=get_token(request) if ours else "",
    )


def _is_secret(name: str) -> bool:
    return name != TOKEN and any(word in name.lower().rsplit("-", 1)[-1] for word in SECRETS)


def _came_from_us(request: HttpRequest) -> bool:
    # The outage may have come before this was asked; a button would let another site's form through.
    guard = _Guard(lambda asked: HttpResponse())
    guard.process_request(request)
    refusal: Any = guard.process_view(request, _no_view, (), {})
    return refusal is None


class _Guard(CsrfViewMiddleware):
    """Asks for the token, and answers a form without it by no page: that would ask the database that is away."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(status=HTTPStatus.FORBIDDEN)


def _no_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@requires_csrf_token
def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 413 for what is too big, 400 for what is not in order; `handler400` of lms.urls points here."""
    too_big = isinstance(exception, TOO_BIG)
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if too_big else HTTPStatus.BAD_REQUEST
    return page(request, "413.html" if too_big else "400.html", status, Sent())


def grown_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 for a form without its token: its texts are shown to be copied, and no button sends them."""
    texts = () if any(map(_is_secret, request.POST)) else sent_texts(request)
    return render(request, "403_csrf.html", {"sent": Sent(texts=texts)}, status=HTTPStatus.FORBIDDEN)


def sent_texts(request: HttpRequest) -> tuple[str, ...]:
    """Return the longer texts of a form."""
    fields = ((name, value) for name, values in request.POST.lists() for value in values)
    return tuple(str(value) for name, value in fields if name != TOKEN and _is_text(str(value)))


def _is_text(value: str) -> bool:
    # Numbers of blocks and addresses of pages are long too, and nobody wrote them.
    return len(value) > LONG and len(value.split()) > 1
