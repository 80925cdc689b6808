"""The staff's screens of people who may be one: the list, both side by side, the merges, and the way back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.log_actions import log

from accounts import looking, masking
from accounts.http import SignedRequest
from accounts.merge_words import REFUSALS
from accounts.merging import MergeRefused
from accounts.models import Person
from accounts.sight import Sight, sight_of
from institutions import duplicates
from institutions.models import SuggestionState
from institutions.searching import search_duplicates
from institutions.staff import alike
from institutions.staff.duplicate_forms import MergeForm, UndoForm
from institutions.staff.writing_down import others, people_in_sight
from programme.staff.people import staff_of

LOOK, MERGE = "accounts.view_personmerge", "accounts.add_personmerge"
SEEN = "people.duplicates"


def _sight(request: SignedRequest, right: str) -> Sight:
    """Return how far the reader sees; who has not the right finds no such page."""
    user = staff_of(request)
    sight = sight_of(user)
    if not (user.has_perm(right) or user.has_perm(MERGE)) or (right == MERGE and not sight.changes):
        raise Http404
    return sight


def may_merge(request: SignedRequest) -> bool:
    """Say whether the reader may decide, and not only look."""
    user = staff_of(request)
    return user.has_perm(MERGE) and sight_of(user).changes


def _show(
    request: SignedRequest, template: str, title: str, status: int = 200, **context: Any
) -> HttpResponse:
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    if template != "duplicates":
        crumbs.append({"url": reverse("duplicados:index"), "label": _("Possible duplicates")})
    frame = {
        "header_title": title,
        "page_title": title,
        "header_icon": "group",
        "breadcrumbs_items": [*crumbs, {"url": "", "label": title}],
        "may_merge": may_merge(request),
    }
    return render(request, f"institutions/staff/{template}.html", {**frame, **context}, status=status)


@require_GET
def index(request: SignedRequest) -> HttpResponse:
    """List the pairs at which somebody should look."""
    view = alike.lines(_sight(request, LOOK), request.GET.get("p"))
    looking.kept_list(request, SEEN, rows=2 * len(view.rows))
    return _show(request, "duplicates", _("Possible duplicates"), view=view)


@require_POST
def search(request: SignedRequest) -> HttpResponse:
    """Let the worker compute the list anew."""
    _sight(request, MERGE)
    search_duplicates.enqueue()
    messages.success(
        request, _("The search has begun. With many people it takes some minutes: look again later.")
    )
    return redirect("duplicados:index")


@require_http_methods(["GET", "POST"])
def pair(request: SignedRequest, pk: int) -> HttpResponse:
    """Show both side by side; merge them."""
    sight = _sight(request, MERGE if request.method == "POST" else LOOK)
    row = get_object_or_404(alike.seen(sight).select_related("first__country", "second__country"), pk=pk)
    view, by = alike.pair(row, sight), staff_of(request).person
    for person in (row.first, row.second) if sight.names else ():
        looking.kept_person(request, SEEN, person)
    form = MergeForm(request.POST if request.method == "POST" else None, pair=view)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return _show(request, "duplicate", _("Are they one person?"), status, view=view, form=form)
    into = row.first if form.cleaned_data["into"] == str(row.first_id) else row.second
    try:
        duplicates.merge_pair(suggestion=row, into=into, by=by, reason=form.cleaned_data["reason"])
    except MergeRefused as refused:
        messages.error(request, str(REFUSALS[refused.reason]))
    except duplicates.Settled:
        messages.info(request, _settled())
    else:
        messages.success(request, _("They count as one person from now on. Nothing of either was changed."))
    return redirect("duplicados:index")


def _settled() -> str:
    return _("Somebody decided about these two already.")


@require_POST
def different(request: SignedRequest, pk: int) -> HttpResponse:
    """Remember that they are two."""
    row = get_object_or_404(alike.seen(_sight(request, MERGE)), pk=pk)
    try:
        duplicates.not_the_same(suggestion=row, by=staff_of(request).person)
    except duplicates.Settled:
        messages.info(request, _settled())
    else:
        messages.success(
            request,
            _("Noted: they are two people. This pair is not suggested again, unless somebody reopens it."),
        )
    return redirect("duplicados:index")


@require_GET
def decided(request: SignedRequest) -> HttpResponse:
    """List the pairs of whom somebody said that they are two people."""
    page, rows = alike.decided(_sight(request, LOOK), request.GET.get("p"))
    looking.kept_list(request, SEEN, rows=2 * len(rows))
    return _show(request, "decided", _("Decided: two people"), page=page, rows=rows)


@require_POST
def reopen(request: SignedRequest, pk: int) -> HttpResponse:
    """Take back that two people are not the same, and look at both again."""
    row = get_object_or_404(alike.decidable(_sight(request, MERGE)), pk=pk)
    try:
        duplicates.reopen(suggestion=row, by=staff_of(request).person)
    except duplicates.Settled:
        messages.info(request, _settled())
        return redirect("duplicados:decided")
    log(row, "institutions.pair_reopened", user=request.user)
    messages.success(request, _("The pair waits for a decision again."))
    return redirect("duplicados:pair", row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: SignedRequest, pk: int) -> HttpResponse:
    """Search the other record of somebody; choosing one leads to both side by side."""
    sight = _sight(request, MERGE)
    one = get_object_or_404(people_in_sight(staff_of(request)), pk=pk)
    looking.kept_person(request, SEEN, one)
    said = request.POST.get("otra", "")
    if said.isdecimal() and len(said) < 16:
        return _compare(request, one, int(said))
    view = others(staff_of(request), one, request.GET.get("q", ""))
    looking.kept_list(request, SEEN, rows=len(view.offers))
    name = masking.name_of(one, sight, printed=True)
    return _show(request, "choose_other", _("Unite with another record"), view=view, person=one, name=name)


def _compare(request: SignedRequest, one: Person, pk: int) -> HttpResponse:
    other = get_object_or_404(people_in_sight(staff_of(request)), pk=pk)
    try:
        row = duplicates.by_hand(one=one, other=other)
    except MergeRefused as refused:
        messages.error(request, str(REFUSALS[refused.reason]))
        return redirect("duplicados:choose", one.pk)
    if row.state == SuggestionState.DIFFERENT:
        messages.info(request, _("Somebody said that these are two people. Reopen the pair first."))
        return redirect("duplicados:decided")
    return redirect("duplicados:pair", row.pk)


@require_GET
def merges(request: SignedRequest) -> HttpResponse:
    """List what was merged, by whom and why."""
    page, rows = alike.merges(_sight(request, LOOK), request.GET.get("p"))
    looking.kept_list(request, SEEN, rows=2 * len(rows))
    return _show(request, "merges", _("Merged people"), page=page, rows=rows)


@require_http_methods(["GET", "POST"])
def undo(request: SignedRequest, pk: int) -> HttpResponse:
    """Ask why, and take a merge back."""
    sight = _sight(request, MERGE)
    rows = alike.merges_seen(sight).select_related("duplicate", "into", "merged_by")
    row = get_object_or_404(rows, pk=pk, undone_at=None, duplicate__erased_at=None, into__erased_at=None)
    form = UndoForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        line = alike.merge_line(row, sight)
        for person in (row.duplicate, row.into):
            looking.kept_person(request, SEEN, person)
        return _show(
            request,
            "undo",
            _("Undo a merge"),
            422 if form.is_bound else 200,
            line=line,
            form=form,
            staying=alike.staying(row, sight),
        )
    try:
        duplicates.part(merge=row, by=staff_of(request).person, reason=form.cleaned_data["reason"])
    except MergeRefused as refused:
        messages.error(request, str(REFUSALS[refused.reason]))
    else:
        messages.success(
            request,
            _("They are two people again. Each has what was done with her own account."),
        )
    return redirect("duplicados:merges")


URLS: list[URLPattern] = [
    path("", index, name="index"),
    path("buscar/", search, name="search"),
    path("<int:pk>/", pair, name="pair"),
    path("<int:pk>/distintas/", different, name="different"),
    path("decididas/", decided, name="decided"),
    path("decididas/<int:pk>/reabrir/", reopen, name="reopen"),
    path("unir/<int:pk>/", choose, name="choose"),
    path("uniones/", merges, name="merges"),
    path("uniones/<int:pk>/deshacer/", undo, name="undo"),
]
