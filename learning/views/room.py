"""The room as who facilitates it sees it: sessions, attendance, who came without account, annulments."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import looking
from accounts.http import SignedRequest
from accounts.models import Role
from learning import annulling, attendance, meeting
from learning.attendance import Line, Recorded
from learning.models import AnnulmentProposal, Session, SessionState, WalkIn
from learning.opened import GROUP
from learning.queries.room import (
    AttendanceScreen,
    Cell,
    annulment_screen,
    attendance_screen,
    participants,
    sessions_screen,
    waiting_annulments,
)
from learning.room_forms import JoinForm, NewSessionForm, SessionForm, WalkInForm
from learning.views.facilitators import own_cohort_or_404, own_cohorts
from learning.words_of_room import (
    CLOSED,
    NOT_ANSWERED,
    NOT_DONE,
    REASON_NEEDED,
    WRONG,
    say_conflict,
    say_marked,
)

# A participant in a form: an enrolment or somebody without account.
FIELD = re.compile(r"^mark-([ew]\d{1,18})$", re.ASCII)


def own_session_or_404(request: SignedRequest, key: UUID) -> Session:
    """Return a session of a group that the reader facilitates, or raise 404."""
    rows = Session.objects.select_related("cohort__course").filter(cohort__in=own_cohorts(request))
    return get_object_or_404(rows, key=key)


@login_required
@require_http_methods(["GET", "POST"])
def sessions(request: SignedRequest, cohort: UUID) -> HttpResponse:
    """List the sessions of a group, and add some."""
    row = own_cohort_or_404(request, cohort)
    form = NewSessionForm(request.POST if request.method == "POST" else None, cohort=row, by=request.person)
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = meeting.plan(
                cohort=row,
                title=said["title"],
                hours=form.hours,
                by=request.person,
                place=said["place"],
                days=said["days"],
                facilitators=form.leaders or row.facilitators.all()[:1],
            )
        except meeting.Refused as refused:
            field = "day" if refused.reason == meeting.Reason.OTHER_YEAR else "ends"
            form.add_error(field, str(NOT_DONE[refused.reason]))
        else:
            words = ngettext("%(n)s session was added.", "%(n)s sessions were added.", len(made))
            messages.success(request, words % {"n": len(made)})
            return redirect("learning:sessions", cohort=row.key)
    view = sessions_screen(row)
    if request.method == "GET":
        named = len(view.walk_ins) + len(view.proposals)
        looking.kept_list(request, GROUP, rows=named, role=Role.FACILITATOR, group_id=row.pk)
    status = 400 if form.errors else 200
    return render(request, "learning/sessions.html", {"view": view, "form": form}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def session(request: SignedRequest, session: UUID) -> HttpResponse:
    """Show who came to a session, and save the marks of the whole form."""
    row = own_session_or_404(request, session)
    if request.method == "GET":
        view = attendance_screen(row)
        looking.kept_list(request, GROUP, rows=len(view.cells), role=Role.FACILITATOR, group_id=row.cohort_id)
        return _shown(request, view)
    try:
        recorded = _record(request, row)
    except attendance.Refused as refused:
        messages.error(request, str(CLOSED[refused.reason]))
        return redirect("learning:session", session=row.key)
    if recorded.changed:
        words = ngettext("%(n)s mark was saved.", "%(n)s marks were saved.", len(recorded.changed))
        messages.success(request, words % {"n": len(recorded.changed)})
    told = _told(recorded)
    if not told:
        return redirect("learning:session", session=row.key)
    view = attendance_screen(row)
    cells = tuple(_kept(request, cell, told) for cell in view.cells)
    asks = view.asks_reason or bool(recorded.reasonless)
    return _shown(request, replace(view, cells=cells, asks_reason=asks), status=409)


def _shown(request: SignedRequest, view: AttendanceScreen, *, status: int = 200) -> HttpResponse:
    context = {"view": view, "form": WalkInForm()}
    return render(request, "learning/session.html", context, status=status)


def _kept(request: SignedRequest, cell: Cell, told: dict[str, str]) -> Cell:
    """Show what she chose beside why it was not taken; between two marks nothing is chosen until she does."""
    words = told.get(cell.id)
    if words is None:
        return cell
    in_conflict = cell.mark and cell.seen != _whole(request.POST.get(f"seen-{cell.id}", ""))
    mark = "" if in_conflict else request.POST.get(f"mark-{cell.id}", "")
    minutes = _whole(request.POST.get(f"minutes-{cell.id}", ""))
    return replace(cell, told=words, mark=mark, minutes=minutes, was="")


@login_required
@require_POST
def mark(request: SignedRequest, session: UUID) -> HttpResponse:
    """Save the mark that was just tapped, and answer what came of it."""
    row = own_session_or_404(request, session)
    try:
        recorded = _record(request, row)
    except attendance.Refused as refused:
        return JsonResponse({"told": str(CLOSED[refused.reason])}, status=409)
    told = _told(recorded)
    if told:
        seen = recorded.conflicts[0].standing.stamp if recorded.conflicts else None
        return JsonResponse({"told": next(iter(told.values())), "seen": seen}, status=409)
    if not recorded.changed:
        return JsonResponse({})
    changed = recorded.changed[0]
    return JsonResponse(
        {"seen": changed.stamp, "was": f"{changed.mark}:{changed.minutes or ''}", "by": say_marked(changed)}
    )


def _record(request: SignedRequest, row: Session) -> Recorded:
    lines = _everybody(row) if request.POST.get("everybody") else _lines(request, row)
    reason = request.POST.get("reason", "").replace("\x00", "")
    return attendance.record(session=row, lines=lines, by=request.person, reason=reason)


def _everybody(row: Session) -> list[Line]:
    """Everybody of whom nothing is said yet is present; who is not is put right afterwards."""
    marked = {cell.id for cell in attendance_screen(row).cells if cell.mark}
    return [Line(who, "present") for key, who in participants(row).items() if key not in marked]


def _lines(request: SignedRequest, row: Session) -> list[Line]:
    """Return what was touched: what stands as the page showed it is not sent again over somebody else's mark."""
    sent = {}
    for name, mark in request.POST.dict().items():
        found = FIELD.match(name)
        if not found:
            continue
        key = found.group(1)
        minutes = request.POST.get(f"minutes-{key}", "").strip() if mark in _WITH_MINUTES else ""
        if request.POST.get(f"was-{key}", "") != f"{mark}:{minutes}":
            sent[key] = (mark, minutes)
    people = participants(row, sent) if sent else {}
    return [
        Line(
            people[key],
            mark,
            (_whole(minutes) or 0) if minutes else None,
            _whole(request.POST.get(f"seen-{key}", "")) or 0,
        )
        for key, (mark, minutes) in sent.items()
        if key in people
    ]


