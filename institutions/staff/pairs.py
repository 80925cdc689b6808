"""The screens of acts on two institutions: merge one into the other, say which took over. Undoing a merge, too.

First the other one is searched, then both are laid side by side, and only then something is done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.log_actions import log

from accounts.http import SignedRequest
from accounts.models import Person
from institutions import history, merging
from institutions.lineage import Refused
from institutions.models import Institution, InstitutionMerge
from institutions.staff.acts import SCREEN, refuse, sent, show
from institutions.staff.forms import ReasonForm, SuccessorForm
from institutions.staff.policy import found, policy
from institutions.staff.queries import pair
from programme.staff.people import staff_of


@dataclass(frozen=True)
class PairAct:
    """What is done with two institutions, in words and in deed."""

    name: str
    title: Any
    words: Any
    button: Any
    done: Any
    action: str
    form: type[forms.Form]
    do: Callable[[Institution, Institution, Person, dict[str, Any]], Any]
    heads: tuple[Any, Any]


def _merge(one: Institution, other: Institution, by: Person, said: dict[str, Any]) -> None:
    merging.merge(duplicate=one, into=other, by=by, reason=said["reason"])


def _succeed(one: Institution, other: Institution, by: Person, said: dict[str, Any]) -> None:
    history.succeed(institution=one, successor=other, ends_on=said["ends_on"], by=by)


MERGE = PairAct(
    name="merge",
    title=gettext_lazy("Merge into another one"),
    words=gettext_lazy(
        "For one institution that was entered twice. From now on both count as the one that stays; nobody's record is "
        "changed, and the merge can be undone. If one took over from the other, use «Successor» instead."
    ),
    button=gettext_lazy("Merge"),
    done=gettext_lazy("They count as one from now on."),
    action="institutions.merged",
    form=ReasonForm,
    do=_merge,
    heads=(gettext_lazy("Merged away"), gettext_lazy("Stays")),
)
SUCCESSOR = PairAct(
    name="successor",
    title=gettext_lazy("Successor"),
    words=gettext_lazy(
        "For an institution that ended and another one that took over, as SENAF from DINAF. Both stay, each with its "
        "own records; whoever finds the old one is led to the new one."
    ),
    button=gettext_lazy("Keep the successor"),
    done=gettext_lazy("The successor is written down."),
    action="institutions.succeeded",
    form=SuccessorForm,
    do=_succeed,
    heads=(gettext_lazy("Ended"), gettext_lazy("Took over")),
)


def _screen(request: SignedRequest, pk: int, act: PairAct) -> HttpResponse:
    user = staff_of(request)
    one = found(user, pk, "change")
    other = _other(request)
    form = act.form(sent(request)) if other else None
    if other and form and form.is_valid():
        try:
            act.do(one, other, request.user.person, form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            log(one, act.action, user=request.user, data={"other": str(other)})
            messages.success(request, act.done)
            return redirect("instituciones:inspect", other.pk)
    screen = pair(one, other, request.GET.get("q", "").strip(), user)
    return show(request, one, "pair", act.title, form, act=act, screen=screen, other=other)


def _other(request: SignedRequest) -> Institution | None:
    said = request.GET.get("con", "")
    if not said.isdecimal():
        return None
    rows = policy().seen(staff_of(request)).select_related("country", "division", "parent")
    other: Institution = get_object_or_404(rows, pk=int(said[:15]))
    return other


@SCREEN
def merge(request: SignedRequest, pk: int) -> HttpResponse:
    """Merge this one into another."""
    return _screen(request, pk, MERGE)


@SCREEN
def successor(request: SignedRequest, pk: int) -> HttpResponse:
    """Say who took over from this one."""
    return _screen(request, pk, SUCCESSOR)


@SCREEN
def unmerge(request: SignedRequest, pk: int, merge: int) -> HttpResponse:
    """Let both count for themselves again."""
    institution = found(staff_of(request), pk, "change")
    rows = InstitutionMerge.objects.select_related("duplicate", "into")
    row = get_object_or_404(rows.filter(duplicate=pk) | rows.filter(into=pk), pk=merge)
    form = ReasonForm(sent(request))
    if form.is_valid():
        try:
            merging.undo(merge=row, by=request.user.person, reason=form.cleaned_data["reason"])
        except Refused as refused:
            refuse(form, refused)
        else:
            log(row.duplicate, "institutions.unmerged", user=request.user)
            messages.success(
                request, _("Both count for themselves again, each with what was always its own.")
            )
            return redirect("instituciones:inspect", pk)
    words = _(
        "«%(one)s» would no longer count as «%(other)s». What was done meanwhile stays where it was done."
    )
    said = words % {"one": row.duplicate, "other": row.into}
    title = _("Undo the merge")
    return show(request, institution, "act", title, form, words=said)
