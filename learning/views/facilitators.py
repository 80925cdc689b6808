"""A facilitator's cohorts: how far people are, and what she accredits."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import looking
from accounts.http import SignedRequest
from accounts.models import Role
from assessments import accommodating
from assessments.choices import ExtraTime
from courses import versions
from learning import attempts, opening, running, services
from learning.following import accept_for_cohort
from learning.models import Cohort, CompletionWay, Enrolment
from learning.opened import GROUP
from learning.queries import cohort_view, facilitated


def own_cohorts(request: SignedRequest) -> QuerySet[Cohort]:
    """Return the groups that the reader facilitates."""
    return Cohort.objects.facilitated_by(request.person)


def own_cohort_or_404(request: SignedRequest, key: UUID) -> Cohort:
    """Return a group of the reader's, or raise 404."""
    return get_object_or_404(own_cohorts(request).select_related("course"), key=key)


@login_required
@require_safe
def cohorts(request: SignedRequest) -> HttpResponse:
    """List the cohorts that the reader facilitates; who facilitates none and opens none finds no such page."""
    rows, opens = facilitated(request.person), opening.may_open(request.user)
    if not rows and not opens:
        raise Http404
    return render(request, "learning/cohorts.html", {"cohorts": rows, "opens": opens})


@login_required
@require_safe
def cohort(request: SignedRequest, cohort: UUID) -> HttpResponse:
    """Show one of the reader's own cohorts."""
    row = own_cohort_or_404(request, cohort)
    view = cohort_view(request, row)
    looking.kept_list(request, GROUP, rows=len(view.members), role=Role.FACILITATOR, group_id=row.pk)
    # What was not asked when it was opened: seats, a second facilitator, institutions, the way.
    settings_url = reverse("cohortes:edit", args=[row.pk]) if running.keeps(request.person, row) else ""
    return render(request, "learning/cohort.html", {"view": view, "settings_url": settings_url})


def _back(request: SignedRequest, row: Enrolment) -> HttpResponse:
    """Lead back to the page of the group where somebody's line stood."""
    query = {name: said[:60] for name in ("q", "p") if (said := request.POST.get(name, ""))}
    address = reverse("learning:cohort", args=[cast("Cohort", row.cohort).key])
    return redirect(f"{address}?{urlencode(query)}" if query else address)


@login_required
@require_POST
def accredit(request: SignedRequest, enrolment: UUID, activity: UUID) -> HttpResponse:
    """Accredit a skippable activity to a learner of one of the facilitator's cohorts, after doing it with her."""
    row = get_object_or_404(
        Enrolment.objects.select_related("version", "cohort"),
        key=enrolment,
        cohort__in=own_cohorts(request),
    )
    if row.person.canonical_id == request.person.canonical_id:
        raise Http404
    try:
        services.complete_activity(
            enrolment=row, activity=activity, way=CompletionWay.ACCREDITED, by=request.person
        )
    except services.NotAsked:
        raise Http404 from None
    messages.success(request, _("Accredited."))
    return _back(request, row)


@login_required
@require_POST
def give_attempt(request: SignedRequest, enrolment: UUID, activity: UUID) -> HttpResponse:
    """Give a learner of one of the facilitator's cohorts, who has used up hers, one more attempt at a quiz."""
    row = get_object_or_404(
        Enrolment.objects.select_related("version", "cohort", "person"),
        key=enrolment,
        cohort__in=own_cohorts(request),
    )
    try:
        attempts.give_attempt(enrolment=row, activity=activity, by=request.person)
    except attempts.NotHers:
        raise Http404 from None
    except attempts.NotUsedUp:
        messages.info(request, _("She has an attempt left, or needs none: nothing was changed."))
    else:
        messages.success(request, _("One more attempt is open to her."))
    return _back(request, row)


@login_required
@require_POST
def give_time(request: SignedRequest, enrolment: UUID) -> HttpResponse:
    """Let a learner of one of the facilitator's cohorts take longer over quizzes with a time limit, or no longer."""
    row = get_object_or_404(
        Enrolment.objects.select_related("cohort", "person"), key=enrolment, cohort__in=own_cohorts(request)
    )
    percent = request.POST.get("percent", "")
    if row.person.canonical_id == request.person.canonical_id or percent not in {
        "0",
        *map(str, ExtraTime.values),
    }:
        raise Http404
    accommodating.give_time(person=row.person, extra_percent=int(percent), by=request.person)
    messages.success(
        request, _("Saved. It counts for every quiz with a time limit, also for one that is open.")
    )
    return _back(request, row)


@login_required
@require_POST
def accept(request: SignedRequest, cohort: UUID, number: int) -> HttpResponse:
    """Let a cohort with dates take the newest version; one that was released meanwhile is shown first."""
    row = own_cohort_or_404(request, cohort)
    newest = versions.current(row.course)
    if newest is None or newest.number != number or not row.pins_version:
        messages.info(request, _("There is another version by now. Look at it before you accept it."))
        return redirect("learning:cohort", cohort=row.key)
    accept_for_cohort(cohort=row, version=newest)
    messages.success(request, _("The group follows the new version. What people have done counts."))
    return redirect("learning:cohort", cohort=row.key)
