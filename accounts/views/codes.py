"""The facilitator's page: codes handed out, new ones printed on slips, PINs given anew."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import limits, looking, queries, resets, services
from accounts.http import SignedRequest
from accounts.models import Person, Role, User
from accounts.profile_forms import HandOutForm
from accounts.views.limited import status_of

View = Callable[..., HttpResponse]


def for_who_hands_out(view: View) -> View:
    """Let in who may hand out codes; for everybody else the page does not exist."""

    @wraps(view)
    def guarded(request: SignedRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not services.may_hand_out(request.user.person):
            raise Http404
        return view(request, *args, **kwargs)

    return login_required(guarded)


@require_http_methods(["GET", "HEAD", "POST"])
@for_who_hands_out
def people_codes(request: SignedRequest) -> HttpResponse:
    """List the codes handed out by the reader; make new ones."""
    person = request.user.person
    initial = {"batch": uuid.uuid4(), "country": person.country_id}
    form = HandOutForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        if limits.once("hand-out", f"{person.pk}:{form.cleaned_data['batch']}"):
            return _slips(request, [queries.slip(*made) for made in _hand_out(person, form)])
        form.add_error(
            None,
            _("These codes were made already, and a PIN is shown only once. They are in the list below."),
        )
    screen = queries.codes_screen(person, request.GET.get("page"))
    looking.kept_list(request, "codes", rows=len(screen.rows), role=Role.FACILITATOR)
    context = {"form": form, "screen": screen}
    return render(
        request, "accounts/people_codes.html", context, status=status_of(form) if form.errors else 200
    )


def _hand_out(by: Person, form: HandOutForm) -> list[tuple[User, str]]:
    answers = form.cleaned_data
    return services.hand_out_logins(
        names=answers["people"],
        country=answers["country"],
        by=by,
        institution=answers.get("institution") or None,
    )


@login_required
@require_POST
def reset_pin(request: SignedRequest, person: uuid.UUID) -> HttpResponse:
    """Give a person a new PIN and show it this once."""
    user = get_object_or_404(User, person__key=person, is_active=True)
    try:
        pin = services.reset_pin(user=user, by=request.user.person)
    except resets.ResetRefused as refusal:
        return _refused(request, refusal.reason)
    return _slips(request, [queries.slip(user, pin)])


def _refused(request: SignedRequest, reason: resets.Reason) -> HttpResponse:
    if reason == resets.Reason.NOT_YOURS:
        raise Http404
    context = {"reason": queries.RESET_WORDS[reason]}
    return render(request, "accounts/reset_refused.html", context, status=HTTPStatus.FORBIDDEN)


def _slips(request: SignedRequest, slips: list[queries.Slip]) -> HttpResponse:
    context = {"slips": slips, "sign_in_url": request.build_absolute_uri(reverse("account_login"))}
    response = render(request, "accounts/slips.html", context)
    response["Cache-Control"] = "no-store"
    return response
