"""An import on its pages: bring a sheet, say its columns, read the dry run, answer, apply, watch, report, undo."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import limits, looking, notices
from accounts.http import SignedRequest
from accounts.listed import A_PAGE_OF_SLIPS, give_first_pins
from accounts.queries import slip
from imports import answering, applying, opened, queries, reporting, staging, undoing
from imports.forms import AnswersForm, ApplyForm, ColumnsForm, SheetForm
from imports.models import Import, ImportState

# A sheet tells whether somebody is here: not so often that e-mails can be tried.
SHEETS = limits.Limit("sheets", 20, 60 * 60)
RELOADED_SECONDS = 5


def own_import_or_404(request: SignedRequest, key: UUID) -> Import:
    """Return an import of the reader's, or raise 404."""
    return get_object_or_404(opened.imports_of(request.user).select_related("by"), key=key)


@login_required
@require_http_methods(["GET", "POST"])
def home(request: SignedRequest) -> HttpResponse:
    """List the reader's imports and take a new sheet; who may import nothing finds no such page."""
    if not opened.may_import(request.user):
        raise Http404
    first = {"cohort": request.GET.get("grupo", "")}
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = SheetForm(*data, user=request.user, initial=first)
    status = 200
    if form.is_bound:
        try:
            limits.count(SHEETS, str(request.person.key))
            if form.is_valid():
                return redirect("imports:show", batch=staging.stage(by=request.person, **form.brought()).key)
            status = 400
        except limits.TooMany as refusal:
            form.add_error(None, notices.wait(refusal.minutes))
            status = 429
    context = {"form": form, "screen": queries.home(request.user)}
    return render(request, "imports/home.html", context, status=status)


@login_required
@require_safe
def show(request: SignedRequest, batch: UUID) -> HttpResponse:
    """Show how far an import is: its columns, what it would do, its progress, or its report."""
    row = own_import_or_404(request, batch)
    screen = queries.screen(row, request.GET.get("p", ""))
    looking.kept_list(request, opened.SCREEN, rows=screen.named, group_id=row.cohort_id)
    context = {"view": screen, "form": _form(row, screen)}
    response = render(request, f"imports/{screen.template}.html", context)
    response["Cache-Control"] = "no-store"
    if screen.template == "progress":
        # Nothing is typed on this page: it may be asked for again without a script.
        response["Refresh"] = f"{RELOADED_SECONDS}"
    return response


def _form(row: Import, screen: queries.Screen) -> object:
    if row.state == ImportState.COLUMNS:
        return ColumnsForm(batch=row)
    if row.state == ImportState.CHECKED:
        return AnswersForm(batch=row, questions=screen.questions)
    return None


@login_required
@require_http_methods(["GET", "POST"])
def columns(request: SignedRequest, batch: UUID) -> HttpResponse:
    """Say what each column is; the lines are checked then."""
    row = own_import_or_404(request, batch)
    if row.state not in {ImportState.COLUMNS, ImportState.CHECKED}:
        return redirect("imports:show", batch=row.key)
    form = ColumnsForm(request.POST if request.method == "POST" else None, batch=row)
    if form.is_valid():
        staging.map_columns(batch=row, columns=form.columns(), more=form.more())
        return redirect("imports:show", batch=row.key)
    context = {"view": queries.screen(row, ""), "form": form}
    return render(request, "imports/columns.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def answer(request: SignedRequest, batch: UUID) -> HttpResponse:
    """Keep the answers to what the sheet asked; the lines are checked again."""
    row = own_import_or_404(request, batch)
    screen = queries.screen(row, "")
    form = AnswersForm(request.POST, batch=row, questions=screen.questions)
    if row.state != ImportState.CHECKED:
        messages.info(request, _("Meanwhile it went on: nothing was changed."))
    elif form.is_valid():
        answering.answer(batch=row, answers=form.cleaned_data)
        staging.begin_check(batch=row)
    else:
        messages.error(request, _("One of the answers is not among the choices any more."))
    return redirect("imports:show", batch=row.key)


@login_required
@require_POST
def leave_out(request: SignedRequest, batch: UUID) -> HttpResponse:
    """Leave out the lines that are ticked, take the others that were shown, and check again."""
    row = own_import_or_404(request, batch)
    if row.state != ImportState.CHECKED:
        messages.info(request, _("Meanwhile it went on: nothing was changed."))
    else:
        answering.leave_out(batch=row, shown=request.POST.getlist("shown"), out=request.POST.getlist("out"))
        staging.begin_check(batch=row)
    return redirect("imports:show", batch=row.key)


@login_required
@require_POST
def ask_again(request: SignedRequest, batch: UUID) -> HttpResponse:
    """Forget what was answered of a sheet, and check again."""
    row = own_import_or_404(request, batch)
    if row.state != ImportState.CHECKED:
        messages.info(request, _("Meanwhile it went on: nothing was changed."))
    else:
        answering.forget(batch=row)
        staging.begin_check(batch=row)
    return redirect("imports:show", batch=row.key)


@login_required
@require_POST
def apply(request: SignedRequest, batch: UUID) -> HttpResponse:
    """Apply the lines that were accepted, in the background."""
    row = own_import_or_404(request, batch)
    if not ApplyForm(request.POST).is_valid():
        messages.error(request, _("Say first that everybody is of age and knows of it."))
        return redirect("imports:show", batch=row.key)
    try:
        applying.begin(batch=row)
    except applying.NotReady:
        messages.info(request, _("Meanwhile it went on: nothing was changed."))
    return redirect("imports:show", batch=row.key)


@login_required
@require_POST
def undo(request: SignedRequest, batch: UUID) -> HttpResponse:
    """Undo a whole import, in the background."""
    row = own_import_or_404(request, batch)
    try:
        undoing.begin_undo(batch=row, by=request.person)
    except applying.NotReady:
        messages.info(request, _("Meanwhile it went on: nothing was changed."))
    return redirect("imports:show", batch=row.key)


@login_required
@require_safe
def report(request: SignedRequest, batch: UUID) -> HttpResponse:
    """Give the report as data."""
    row = own_import_or_404(request, batch)
    said = reporting.report(row)
    looking.kept_list(request, opened.SCREEN, rows=said["rows"], group_id=row.cohort_id)
    response = JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="informe.json"'
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_safe
def rejected(request: SignedRequest, batch: UUID) -> StreamingHttpResponse:
    """Give the lines that were not taken as a sheet, each with its reasons."""
    row = own_import_or_404(request, batch)
    found = reporting.counts(row)
    looking.kept_list(request, opened.SCREEN, rows=found["refused"] + found["asked"], group_id=row.cohort_id)
    lines = reporting.rejected_rows(row, _("Why it was not taken"))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rechazadas.csv"'
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def slips(request: SignedRequest, batch: UUID) -> HttpResponse:
    """Make the first PINs of a page of new people and show them this once, to be printed."""
    row = own_import_or_404(request, batch)
    made = give_first_pins(users=queries.without_slip(row)[:A_PAGE_OF_SLIPS])
    if not made:
        messages.info(request, _("Every new person has her slip, or has come in already."))
        return redirect("imports:show", batch=row.key)
    context = {
        "slips": [slip(*each) for each in made],
        "sign_in_url": request.build_absolute_uri(reverse("account_login")),
    }
    response = render(request, "accounts/slips.html", context)
    response["Cache-Control"] = "no-store"
    return response
