"""Checking in: the code that a facilitator shows to the room, and what a learner does with it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import limits, notices
from accounts.http import SignedRequest
from common import clock
from learning import checking_in
from learning.checking_in import Reason
from learning.models import Session
from learning.queries.check_in import check_in_screen, room_code_screen
from learning.room_forms import SpokenCodeForm
from learning.views.room import own_session_or_404
from learning.words_of_room import NOT_CHECKED_IN, say_arrived

# That this browser showed a code of a session, and when: long enough to sign in with a PIN that has to be looked up.
PROOF = "was_in_the_room"
PROOF_LASTS = dt.timedelta(minutes=10)


@login_required
@never_cache
@require_safe
def room_code(request: SignedRequest, session: UUID) -> HttpResponse:
    """Show the codes of this moment, for a projector or on the facilitator's telephone. The page renews itself."""
    view = room_code_screen(request, own_session_or_404(request, session), at=clock.now())
    return render(request, "learning/room_code.html", {"view": view})


@never_cache
@require_safe
def scanned(request: HttpRequest, session: UUID, token: str) -> HttpResponse:
    """Take what the picture carried, from anybody: she signs in afterwards, and has ten minutes for it."""
    row, at = _session_or_404(session), clock.now()
    try:
        checking_in.prove_by_picture(session=row, token=token, at=at)
    except checking_in.Refused as refused:
        context = {"refused": str(NOT_CHECKED_IN[refused.reason])}
        return _unlisted(render(request, "learning/check_in_over.html", context, status=410))
    _note(request, row, at)
    return _unlisted(redirect("learning:check_in", session=row.key))


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def check_in(request: SignedRequest, session: UUID) -> HttpResponse:
    """Say whose mark it is going to be, and note it once she confirms."""
    row = _session_or_404(session)
    try:
        at = _shown_at(request, row)
        if request.method == "POST":
            done = checking_in.check_in(session=row, person=request.person, at=at)
            messages.success(request, say_arrived(done.row, new=done.new))
            return redirect("learning:home")
        checking_in.enrolment_to_mark(row, request.person)
    except checking_in.Refused as refused:
        view = check_in_screen(row, request.person, refused.reason)
        return render(request, "learning/check_in.html", {"view": view}, status=409)
    return render(request, "learning/check_in.html", {"view": check_in_screen(row, request.person)})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: SignedRequest) -> HttpResponse:
    """Take the code that was said aloud, from whoever has no camera."""
    form = SpokenCodeForm(request.POST if request.method == "POST" else None)
    wait, at = "", clock.now()
    if form.is_valid():
        try:
            said = form.cleaned_data["code"]
            row = checking_in.prove_by_word(person=request.person, code=said, at=at)
        except limits.TooMany as refusal:
            wait = notices.wait(refusal.minutes)
        except checking_in.Refused as refused:
            form.add_error("code", str(NOT_CHECKED_IN[refused.reason]))
        else:
            _note(request, row, at)
            return redirect("learning:check_in", session=row.key)
    status = 429 if wait else 400 if form.errors else 200
    return render(request, "learning/check_in_code.html", {"form": form, "wait": wait}, status=status)


def _session_or_404(key: UUID) -> Session:
    return get_object_or_404(Session.objects.select_related("cohort"), key=key)


def _note(request: HttpRequest, session: Session, at: dt.datetime) -> None:
    request.session[PROOF] = [str(session.key), at.timestamp()]


def _shown_at(request: SignedRequest, session: Session) -> dt.datetime:
    """Return when this browser showed a code of the session. Raises Refused where it did not, or long ago."""
    key, since = request.session.get(PROOF, ["", 0.0])
    shown = dt.datetime.fromtimestamp(since, tz=dt.UTC)
    if key != str(session.key) or clock.now() - shown > PROOF_LASTS:
        raise checking_in.Refused(checking_in.closed(session, at=clock.now()) or Reason.CODE_OVER)
    return shown


def _unlisted(answer: HttpResponse) -> HttpResponse:
    answer["X-Robots-Tag"] = "noindex"
    return answer
