"""Keeps the admin shut until a session has shown the second factor that its login must have."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts import second_factor
from common import admin_area

WAYS = {
    second_factor.State.SET_UP: "mfa_activate_totp",
    second_factor.State.PROVE: "mfa_reauthenticate",
}


class SecondFactorMiddleware:
    """Lead whoever lacks it to where a second factor is set up or shown: from every address of the admin alike."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.begins = admin_area.prefix()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Nobody signed in is led to sign-in by the admin itself.
        if admin_area.is_of_the_admin(request, self.begins) and SESSION_KEY in request.session:
            state = second_factor.state_of(request)
            if state in WAYS:
                return self.lead(request, WAYS[state])
        return self.get_response(request)

    def lead(self, request: HttpRequest, name: str) -> HttpResponse:
        """Redirect, to come back afterwards to a page; a form's address answers no GET."""
        back = request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("wagtailadmin_home")
        response = redirect(f"{reverse(name)}?{urlencode({'next': back})}")
        response["Cache-Control"] = "no-store"
        return response
