"""The screen on which an administrator takes off the second factor of somebody who lost her telephone."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts import looking, second_factor
from accounts.http import SignedRequest
from accounts.models import User

WORDS = {
    second_factor.Reason.SELF: gettext_lazy("Your own second step is taken off by another administrator."),
    second_factor.Reason.NONE: gettext_lazy("This login has no second step."),
    second_factor.Reason.NOT_ADMINISTRATOR: gettext_lazy(
        "Set up your own second step first: whoever takes one off must have one."
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: SignedRequest, user: int) -> HttpResponse:
    """Ask once whether the person is here, then do it."""
    if not request.user.is_superuser:
        raise PermissionDenied
    login = get_object_or_404(User.objects.select_related("person"), pk=user)
    reason = second_factor.why_not_reset(user=login, by=request.user)
    if request.method == "POST" and reason is None:
        second_factor.reset(user=login, by=request.user)
        messages.success(
            request,
            _("The second step of %(name)s is off. She sets it up anew at her next sign-in.")
            % {"name": login},
        )
        return redirect("wagtailusers_users:index")
    looking.kept_person(request, "logins", login.person)
    context = {"login": login, "refused": WORDS[reason] if reason else ""}
    status = 403 if request.method == "POST" else 200
    return render(request, "accounts/staff/second_factor_reset.html", context, status=status)
