"""Who sees what, what a person agrees to, what is kept of her, what she asks for, and the way out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import asking, consents, erasing, limits, notice, notices, privacy_queries, queries
from accounts import privacy as parts
from accounts.http import SignedRequest
from accounts.models import Consent, DataRequest, Person
from accounts.privacy_forms import AskForm, EraseForm
from accounts.views.limited import status_of

# Gathering it asks every room; once a day is what the law has in mind, and a wrong click or two.
DOWNLOADS = limits.Limit("downloads", 6, 60 * 60)


@require_safe
@never_cache
def privacy(request: HttpRequest) -> HttpResponse:
    """Say who sees what; to who is signed in also what she decided and asked for."""
    return _privacy(request)


def _privacy(request: HttpRequest, status: int = 200) -> HttpResponse:
    person: Person | None = request.user.person if request.user.is_authenticated else None
    context = {"screen": privacy_queries.privacy_screen(person)}
    return render(request, "accounts/privacy.html", context, status=status)


@login_required
@require_POST
def consent(request: SignedRequest) -> HttpResponse:
    """Give or take back a voluntary consent, or say that the notice was read."""
    purpose, yes = request.POST.get("purpose", ""), request.POST.get("answer") == "yes"
    person = request.user.person
    if purpose == Consent.Purpose.COURSES and yes:
        consents.acknowledge(person=person)
        messages.success(request, _("Thank you for reading it."))
    elif purpose not in consents.VOLUNTARY:
        return _privacy(request, status=400)
    elif yes:
        consents.give(person=person, purpose=purpose)
        messages.success(request, _("Thank you. You can change your mind whenever you like."))
    else:
        consents.withdraw(person=person, purpose=purpose)
        messages.success(request, _("Taken back. It holds from this moment."))
    return redirect(f"{reverse('accounts:privacy')}#choices")


@require_safe
def notice_page(request: HttpRequest, version: str = "") -> HttpResponse:
    """Show the notice in force, or an earlier version of it."""
    try:
        screen = privacy_queries.notice_screen(version)
    except notice.NoSuchNotice:
        raise Http404 from None
    return render(request, "accounts/notice.html", {"screen": screen})


@require_safe
@login_required
@never_cache
def my_data(request: SignedRequest) -> HttpResponse:
    """Show everything that is kept of the reader."""
    return render(request, "accounts/my_data.html", {"sections": queries.my_data(request.user.person)})


@require_safe
@login_required
@never_cache
def download(request: SignedRequest, form: str = "json") -> HttpResponse:
    """Hand over everything that is kept of the reader, as JSON or as a page to read; write down that it was done."""
    person = request.user.person
    try:
        limits.spend(DOWNLOADS, f"person:{person.pk}")
    except limits.TooMany as refusal:
        return _too_often(request, refusal)
    asking.write_down_download(person=person)
    response = _readable(request, person) if form == "html" else _json(person)
    response["Content-Disposition"] = f'attachment; filename="senda-mis-datos.{form}"'
    return response


def _json(person: Person) -> HttpResponse:
    data: dict[str, Any] = parts.export_person(person)
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})


def _readable(request: HttpRequest, person: Person) -> HttpResponse:
    return render(request, "accounts/my_data_file.html", {"sections": queries.my_data(person)})


def _too_often(request: HttpRequest, refusal: limits.TooMany) -> HttpResponse:
    context = {"wait": notices.wait(refusal.minutes)}
    response = render(request, "accounts/too_many_downloads.html", context, status=429)
    response["Retry-After"] = str(refusal.minutes * 60)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def ask(request: SignedRequest) -> HttpResponse:
    """Ask for what she cannot change by herself, or object to a use."""
    form = AskForm(
        request.POST if request.method == "POST" else None, initial={"kind": DataRequest.Kind.CORRECTION}
    )
    if request.method == "POST" and form.is_valid():
        asked = asking.ask(person=request.user.person, **form.cleaned_data)
        messages.success(
            request,
            _("We have your request. You will read the answer here by %(day)s.")
            % {"day": date_format(asked.due_on)},
        )
        return redirect(f"{reverse('accounts:privacy')}#requests")
    status = status_of(form) if form.errors else 200
    return render(request, "accounts/ask.html", {"form": form}, status=status)


@login_required
@require_POST
def take_back(request: SignedRequest, key: UUID) -> HttpResponse:
    """Take a request back while it waits."""
    asked = get_object_or_404(DataRequest.objects.of(request.user.person), key=key)
    if asking.take_back(request=asked):
        messages.success(request, _("Your request is taken back."))
    return redirect(f"{reverse('accounts:privacy')}#requests")


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def erase(request: SignedRequest) -> HttpResponse:
    """Say what is erased and what stays; then do it, or ask somebody to look at it."""
    form = EraseForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        return _erase(request)
    context = {"form": form, "screen": privacy_queries.erase_screen(request.user.person)}
    return render(request, "accounts/erase.html", context, status=status_of(form) if form.errors else 200)


def _erase(request: SignedRequest) -> HttpResponse:
    person = request.user.person
    try:
        erasing.erase(person=person, by=person)
    except erasing.ErasureRefused:
        asked = asking.ask(person=person, kind=DataRequest.Kind.ERASURE)
        words = _("We have your request. You will read the answer here by %(day)s.")
        messages.success(request, words % {"day": date_format(asked.due_on)})
        return redirect(f"{reverse('accounts:privacy')}#requests")
    logout(request)
    response = redirect("accounts:erased")
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Say that it is done, to somebody who has no account any more."""
    return render(request, "accounts/erased.html", {"kept": parts.kept_words()})
