"""The profile and the ways to be reached."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import queries, services
from accounts.http import SignedRequest
from accounts.models import Person
from accounts.profile_forms import ContactForm, ProfileForm
from accounts.reading import keep_interface, remember
from accounts.views.limited import status_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def profile(request: SignedRequest) -> HttpResponse:
    """Show and keep what a person says of herself."""
    # A copy: a refused form must not change the name that the rest of the page shows.
    person = Person.objects.select_related("country").get(pk=request.user.person_id)
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        services.save_profile(person=person, answers=form.cleaned_data)
        return _saved(request, form.cleaned_data)
    context = {"form": form, "screen": queries.profile_screen(request.user), "next": _next(request)}
    return render(request, "accounts/profile.html", context, status=status_of(form) if form.errors else 200)


def _saved(request: SignedRequest, answers: dict[str, Any]) -> HttpResponse:
    language = answers["language"]
    with override(language):
        messages.success(request, _("Your profile is saved."))
    response = redirect(_next(request) or "accounts:profile")
    keep_interface(response, language)
    remember(response, "")
    return response


def _next(request: HttpRequest) -> str:
    place = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        place, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return place if safe else ""


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def contact(request: SignedRequest) -> HttpResponse:
    """Change e-mail and telephone."""
    user = request.user
    form = ContactForm(request.POST or None, user=user, initial={"email": user.email, "phone": user.phone})
    if request.method == "POST" and form.is_valid() and _change_contact(request, form):
        messages.success(request, _("Your e-mail and telephone are saved."))
        return redirect("accounts:profile")
    context = {"form": form, "code": user.readable_code if user.handed_out_at else ""}
    return render(request, "accounts/contact.html", context, status=status_of(form) if form.errors else 200)


def _change_contact(request: SignedRequest, form: ContactForm) -> bool:
    email, phone = form.cleaned_data["email"], form.cleaned_data["phone"]
    try:
        new_email = services.change_contact(user=request.user, email=email, phone=phone)
    except services.SignUpRefused:
        form.add_error(None, _("Another account already uses this e-mail or telephone. Nothing was changed."))
        return False
    if new_email and email:
        EmailAddress.objects.get(user=request.user, email=email).send_confirmation(request)
    return True
