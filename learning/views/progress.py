"""How a group gets on, as who facilitates it sees it, on screen and as a file."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import looking
from accounts.http import SignedRequest
from accounts.models import Role
from learning import progress_file as file
from learning.opened import GROUP
from learning.queries.learned import learned_screen
from learning.queries.progress import progress_screen
from learning.views.facilitators import own_cohort_or_404


@login_required
@require_safe
def progress(request: SignedRequest, cohort: UUID) -> HttpResponse:
    """Show who of a group does not get on, and what everybody has done."""
    row = own_cohort_or_404(request, cohort)
    view = progress_screen(request, row)
    looking.kept_list(request, GROUP, rows=len(view.page), role=Role.FACILITATOR, group_id=row.pk)
    # Of the tests before and after the course, and of nobody by name.
    context = {"view": view, "learned": learned_screen(row.enrolments.all())}
    return render(request, "learning/progress.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def progress_file(request: SignedRequest, cohort: UUID) -> HttpResponse:
    """Ask what the file is for, keep that, and send it."""
    row = own_cohort_or_404(request, cohort)
    form = file.ProgressFileForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        return file.progress_file(request, cohort=row, by=request.person, reason=reason)
    status = 400 if form.errors else 200
    return render(request, "learning/progress_file.html", {"cohort": row, "form": form}, status=status)