_WITH_MINUTES = {mark.value for mark in attendance.presence.WITH_MINUTES}


def _whole(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _told(recorded: Recorded) -> dict[str, str]:
    """Return, by participant, why a line was not taken."""
    told = {_name(line): str(WRONG[why]) for line, why in recorded.wrong}
    told |= {_name(line): str(REASON_NEEDED) for line in recorded.reasonless}
    return told | {_name(one.line): say_conflict(one.standing, one.line.mark) for one in recorded.conflicts}


def _name(line: Line) -> str:
    return f"{'w' if isinstance(line.participant, WalkIn) else 'e'}{line.participant.pk}"


@login_required
@require_http_methods(["GET", "POST"])
def change_session(request: SignedRequest, session: UUID) -> HttpResponse:
    """Put the words and times of a session right, cancel it, or take that back."""
    row = own_session_or_404(request, session)
    form = SessionForm(request.POST if _is_form(request) else None, cohort=row.cohort, session=row)
    try:
        if request.POST.get("act") == "cancel":
            meeting.cancel(session=row)
            messages.success(request, _("Cancelled. It counts for nobody."))
        elif request.POST.get("act") == "restore":
            meeting.restore(session=row)
            messages.success(request, _("It takes place again."))
        elif form.is_valid():
            said = form.cleaned_data
            meeting.change(
                session=row,
                title=said["title"],
                hours=form.hours,
                place=said["place"],
                facilitators=form.leaders,
            )
            messages.success(request, _("Saved."))
        else:
            context = {"session": row, "form": form, "cancelled": row.state == SessionState.CANCELLED}
            status = 400 if form.errors else 200
            return render(request, "learning/change_session.html", context, status=status)
    except meeting.Refused as refused:
        messages.error(request, str(NOT_DONE[refused.reason]))
        return redirect("learning:change_session", session=row.key)
    return redirect("learning:sessions", cohort=row.cohort.key)


def _is_form(request: SignedRequest) -> bool:
    return request.method == "POST" and "act" not in request.POST


@login_required
@require_POST
def add_walk_in(request: SignedRequest, session: UUID) -> HttpResponse:
    """Note somebody who came without account, as present in this session."""
    row = own_session_or_404(request, session)
    form = WalkInForm(request.POST)
    if not form.is_valid():
        context = {"view": attendance_screen(row), "form": form}
        return render(request, "learning/session.html", context, status=400)
    try:
        with transaction.atomic():
            walk_in = meeting.add_walk_in(cohort=row.cohort, by=request.person, **form.cleaned_data)
            attendance.record(session=row, lines=[Line(walk_in, "present")], by=request.person)
    except attendance.Refused as refused:
        messages.error(request, str(CLOSED[refused.reason]))
    else:
        messages.success(request, _("%(name)s is noted as present.") % {"name": walk_in.name})
    return redirect("learning:session", session=row.key)


@login_required
@require_http_methods(["GET", "POST"])
def walk_in(request: SignedRequest, walk_in: UUID) -> HttpResponse:
    """Say which learner of the group somebody without account is, or take that back."""
    rows = WalkIn.objects.filter(cohort__in=own_cohorts(request)).select_related("cohort", "person")
    row = get_object_or_404(rows, key=walk_in)
    looking.kept_list(request, GROUP, rows=1, role=Role.FACILITATOR, group_id=row.cohort_id)
    asked = request.method == "POST" and "part" not in request.POST
    form = JoinForm(request.POST if asked else None, walk_in=row)
    try:
        if "part" in request.POST:
            meeting.part(walk_in=row)
            messages.success(request, _("Parted. Her marks stand under the name that she gave."))
        elif form.is_valid():
            enrolment = form.cleaned_data["enrolment"]
            meeting.join(walk_in=row, enrolment=enrolment, by=request.person)
            messages.success(request, _("Joined. Her marks count for %(who)s.") % {"who": enrolment.person})
        else:
            status = 400 if form.errors else 200
            return render(request, "learning/walk_in.html", {"walk_in": row, "form": form}, status=status)
    except meeting.Refused as refused:
        messages.error(request, str(NOT_DONE[refused.reason]))
    return redirect("learning:sessions", cohort=row.cohort.key)


@login_required
@require_safe
def annulments(request: SignedRequest) -> HttpResponse:
    """List what waits for a second person in the groups that the reader facilitates or coordinates."""
    keeps = request.user.has_perm("learning.change_cohort")
    if not keeps and not own_cohorts(request).exists():
        raise Http404
    waiting = waiting_annulments(request.person)
    looking.kept_list(request, GROUP, rows=len(waiting), role="" if keeps else Role.FACILITATOR)
    return render(request, "learning/annulments.html", {"waiting": waiting})


@login_required
@require_http_methods(["GET", "POST"])
def annulment(request: SignedRequest, proposal: UUID) -> HttpResponse:
    """Show a proposal to annul a completion to who runs the group; a second person decides."""
    rows = AnnulmentProposal.objects.select_related(
        "completion__enrolment__cohort__institution", "completion__enrolment__person", "proposed_by"
    )
    row = get_object_or_404(rows, key=proposal)
    view = annulment_screen(row, request.person)
    if view.refusal == annulling.Reason.NOT_YOURS or view.person.canonical_id == request.person.canonical_id:
        raise Http404
    if request.method == "POST":
        try:
            agree = request.POST.get("answer") == "agree"
            done = annulling.answer(proposal=row, agree=agree, by=request.person)
        except annulling.Refused as refused:
            messages.error(request, str(NOT_ANSWERED[refused.reason]))
        else:
            messages.success(request, str(done.get_state_display()))
        return redirect("learning:annulment", proposal=row.key)
    group = row.completion.enrolment.cohort_id
    facilitates = own_cohorts(request).filter(enrolments=row.completion.enrolment).exists()
    role = Role.FACILITATOR if facilitates else ""
    looking.kept_list(request, GROUP, rows=1, role=role, group_id=group)
    said = str(NOT_ANSWERED[view.refusal]) if view.refusal else ""
    return render(request, "learning/annulment.html", {"view": view, "said": said})
