"""The sheet that is signed in the room: printed beforehand, photographed and attached afterwards, fetched by few."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import storages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import looking
from accounts.http import SignedRequest
from accounts.models import Role
from common import clock
from learning import scans
from learning.models import Cohort, Session, SheetScan
from learning.opened import GROUP, SCAN
from learning.queries.sheet import sheet_of, sheet_screen
from learning.room_forms import ScanForm
from learning.running import runs
from learning.sign_in_sheet import print_sheet
from learning.views.facilitators import own_cohorts
from learning.words_of_room import NOT_ATTACHED
from media_library.serving import serve


def run_session_or_404(request: SignedRequest, key: UUID) -> Session:
    """Return a session of a group that the reader facilitates or coordinates, or raise 404."""
    row = get_object_or_404(Session.objects.select_related("cohort__course", "cohort__institution"), key=key)
    if not runs(request.person, row.cohort):
        raise Http404
    return row


@login_required
@require_http_methods(["GET", "POST"])
def sheet(request: SignedRequest, session: UUID) -> HttpResponse:
    """Offer the sheet to be printed, list its scans, and attach one."""
    row = run_session_or_404(request, session)
    posted = request.method == "POST"
    form = ScanForm(request.POST if posted else None, request.FILES if posted else None)
    if form.is_valid():
        try:
            scans.attach(session=row, file=form.cleaned_data["file"], by=request.person)
        except scans.Refused as refused:
            form.add_error("file", str(NOT_ATTACHED[refused.reason]))
        else:
            messages.success(request, _("The sheet is attached to this session."))
            return redirect("learning:sheet", session=row.key)
    status = 400 if form.errors else 200
    return render(request, "learning/sheet.html", {"view": sheet_screen(row), "form": form}, status=status)


@login_required
@require_safe
def print_it(request: SignedRequest, session: UUID) -> HttpResponse:
    """Send the sheet as a PDF, in the language asked for or that of the course."""
    row = run_session_or_404(request, session)
    printed = sheet_of(request, row, language=request.GET.get("lengua", "")[:2])
    _kept(request, GROUP, row.cohort, len(printed.names))
    answer = HttpResponse(print_sheet(printed, at=clock.now()), content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, f"{_called(row)}.pdf") or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: SignedRequest, scan: UUID) -> HttpResponseBase:
    """Send a scan, to be saved; POST deletes one that came here by mistake."""
    rows = SheetScan.objects.select_related("session__cohort__institution")
    row = get_object_or_404(rows, key=scan)
    if not runs(request.person, row.session.cohort):
        raise Http404
    if request.method == "POST":
        scans.take_away(scan=row)
        messages.success(request, _("The file is deleted for good."))
        return redirect("learning:sheet", session=row.session.key)
    storage = storages["private"]
    if not storage.exists(row.file):
        raise Http404
    _kept(request, SCAN, row.session.cohort, 1)
    return serve(
        request,
        storage=storage,
        name=row.file,
        size=row.size,
        content_type=row.kind,
        etag=row.key.hex,
        download=f"{_called(row.session)}-{row.key.hex[:6]}.{scans.ENDINGS[row.kind]}",
    )


def _called(session: Session) -> str:
    """Return a name of a file that tells no more than the day."""
    return f"{_('attendance')}-{session.local_date:%Y-%m-%d}"


def _kept(request: SignedRequest, what: str, cohort: Cohort, rows: int) -> None:
    role = Role.FACILITATOR if own_cohorts(request).filter(pk=cohort.pk).exists() else ""
    looking.kept_list(request, what, rows=rows, role=role, group_id=cohort.pk)
