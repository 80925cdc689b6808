"""Signing up, signing in and regaining a password: allauth's views with our forms, limits and manners."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from typing import Any

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.utils import complete_signup, perform_login
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import limits, services
from accounts.adapter import TooManyGuesses
from accounts.forms import SignUpForm
from accounts.middleware import SHARED_PHONE_COOKIE, start_shared_phone
from accounts.reading import keep_interface
from accounts.views.limited import PoliteFormMixin

ADMIN_ACCESS = "wagtailadmin.access_admin"
A_YEAR = 60 * 60 * 24 * 365


class SignInView(PoliteFormMixin, allauth_views.LoginView):
    """One form for every kind of identifier."""

    wide_limit = limits.SIGN_INS

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Tell a signed-in learner who asked for the editors' side that it is not hers: it would send her back here."""
        asked = request.GET.get("next", "")
        editors_side = asked.startswith(reverse("wagtailadmin_home"))
        if request.user.is_authenticated and editors_side and not request.user.has_perm(ADMIN_ACCESS):
            messages.info(request, _("That part is for those who write and look after the courses."))
            return redirect(settings.LOGIN_REDIRECT_URL)
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """Tick «several people use this phone» where it was ticked before."""
        return {**super().get_initial(), "shared_phone": SHARED_PHONE_COOKIE in self.request.COOKIES}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say that the session had ended to who was sent here in the middle of something."""
        return {"session_ended": "ended" in self.request.GET, **super().get_context_data(**kwargs)}

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in; the phone remembers that it is shared, and nothing else."""
        response = super().form_valid(form)
        if form.cleaned_data["shared_phone"]:
            response.set_cookie(
                SHARED_PHONE_COOKIE,
                "1",
                max_age=A_YEAR,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        else:
            response.delete_cookie(SHARED_PHONE_COOKIE, samesite="Lax")
        return speak_her_language(self.request, response, form.user)


def speak_her_language(request: HttpRequest, response: HttpResponse, user: Any) -> HttpResponse:
    """Set the language of the profile unless this browser has already been given one."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        keep_interface(response, user.person.language)
    return response


class SignUpView(PoliteFormMixin, allauth_views.SignupView):
    """Identifier, password, country, of age, agreed: in."""

    wide_limit = limits.SIGN_UPS
    form_class = SignUpForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Lead to the whole notice."""
        return {"notice_path": settings.SENDA_NOTICE_PATH, **super().get_context_data(**kwargs)}

    def form_valid(self, form: Any) -> HttpResponse:
        """Make the account; where it is there already, let in who knows its password.

        Asked before it is looked up: were only known addresses held up, that would tell of them too.
        """
        try:
            limits.refuse_spent(limits.KNOWN_ALREADY, limits.address_of(self.request))
        except limits.TooMany as refusal:
            return self.too_many(refusal)
        answers = form.cleaned_data
        try:
            user = services.sign_up(
                identifier=answers["named"],
                secret=answers["password1"],
                country=answers["country"],
                adult=answers["adult"],
                notice_version=settings.SENDA_NOTICE_VERSION,
            )
        except services.SignUpRefused:
            return self.known_already(form)
        response = complete_signup(self.request, user, None, self.get_success_url())
        return self.keep_shared(response)

    def known_already(self, form: Any) -> HttpResponse:
        """Take a second click for the first one; tell everybody else that there is such an account.

        The password is weighed and counted as at sign-in, so that this is no other door for guessing.
        """
        try:
            user = get_adapter(self.request).authenticate(
                self.request,
                identifier=form.cleaned_data["named"].value,
                password=form.cleaned_data["password1"],
            )
        except TooManyGuesses as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        if user:
            return self.keep_shared(perform_login(self.request, user, redirect_url=self.get_success_url()))
        self.count_known(form.cleaned_data["named"].value)
        form.add_error(
            "identifier",
            _("There is already an account with this e-mail or telephone. If it is yours, sign in."),
        )
        return self.form_invalid(form)

    def count_known(self, identifier: str) -> None:
        """Count each address that was found to have an account once; who mistypes her own password is not trying."""
        where = limits.address_of(self.request)
        if limits.once(limits.KNOWN_ALREADY.name, f"{where} {identifier}", limits.KNOWN_ALREADY.seconds):
            with suppress(limits.TooMany):
                limits.count(limits.KNOWN_ALREADY, where)

    def keep_shared(self, response: HttpResponse) -> HttpResponse:
        """Make the session a short one on a phone that was said to be shared."""
        if SHARED_PHONE_COOKIE in self.request.COOKIES:
            start_shared_phone(self.request)
        return response


class ResetByMailView(PoliteFormMixin, allauth_views.PasswordResetView):
    """Ask for a link by mail; the answer is the same whether or not there is such an account."""

    wide_limit = limits.RESET_MAILS


class NewSecretView(PoliteFormMixin, allauth_views.PasswordResetFromKeyView):
    """Choose a new password by the link of a mail."""

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Say «gone» of a link that was used, is too old, or was never sent."""
        response = super().render_to_response(context, **kwargs)
        if context.get("token_fail"):
            response.status_code = HTTPStatus.GONE
        return response


class ChangeSecretView(PoliteFormMixin, allauth_views.PasswordChangeView):
    """Change the password or PIN, knowing the present one."""
