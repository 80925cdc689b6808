"""The page on which a person reads who sees what of hers, and who looked."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import SignedRequest
from accounts.watching_queries import who_sees_screen


@require_safe
@login_required
@never_cache
def who_sees(request: SignedRequest) -> HttpResponse:
    """Say in plain words who sees what now, and what was seen or exported."""
    screen = who_sees_screen(request.user.person, request.GET.get("p"))
    return render(request, "accounts/who_sees.html", {"screen": screen})
