"""The screens on which a trainer sees what would change for learners, and releases it or leaves it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from accounts.http import SignedRequest
from courses import versions
from courses.models import ProposalState
from courses.staff.permissions import course_or_404, page_or_404, proposal_or_404
from courses.staff.queries import difference_screen, history_screen, proposal_screen
from programme.staff.people import staff_of


def _crumbs(*steps: tuple[str, str]) -> list[dict[str, str]]:
    first = [("wagtailadmin_home", _("Home"))]
    found = [{"url": reverse(name), "label": label} for name, label in first]
    found.append({"url": reverse("course_desk:index"), "label": _("My courses")})
    return [*found, *({"url": url, "label": label} for url, label in steps)]


def _show(request: SignedRequest, template: str, title: str, steps: Any, **context: Any) -> HttpResponse:
    frame = {
        "header_title": title,
        "page_title": title,
        "header_icon": "history",
        "breadcrumbs_items": _crumbs(*steps),
    }
    return render(request, f"courses/staff/{template}.html", {**frame, **context})


def _history_step(course_id: int, title: str) -> tuple[str, str]:
    return reverse("course_versions:history", args=[course_id]), title


@require_GET
def history(request: SignedRequest, course: int) -> HttpResponse:
    """Show the versions of one course."""
    screen = history_screen(page_or_404(staff_of(request), course))
    return _show(request, "history", screen.title, [("", screen.title)], screen=screen)


@require_GET
def compare(request: SignedRequest, course: int) -> HttpResponse:
    """Show the difference between any two versions of one course."""
    page = page_or_404(staff_of(request), course)
    try:
        old, new = int(request.GET.get("from", "")), int(request.GET.get("to", ""))
    except ValueError:
        raise Http404 from None
    screen = difference_screen(page, old=old, new=new)
    if screen is None:
        raise Http404
    title = _("From version %(old)s to version %(new)s") % {"old": old, "new": new}
    steps = [_history_step(course, screen.title), ("", title)]
    return _show(request, "difference", title, steps, screen=screen)


@require_GET
def proposal(request: SignedRequest, pk: int) -> HttpResponse:
    """Show what a proposal changes and whom it touches, with the two buttons."""
    row, page = proposal_or_404(staff_of(request), pk)
    screen = proposal_screen(row, page)
    title = (
        _("Proposed version %(number)s") % {"number": screen.number}
        if screen.open
        else _("A decided proposal")
    )
    steps = [_history_step(screen.course_id, screen.title), ("", title)]
    return _show(request, "proposal", title, steps, screen=screen)


@require_POST
def release(request: SignedRequest, pk: int) -> HttpResponse:
    """Make the proposed version the one that learners follow."""
    row, page = proposal_or_404(staff_of(request), pk)
    try:
        version = versions.release(
            proposal=row,
            by=staff_of(request).person,
            completes_learners=request.POST.get("completes_learners") == "on",
        )
    except versions.ReleaseRefused as refused:
        return _decided_already(request, refused, page.course_id)
    said = _("Version %(number)s of «%(title)s» is released. Learners follow it from now on.")
    messages.success(request, said % {"number": version.number, "title": page.title})
    return redirect("course_versions:history", page.course_id)


@require_POST
def withdraw(request: SignedRequest, pk: int) -> HttpResponse:
    """Leave learners with the released version."""
    row, page = proposal_or_404(staff_of(request), pk)
    try:
        versions.withdraw(proposal=row, by=staff_of(request).person)
    except versions.ReleaseRefused as refused:
        return _decided_already(request, refused, page.course_id)
    messages.success(request, _("The proposal is withdrawn: nothing changes for learners."))
    return redirect("course_versions:history", page.course_id)


@require_POST
def propose_again(request: SignedRequest, course: int) -> HttpResponse:
    """Propose what was withdrawn once more."""
    row = versions.propose(
        course=course_or_404(staff_of(request), course), by=staff_of(request).person, again=True
    )
    if row is None:
        messages.info(
            request, _("The pages ask just what the released version asks: there is nothing to propose.")
        )
        return redirect("course_versions:history", course)
    return redirect("course_versions:proposal", row.pk)


def _decided_already(request: SignedRequest, refused: versions.ReleaseRefused, course: int) -> HttpResponse:
    said = _("Nothing was done: this proposal was decided already (%(state)s).")
    messages.error(request, said % {"state": ProposalState(refused.state).label})
    return redirect("course_versions:history", course)
