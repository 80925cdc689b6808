"""What follows a group: supervision of those whom it trained, refreshers, and the groups that they open themselves."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import looking
from accounts.http import SignedRequest
from accounts.models import Role
from learning import listing, services, supervising
from learning.models import AgreedAction, Cohort, SupervisionSession
from learning.opened import GROUP
from learning.queries.supervision import (
    RefreshersScreen,
    cascade_screen,
    refreshers_screen,
    supervision_screen,
)
from learning.running import runs
from learning.supervision_forms import RefresherForm, SupervisionForm
from learning.views.facilitators import own_cohort_or_404, own_cohorts
from learning.words_of_groups import say_refused
from learning.words_of_supervision import say_not_logged


def run_cohort_or_404(request: SignedRequest, key: UUID) -> Cohort:
    """Return a group that the reader facilitates or coordinates, or raise 404."""
    row = get_object_or_404(Cohort.objects.select_related("course", "institution", "country"), key=key)
    if not runs(request.person, row):
        raise Http404
    return row


@login_required
@require_http_methods(["GET", "POST"])
def supervision(request: SignedRequest, cohort: UUID) -> HttpResponse:
    """Show the supervision of a group, and write some down."""
    row = run_cohort_or_404(request, cohort)
    form = SupervisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            supervising.log(cohort=row, entry=form.entry, by=request.person)
        except supervising.Refused as refused:
            form.add_error(None, say_not_logged(refused))
        else:
            messages.success(request, _("It is written down."))
            return redirect("learning:supervision", cohort=row.key)
    context = {"view": supervision_screen(row), "form": form}
    return render(request, "learning/supervision.html", context, status=400 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def change_supervision(request: SignedRequest, session: UUID) -> HttpResponse:
    """Put right what was written down of one time, or add what was agreed."""
    row = get_object_or_404(SupervisionSession.objects.select_related("cohort__course"), key=session)
    cohort = run_cohort_or_404(request, row.cohort.key)
    form = SupervisionForm(request.POST if request.method == "POST" else None, session=row)
    if form.is_valid():
        try:
            supervising.put_right(session=row, entry=form.entry, by=request.person)
        except supervising.Refused as refused:
            form.add_error(None, say_not_logged(refused))
        else:
            messages.success(request, _("It is written down."))
            return redirect("learning:supervision", cohort=cohort.key)
    context = {"session": row, "form": form}
    return render(request, "learning/change_supervision.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def finish_action(request: SignedRequest, action: UUID) -> HttpResponse:
    """Note that something agreed was done today."""
    row = get_object_or_404(AgreedAction.objects.select_related("session__cohort__country"), key=action)
    cohort = run_cohort_or_404(request, row.session.cohort.key)
    supervising.finish(action=row, by=request.person)
    messages.success(request, _("Done today."))
    return redirect("learning:supervision", cohort=cohort.key)


@login_required
@require_http_methods(["GET", "POST"])
def refreshers(request: SignedRequest, cohort: UUID) -> HttpResponse:
    """Show who of a group is due for a refresher, and enrol them in another group of the reader's."""
    row = own_cohort_or_404(request, cohort)
    view = refreshers_screen(row, request.person)
    form = RefresherForm(request.POST if request.method == "POST" else None, view=view)
    if form.is_valid():
        return _refreshed(request, view, form)
    named = len(view.due) + len(view.later)
    looking.kept_list(request, GROUP, rows=named, role=Role.FACILITATOR, group_id=row.pk)
    context = {"view": view, "form": form}
    return render(request, "learning/refreshers.html", context, status=400 if form.errors else 200)


def _refreshed(request: SignedRequest, view: RefreshersScreen, form: RefresherForm) -> HttpResponse:
    chosen = set(form.cleaned_data["people"])
    people = [one.person for one in (*view.due, *view.later) if str(one.person.key) in chosen]
    into = get_object_or_404(own_cohorts(request), pk=form.cleaned_data["group"].pk)
    try:
        result = listing.enrol_list(cohort=into, people=people, by=request.person)
    except services.Refused as refused:
        messages.error(request, say_refused(refused.reason))
        return redirect("learning:refreshers", cohort=view.cohort.key)
    words = ngettext("%(n)s person was enrolled.", "%(n)s people were enrolled.", result.enrolled)
    messages.success(request, words % {"n": result.enrolled})
    return redirect("learning:cohort", cohort=into.key)


@login_required
@require_safe
def cascade(request: SignedRequest, cohort: UUID) -> HttpResponse:
    """Show which groups those whom a group trained have opened, generation by generation."""
    row = run_cohort_or_404(request, cohort)
    view = cascade_screen(row)
    looking.kept_list(request, GROUP, rows=view.named, role=Role.FACILITATOR, group_id=row.pk)
    return render(request, "learning/cascade.html", {"view": view})
