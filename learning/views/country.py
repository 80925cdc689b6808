"""Correcting the country of work of an enrolment: choose, see what changes, confirm."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedRequest
from courses.versions import scope_of
from learning.correcting import correct_country
from learning.forms import OtherCountryForm
from learning.models import Enrolment
from learning.queries.country import country_screen
from learning.services import Refused
from learning.words import REFUSALS


@login_required
@require_http_methods(["GET", "POST"])
def country(request: SignedRequest, enrolment: UUID) -> HttpResponse:
    """Show what another country would change (GET with `country`), and correct it (POST)."""
    rows = Enrolment.objects.of(request.person).active()
    row = get_object_or_404(rows.select_related("course", "version", "at_country"), key=enrolment)
    asked = request.POST if request.method == "POST" else request.GET
    form = OtherCountryForm(
        asked if "country" in asked else None,
        initial={"country": row.at_country},
        offered=scope_of(row.course).countries,
    )
    chosen = form.cleaned_data["country"] if form.is_bound and form.is_valid() else None
    if request.method == "POST" and chosen is not None:
        try:
            changed = correct_country(enrolment=row, country=chosen, by=request.person)
        except Refused as refused:
            messages.info(request, str(REFUSALS[refused.reason]))
            return redirect("learning:country", enrolment=row.key)
        if changed:
            messages.success(request, _("The country of this course is corrected. What you did is kept."))
        return redirect("learning:resume", enrolment=row.key)
    context = {"form": form, "screen": country_screen(request, row, chosen)}
    return render(request, "learning/country.html", context, status=400 if form.errors else 200)
