"""The page of an activity that opens in the room: it says so, and takes the code."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import limits, notices
from accounts.http import SignedRequest
from common.languages import content_language
from courses import versions
from learning import content
from learning.models import Enrolment
from learning.queries.consulting import asks
from learning.queries.study import find_enrolment
from learning.room_forms import ContentCodeForm
from learning.words_of_room import NOT_OPENED

if TYPE_CHECKING:
    from django.http import HttpRequest


def closed_page(
    request: HttpRequest,
    activity: UUID,
    title: str,
    *,
    form: ContentCodeForm | None = None,
    wait: str = "",
    status: int = 403,
) -> HttpResponse:
    """Return the page that stands in place of an activity until it opens."""
    context = {"activity": activity, "title": title, "form": form or ContentCodeForm(), "wait": wait}
    answer = render(request, "learning/closed.html", context, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_POST
def open_by_code(request: SignedRequest, activity: UUID) -> HttpResponse:
    """Open an activity, and whatever the same session opens, with the code that was given in the room."""
    enrolment = find_enrolment(request.person, activity)
    if enrolment is None or not asks(enrolment, activity):
        raise Http404
    words = _words(request, enrolment, activity)
    form = ContentCodeForm(request.POST)
    wait = ""
    if form.is_valid() and content.is_locked(enrolment, activity):
        try:
            content.open_by_code(
                enrolment=enrolment, activity=activity, code=form.cleaned_data["code"], by=request.person
            )
        except limits.TooMany as refusal:
            wait = notices.wait(refusal.minutes)
        except content.Refused as refused:
            form.add_error("code", str(NOT_OPENED[refused.reason]))
        else:
            messages.success(request, _("It is open for you from now on."))
    if wait or form.errors:
        status = 429 if wait else 400
        return closed_page(request, activity, words.title, form=form, wait=wait, status=status)
    return redirect(words.url or "learning:home")


def _words(request: HttpRequest, enrolment: Enrolment, activity: UUID) -> versions.ActivityWords:
    manifest = versions.manifest_of(enrolment.version)
    return versions.outline(manifest, language=content_language(), request=request).of(activity)
