"""The screens of acts on one institution: rename, former names, assigned units, a shelter's place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.log_actions import log

from accounts import disclosures, looking
from accounts.http import SignedRequest
from accounts.models import Act
from institutions import counterparts, history, places
from institutions.lineage import Refused
from institutions.lineage_words import REFUSALS
from institutions.models import Institution, InstitutionName, Membership
from institutions.opened import FOCAL_POINTS
from institutions.staff.forms import FormerNameForm, PlaceForm, RenameForm, UnitsForm
from institutions.staff.policy import found
from programme.staff.people import staff_of

PLACE = "shelter_place"
SCREEN = require_http_methods(["GET", "HEAD", "POST"])


def show(
    request: SignedRequest,
    institution: Institution,
    template: str,
    title: str,
    form: forms.Form | None,
    **context: Any,
) -> HttpResponse:
    """Render a screen that belongs to one institution, with the way back to it."""
    here = reverse("instituciones:inspect", args=[institution.pk])
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("instituciones:index"), "label": _("Institutions")},
        {"url": here, "label": str(institution)},
        {"url": "", "label": title},
    ]
    frame = {"header_title": title, "header_icon": "home", "breadcrumbs_items": crumbs}
    said = {**frame, "institution": institution, "back": here, "form": form, **context}
    status = 422 if form and form.is_bound else 200
    return render(request, f"institutions/staff/{template}.html", said, status=status)


def sent(request: SignedRequest) -> Any:
    """Return what the form sent, were it nothing; None before it is sent."""
    return request.POST if request.method == "POST" else None


def refuse(form: forms.Form, refused: Refused) -> None:
    """Say in the form why nothing was done."""
    form.add_error(None, REFUSALS[refused.reason])


@SCREEN
def rename(request: SignedRequest, pk: int) -> HttpResponse:
    """Give it a new name from a day on."""
    institution = found(staff_of(request), pk, "change")
    form = RenameForm(sent(request))
    if form.is_valid():
        try:
            history.rename(institution=institution, by=request.user.person, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            log(institution, "institutions.renamed", user=request.user)
            messages.success(request, _("It has its new name. The old one stays with its dates."))
            return redirect("instituciones:inspect", pk)
    words = _(
        "Records, certificates and searches keep the old name. To mend a slip of the pen, edit it instead."
    )
    return show(request, institution, "act", _("Rename"), form, words=words)


@SCREEN
def former_name(request: SignedRequest, pk: int) -> HttpResponse:
    """Write down a name from before."""
    institution = found(staff_of(request), pk, "change")
    form = FormerNameForm(sent(request))
    if form.is_valid():
        try:
            history.add_former_name(institution=institution, by=request.user.person, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            log(institution, "institutions.former_name", user=request.user)
            messages.success(request, _("The former name is written down, and the search finds it."))
            return redirect("instituciones:inspect", pk)
    words = _("A name that it had before it came here, or that nobody had written down.")
    title = _("Add a former name")
    return show(request, institution, "act", title, form, words=words)


@require_POST
def forget_name(request: SignedRequest, pk: int, name: int) -> HttpResponse:
    """Take back a former name or a successor that was written down by mistake."""
    institution = found(staff_of(request), pk, "change")
    row = get_object_or_404(InstitutionName.objects.select_related("institution"), pk=name, institution=pk)
    history.forget(row=row)
    log(institution, "institutions.name_forgotten", user=request.user, data={"name": row.name})
    messages.success(request, _("It is taken back."))
    return redirect("instituciones:inspect", pk)


@SCREEN
def units(request: SignedRequest, pk: int, membership: int) -> HttpResponse:
    """Say which units a focal point looks after."""
    institution = found(staff_of(request), pk, "change")
    same = Institution.objects.filter(canonical=institution.canonical_id)
    row = get_object_or_404(
        Membership.objects.select_related("person").filter(institution__in=same, ends_on__isnull=True),
        pk=membership,
        role="focal_point",
    )
    offered = Institution.objects.filter(pk__in=counterparts.around([row.institution_id])).standing()
    form = UnitsForm(
        sent(request),
        offered=offered.order_by("name"),
        initial={"units": list(row.assigned_units.values_list("unit_id", flat=True))},
    )
    if form.is_valid():
        try:
            counterparts.assign_units(
                membership=row, units=form.cleaned_data["units"], by=request.user.person
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("These units are hers from now on."))
            return redirect("instituciones:inspect", pk)
    looking.kept_person(request, FOCAL_POINTS, row.person)
    words = _("%(name)s sees her own institution, and of its units only those that are ticked here.")
    said = words % {"name": row.person}
    title = _("Assigned units")
    return show(request, institution, "act", title, form, words=said)


@SCREEN
@sensitive_post_parameters()
@sensitive_variables()
def place(request: SignedRequest, pk: int) -> HttpResponse:
    """Show and change where a shelter is; who looked is kept before it is shown."""
    institution = found(staff_of(request), pk, "view", "change")
    if not places.may_see(request.user) or not places.has_page(institution):
        raise Http404
    disclosures.keep(by=request.user.person, act=Act.VIEWED, what=PLACE, institution_id=institution.pk)
    held = places.place_of(institution)
    form = PlaceForm(
        sent(request),
        initial={"address": held.address, "latitude": held.latitude, "longitude": held.longitude},
    )
    if form.is_valid():
        places.save_place(institution=institution, place=form.place(), by=request.user.person)
        messages.success(request, _("The place is kept."))
        return redirect("instituciones:inspect", pk)
    words = _(
        "Only who coordinates with shelters sees this page, and each look at it is kept with name and hour."
    )
    title = _("Exact place of the shelter")
    answer = show(request, institution, "act", title, form, words=words)
    # No browser or proxy keeps it for the next person at the same computer.
    answer["Cache-Control"] = "no-store, private"
    return answer
