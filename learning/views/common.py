"""What the views of this room share: who asks, and hers or 404."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.http import SignedRequest
from learning.models import Enrolment
from learning.queries import find_enrolment

if TYPE_CHECKING:
    from django.http import HttpResponseRedirect


def enrolment_or_404(request: SignedRequest, activity: UUID) -> Enrolment:
    """Return the asker's own enrolment within which the activity stands, or raise 404."""
    enrolment = find_enrolment(request.person, activity)
    if enrolment is None:
        raise Http404
    return enrolment


def back(request: SignedRequest, fallback: str = "learning:home") -> HttpResponseRedirect:
    """Lead to the address in the form's `next` if it is one of ours, else to `fallback`."""
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return redirect(address if safe and address.startswith("/") else fallback)
