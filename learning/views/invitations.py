"""The link of an invitation: what it is for, and one way through signing up or in to being enrolled."""

from __future__ import annotations

import datetime as dt
import time
from io import BytesIO
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import limits, notices
from accounts.middleware import person_of
from accounts.models import Person
from courses import versions
from learning import joining, services
from learning.access import Refusal
from learning.forms import CountryForm
from learning.models import EnrolmentCode
from learning.queries.invitation import invitation_screen, link_of
from learning.views.common import after_joining
from learning.words import REFUSALS

MISSES = limits.Limit("invitation-misses", 60, 5 * 60)
# What a visitor wanted when she pressed «Join»: for half an hour, so that the next one on the phone wants nothing.
WANTED = "wants_to_join"
WANTED_SECONDS = 30 * 60
JUST_MADE = dt.timedelta(minutes=30)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, code: str) -> HttpResponse:
    """Say what the invitation is for; POST joins, or leads a visitor to her account and back here."""
    try:
        row = _find(request, code)
    except limits.TooMany as refusal:
        context = {"wait": notices.wait(refusal.minutes)}
        answer = render(request, "learning/invitation_unknown.html", context, status=429)
        answer["Retry-After"] = str(refusal.minutes * 60)
        return answer
    except services.Refused as refused:
        gone = refused.reason == Refusal.CODE_EXPIRED
        context = {"refused": str(REFUSALS[refused.reason])}
        return render(request, "learning/invitation_unknown.html", context, status=410 if gone else 404)
    person = person_of(request)
    if person is None:
        return _visitor(request, row)
    if request.method == "POST" or _wants(request, row, person):
        return _join(request, row, person)
    return _screen(request, row, person)


def _find(request: HttpRequest, code: str) -> EnrolmentCode:
    """Return the code. Who tries many that nobody has is asked to wait, and then reads of no code at all."""
    person = person_of(request)
    who = str(person.key) if person else limits.address_of(request)
    limits.refuse_spent(MISSES, who)
    try:
        return joining.find_code(code, on=timezone.localdate())
    except services.Refused as refused:
        if refused.reason == Refusal.CODE_UNKNOWN:
            limits.count(MISSES, who)
        raise


def _visitor(request: HttpRequest, row: EnrolmentCode) -> HttpResponse:
    if request.method != "POST":
        return _screen(request, row, None)
    request.session[WANTED] = [row.code, time.time()]
    door = "account_login" if request.POST.get("door") == "in" else "account_signup"
    back = reverse("invitation:join", kwargs={"code": row.code})
    return redirect(f"{reverse(door)}?{urlencode({'next': back})}")


def _wants(request: HttpRequest, row: EnrolmentCode, person: Person) -> bool:
    """Say whether she pressed «Join» before she signed in, and has nothing more to confirm."""
    code, since = request.session.pop(WANTED, ["", 0.0])
    if request.method != "GET" or code != row.code or time.time() - since > WANTED_SECONDS:
        return False
    if person.country is None:
        return False
    # A moment ago she said where she works; somebody of old confirms it where it matters.
    new = timezone.now() - person.created_at < JUST_MADE
    return new or not versions.differs_by_country(row.course)


def _join(request: HttpRequest, row: EnrolmentCode, person: Person) -> HttpResponse:
    said = request.method == "POST" and bool(request.POST.get("country"))
    form = CountryForm(request.POST if said else None, initial={"country": person.country_id})
    if said and not form.is_valid():
        return _screen(request, row, person, form=form, status=400)
    country = form.cleaned_data["country"] if said else None
    try:
        made = joining.join_by_code(person=person, code=row.code, country=country)
    except services.Refused as refused:
        words = str(REFUSALS[refused.reason])
        return _screen(request, row, person, form=None, refused=words, status=409)
    return after_joining(request, made)  # type: ignore[arg-type]  # somebody signed in


def _screen(
    request: HttpRequest,
    row: EnrolmentCode,
    person: Person | None,
    *,
    form: CountryForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    asked = "corregir" in request.GET or (person is not None and person.country is None)
    if form is None and asked:
        form = CountryForm(initial={"country": person.country_id if person else None})
    if form is not None:
        form.helper.inputs[0].value = _("Join")
    context: dict[str, Any] = {
        "view": invitation_screen(request, row, person),
        "form": form,
        "refused": refused,
        "known": person.country if person else None,
    }
    answer = render(request, "learning/invitation.html", context, status=status)
    # Whoever has the link may come in: it is for those to whom it was sent, not for whoever searches.
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
def qr(request: HttpRequest, code: str) -> HttpResponse:
    """Send the link as a picture to be scanned from a wall or a screen."""
    import segno

    try:
        row = _find(request, code)
    except (limits.TooMany, services.Refused):
        raise Http404 from None
    drawn = BytesIO()
    picture = segno.make(link_of(request, row.code), error="m", micro=False)
    picture.save(drawn, kind="svg", scale=6, border=4, light="#fff", xmldecl=False, nl=False)
    answer = HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
    answer["X-Robots-Tag"] = "noindex"
    return answer
