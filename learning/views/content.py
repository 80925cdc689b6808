"""What opens in a session: who facilitates chooses it, and gives the code in the room."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import SignedRequest
from learning import content as opening
from learning import room_quizzes
from learning.models import Session
from learning.queries.content import activities_of, content_screen
from learning.views.room import own_session_or_404


@login_required
@require_http_methods(["GET", "POST"])
def content(request: SignedRequest, session: UUID) -> HttpResponse:
    """Show what opens in a session with its code, and change either."""
    row = own_session_or_404(request, session)
    if request.method == "POST":
        messages.success(request, _act(request, row))
        return redirect("learning:session_content", session=row.key)
    return render(request, "learning/session_content.html", {"view": content_screen(request, row)})


def _act(request: SignedRequest, row: Session) -> str:
    """Do what was pressed, and return what is said of it."""
    act = request.POST.get("act", "")
    if act == "everybody":
        opening.open_for_all(session=row, by=request.person)
        return _("It is open to the whole group.")
    if act == "close":
        opening.close_again(session=row)
        return _("It opens with the code again. Who had it open already keeps it.")
    if act == "renew":
        opening.renew_code(session=row)
        return _("There is another code. The former opens nothing any more.")
    if act in {"close_quiz", "open_quiz"}:
        return _quiz(request, row, close=act == "close_quiz")
    chosen = set(request.POST.getlist("opens"))
    opening.choose(session=row, activities=[a.key for a in activities_of(row) if str(a.key) in chosen])
    return _("Saved.")


def _quiz(request: SignedRequest, row: Session, *, close: bool) -> str:
    """Close a quiz to the group, or open it again, and return what is said of it."""
    asked = request.POST.get("quiz", "")
    quiz = next((a for a in activities_of(row) if a.quiz and str(a.key) == asked), None)
    if quiz is None:
        raise Http404
    if not close:
        room_quizzes.open_again(cohort=row.cohort, activity=quiz.key, by=request.person)
        return _("The quiz is open to the group again. What was handed in stays handed in.")
    ended = room_quizzes.close(cohort=row.cohort, activity=quiz, by=request.person)
    words = ngettext(
        "The quiz is closed to the group. %(n)s attempt was handed in as it stood.",
        "The quiz is closed to the group. %(n)s attempts were handed in as they stood.",
        ended,
    )
    return words % {"n": ended}
