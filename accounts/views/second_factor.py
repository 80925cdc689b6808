"""The second factor: set up, shown at sign-in, its recovery codes, given up. allauth's views with our manners."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa.base import views as base_views
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes_views
from allauth.mfa.totp import views as totp_views
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import queries, second_factor
from accounts.http import SignedRequest
from accounts.views.limited import PoliteFormMixin, status_of

CODES_UNTIL = "recovery_codes_until"
CODES_SECONDS = 10 * 60
NEXT = "second_factor_next"


def proven(view: Any) -> Any:
    """Ask who has a second factor to show it first: a password alone shall not give it away or replace it."""

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and second_factor.must_prove(request):
            return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@login_required
def overview(request: SignedRequest) -> HttpResponse:
    """Say whether there is a second factor, and what can be done with it."""
    return render(request, "mfa/index.html", {"screen": queries.second_factor_screen(request.user)})


class ShowAtSignInView(base_views.AuthenticateView):
    """The second step of signing in."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form again as a 4xx, with when to come back after too many."""
        return self.render_to_response(self.get_context_data(), status=status_of(form))


class ShowView(PoliteFormMixin, base_views.ReauthenticateView):
    """The same for a session that has not shown it yet, or long ago."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Go on under a new session key: what was known of the old one opens nothing more than before."""
        self.request.session.cycle_key()
        return super().form_valid(form)


@method_decorator([never_cache, reauthentication_required(app="allauth.mfa")], name="dispatch")
class SetUpView(PoliteFormMixin, totp_views.ActivateTOTPView):
    """Tell the telephone the key, as a picture and in letters, and try its first code."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Remember where she was going; who has a second factor already is shown it."""
        keep_next(request)
        if second_factor.of(authenticated_user(request)):
            return redirect("mfa_index")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the picture and the key in groups of four."""
        context = super().get_context_data(**kwargs)
        screen = queries.set_up_screen(
            authenticated_user(self.request), context["form"].secret, context["totp_url"]
        )
        return {**context, "screen": screen}

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it; this session has shown it, and may look at the recovery codes."""
        user = authenticated_user(self.request)
        totp_views.flows.activate_totp(self.request, form)
        factor = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
        record_authentication(self.request, user, "mfa", id=factor.pk, type=factor.type, reauthenticated=True)
        self.request.session.cycle_key()
        self.request.session[CODES_UNTIL] = time.time() + CODES_SECONDS
        return redirect("mfa_view_recovery_codes")


@method_decorator(proven, name="dispatch")
class GiveUpView(totp_views.DeactivateTOTPView):
    """Take the second factor off, where the login's work does not need it."""


@method_decorator(proven, name="dispatch")
class NewCodesView(codes_views.GenerateRecoveryCodesView):
    """Make new recovery codes; the old ones open nothing any more."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Show them once."""
        self.request.session[CODES_UNTIL] = time.time() + CODES_SECONDS
        return super().form_valid(form)


@require_safe
@never_cache
@login_required
@proven
def recovery_codes(request: SignedRequest) -> HttpResponse:
    """Show new codes in the session that made them, for ten minutes; afterwards only how many are left."""
    screen = queries.codes_left(request.user, shown=_may_see(request))
    if screen is None:
        raise Http404
    onwards = request.session.get(NEXT, "")
    return render(request, "mfa/recovery_codes/index.html", {"screen": screen, "onwards": onwards})


@require_safe
@never_cache
@login_required
@proven
def download_codes(request: SignedRequest) -> HttpResponse:
    """Send the codes as a text, as long as they are shown."""
    screen = queries.codes_left(request.user, shown=_may_see(request))
    if screen is None or not screen.codes:
        raise Http404
    response = render(
        request,
        "mfa/recovery_codes/download.txt",
        {"screen": screen},
        content_type="text/plain; charset=utf-8",
    )
    response["Content-Disposition"] = 'attachment; filename="senda-codigos.txt"'
    return response


def _may_see(request: HttpRequest) -> bool:
    return float(request.session.get(CODES_UNTIL, 0)) > time.time()


def keep_next(request: HttpRequest) -> None:
    """Keep where the reader was going, until she has her recovery codes."""
    onwards = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(onwards, allowed_hosts={request.get_host()}):
        request.session[NEXT] = onwards
