"""Where open answers are read: what waits, the answers of one attempt with their rubric, and the hand-over."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import looking
from accounts.http import SignedRequest
from accounts.models import Role
from assessments import reading
from assessments.models import Attempt, AttemptAnswer
from learning.handing_over import tell_contact
from learning.models import Enrolment
from learning.opened import ANSWERS
from learning.queries.reading import reading_screen, waiting_answers
from learning.readers import facilitates, read_by
from programme.models import Identity


@login_required
@require_safe
def waiting(request: SignedRequest) -> HttpResponse:
    """List the attempts whose open answers wait for the reader; who reads for nobody finds no such page."""
    rows = waiting_answers(request.user)
    if not rows and not read_by(request.user).exists():
        raise Http404
    looking.kept_list(request, ANSWERS, rows=len(rows), role=Role.FACILITATOR)
    return render(request, "learning/answers_to_read.html", {"rows": rows})


@login_required
@require_http_methods(["GET", "POST"])
def read(request: SignedRequest, attempt: UUID) -> HttpResponse:
    """Show the open answers of an attempt; note what one of them meets, or tell the safeguarding contact of it."""
    row = get_object_or_404(Attempt.objects.submitted().select_related("version", "person"), key=attempt)
    enrolment = read_by(request.user).select_related("cohort", "person").filter(key=row.context).first()
    if enrolment is None or not reading.open_answers(row):
        raise Http404
    if request.method == "POST":
        messages.success(request, _act(request, row))
        return redirect("learning:read_answers", attempt=row.key)
    _keep_look(request, enrolment)
    return render(request, "learning/read_answers.html", {"view": reading_screen(request, row, enrolment)})


def _keep_look(request: SignedRequest, enrolment: Enrolment) -> None:
    role = Role.FACILITATOR if facilitates(request.user, enrolment) else ""
    looking.kept_person(request, ANSWERS, enrolment.person, role=role)


def _act(request: SignedRequest, row: Attempt) -> str:
    """Do what was pressed, and return what is said of it."""
    answer = _asked(request, row)
    if request.POST.get("act") == "hand_over":
        if not Identity.for_request(request).safeguarding_email:
            raise Http404
        made, is_new = reading.hand_over(answer=answer, by=request.person)
        if is_new:
            tell_contact(made)
        return _(
            "The safeguarding contact is told, with a reference and your name; nothing of what she wrote."
        )
    try:
        attempt = reading.read_answer(
            answer=answer,
            met=request.POST.getlist("met"),
            comment=request.POST.get("comment", ""),
            by=request.person,
        )
    except reading.UnknownCriterion:
        raise Http404 from None
    if attempt.to_read:
        return _("Saved. Another answer of this attempt waits to be read.")
    return _("Saved. She finds it in her result.")


def _asked(request: SignedRequest, row: Attempt) -> AttemptAnswer:
    """Return the answer that a form names by its place among the open ones."""
    answers = reading.open_answers(row)
    n = request.POST.get("n", "")
    if not n.isascii() or not n.isdigit() or not 1 <= int(n[:3]) <= len(answers):
        raise Http404
    return answers[int(n[:3]) - 1]
