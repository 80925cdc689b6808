"""The public page of verification, and the learner's own download."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts import limits
from accounts.http import SignedRequest
from certificates.models import Certificate
from certificates.proving import withdrawn_words
from certificates.queries import verdict_on
from certificates.services import content_in
from certificates.services import render as render_certificate

# A reader who checks a pile of certificates is welcome; a program that tries codes is not.
VERIFICATIONS = limits.Limit("verifications", 60, 5 * 60)


@login_required
@require_GET
def download(request: SignedRequest, key: UUID) -> HttpResponse:
    """Send the learner her own certificate as a PDF, in the language of the page or the one asked for."""
    certificate = Certificate.objects.filter(
        key=key, person__canonical_id=request.person.canonical_id
    ).first()
    if certificate is None:
        raise Http404
    if certificate.erased_at:
        return redirect("certificates:verify_code", certificate.code)
    if certificate.revoked_at:
        messages.info(request, withdrawn_words(certificate))
        return redirect("learning:record")
    language = request.GET.get("lengua", "")[:2]
    content = content_in(certificate, language or None)
    response = HttpResponse(render_certificate(certificate, content.language), content_type="application/pdf")
    name = slugify(f"{content.kind} {content.course_code}") or "certificado"
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
@never_cache
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """Say what a code is worth, to anybody, with the minimum of personal data."""
    typed = code or request.GET.get("codigo", "")
    verdict = None
    if typed:
        try:
            limits.count(VERIFICATIONS, limits.address_of(request))
        except limits.TooMany as refusal:
            return _too_many(request, refusal)
        verdict = verdict_on(typed)
    status = 404 if verdict and verdict.state is None else 200
    response = render(
        request, "certificates/verify.html", {"verdict": verdict, "typed": typed[:60]}, status=status
    )
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _too_many(request: HttpRequest, refusal: limits.TooMany) -> HttpResponse:
    context = {"minutes": refusal.minutes, "again": request.get_full_path()}
    response = render(request, "certificates/too_many.html", context, status=429)
    response["Retry-After"] = str(refusal.minutes * 60)
    return response
