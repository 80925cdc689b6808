"""The screen on which a certificate is revoked."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from accounts import looking
from accounts.http import SignedRequest
from certificates import opened, services
from certificates.models import Certificate
from certificates.staff.forms import RevocationForm
from certificates.staff.permissions import REVOKE, CertificatePolicy
from programme.staff.people import staff_of


def revoke(request: SignedRequest, pk: int) -> HttpResponse:
    """Ask why, and revoke. Who may not revoke finds no such page."""
    policy = CertificatePolicy(Certificate)
    if not policy.may(REVOKE, staff_of(request)):
        raise Http404
    rows = policy.seen(staff_of(request)).select_related("person", "course")
    certificate = get_object_or_404(rows, pk=pk)
    if certificate.revoked_at:
        messages.info(request, _("This certificate was revoked already."))
        return redirect("constancias:inspect", pk)
    form = RevocationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        category = form.cleaned_data["category"]
        services.revoke(certificate=certificate, category=category, by=staff_of(request).person)
        messages.success(request, _("The certificate is revoked. Its public page says so from now on."))
        return redirect("constancias:inspect", pk)
    looking.kept_person(request, opened.WHAT, certificate.person)
    return _show(request, certificate, form)


def _show(request: SignedRequest, certificate: Certificate, form: RevocationForm) -> HttpResponse:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("constancias:index"), "label": _("Certificates")},
        {"url": reverse("constancias:inspect", args=[certificate.pk]), "label": certificate.code},
        {"url": "", "label": _("Revoke")},
    ]
    context = {
        "header_title": _("Revoke a certificate"),
        "header_icon": "warning",
        "breadcrumbs_items": crumbs,
        "certificate": certificate,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "certificates/staff/revoke.html", context, status=status)
