"""What is done with one agreement besides its form: renew it, print its dossier, open its file."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.log_actions import log

from accounts.http import SignedRequest
from institutions import seeing
from institutions.dossier import gather
from institutions.dossier_sheet import Heading, print_dossier
from institutions.former_papers import forget
from institutions.models import Addendum, Agreement, FormerPaper, Institution
from institutions.papers import type_of
from institutions.renewals import NothingToRenew, begin_renewal
from institutions.staff.permissions import SeenPolicy
from media_library.serving import serve
from media_library.validation import extension_of
from programme.models import Identity
from programme.staff.people import staff_of

LOOKING = ("add", "change", "delete", "view")


def _agreement(request: SignedRequest, pk: int, *actions: str) -> Agreement:
    """Return one that the reader sees and may do one of `actions` with; to others it does not exist."""
    user = staff_of(request)
    if not SeenPolicy(Agreement).user_has_any_permission(user, actions or LOOKING):
        raise Http404
    return get_object_or_404(seeing.agreements(user), pk=pk)


@require_POST
def renew(request: SignedRequest, pk: int) -> HttpResponse:
    """Make the draft that renews an agreement, or open the one that there is."""
    agreement = _agreement(request, pk, "change")
    _agreement(request, pk, "add")
    try:
        draft = begin_renewal(agreement=agreement, by=staff_of(request).person)
    except NothingToRenew:
        messages.error(request, _("A draft was never in force: finish it, or delete it."))
        return redirect("convenios:inspect", pk)
    messages.success(request, _("This is the draft of the renewal. Sign it by filling in its dates."))
    return redirect("convenios:edit", draft.pk)


@require_safe
def dossier(request: SignedRequest, pk: int) -> HttpResponse:
    """Send the dossier of an agreement's institutions."""
    agreement = _agreement(request, pk)
    parties = agreement.parties.select_related(
        "institution__country", "institution__division", "institution__parent"
    )
    return _printed(request, [party.institution for party in parties])


@require_safe
def dossier_of(request: SignedRequest, pk: int) -> HttpResponse:
    """Send the dossier of one institution, with or without an agreement."""
    user = staff_of(request)
    if not SeenPolicy(Agreement).user_has_any_permission(user, LOOKING):
        raise Http404
    rows = seeing.institutions(user).select_related("country", "division", "parent")
    return _printed(request, [get_object_or_404(rows, pk=pk)])


def _printed(request: SignedRequest, institutions: Sequence[Institution]) -> HttpResponse:
    identity = Identity.for_request(request)
    heading = Heading(platform=identity.site_name, organisation=identity.organisation)
    now = timezone.now()
    countries = seeing.countries_of(staff_of(request))
    gathered = gather(institutions, on=timezone.localdate(now), countries=countries)
    pdf = print_dossier(gathered, heading, at=now)
    first = gathered.institutions[0] if gathered.institutions else None
    names = slugify(first.short_name or first.name) if first else ""
    word = _("dossier")
    name = f"{word}-{names or 'senda'}-{timezone.localdate(now):%Y-%m-%d}.pdf"
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def paper(request: SignedRequest, pk: int) -> HttpResponseBase:
    """Send the file of an agreement, to be saved."""
    return _sent(request, _agreement(request, pk), f"convenio-{pk}")


@require_safe
def addendum_paper(request: SignedRequest, pk: int) -> HttpResponseBase:
    """Send the file of an addendum, to be saved."""
    found = get_object_or_404(Addendum, pk=pk)
    _agreement(request, found.agreement_id)
    return _sent(request, found, f"adenda-{pk}")


@require_safe
def former_paper(request: SignedRequest, pk: int) -> HttpResponseBase:
    """Send a file that another one replaced, to be saved."""
    found = get_object_or_404(FormerPaper, pk=pk)
    _agreement(request, found.agreement_id)
    return _sent(request, found, f"convenio-{found.agreement_id}-anterior-{pk}")


@require_POST
def forget_paper(request: SignedRequest, pk: int) -> HttpResponse:
    """Delete a replaced file for good: it should never have come here."""
    found = get_object_or_404(FormerPaper, pk=pk)
    agreement = _agreement(request, found.agreement_id, "delete")
    forget(paper=found)
    log(agreement, "institutions.paper_forgotten", user=request.user)
    messages.success(request, _("The file is deleted for good."))
    return redirect("convenios:inspect", agreement.pk)


def _sent(request: SignedRequest, row: Agreement | Addendum | FormerPaper, name: str) -> HttpResponseBase:
    file = row.paper
    if not file or not file.name or not file.storage.exists(file.name):
        raise Http404(_("There is no such file here."))
    return serve(
        request,
        storage=file.storage,
        name=file.name,
        size=file.size,
        content_type=type_of(file.name),
        etag=file.name,
        download=f"{name}.{extension_of(file.name)}",
    )
