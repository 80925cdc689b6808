"""What a person wants to be written to about: her own page, and one press in a mail without signing in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.http import SignedRequest
from messaging import refusals
from messaging.forms import NoticesForm
from messaging.models import Kind


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: SignedRequest) -> HttpResponse:
    """Show and keep what the reader wants mails about."""
    wanted = [kind for kind in Kind.values if kind not in refusals.refused(request.person)]
    form = NoticesForm(request.POST if request.method == "POST" else None, initial={"wanted": wanted})
    if form.is_valid():
        refusals.choose(person=request.person, wanted=form.cleaned_data["wanted"])
        messages.success(request, _("Saved."))
        return redirect("messaging:notices")
    context = {"form": form, "email": request.user.email}
    return render(request, "messaging/notices.html", context, status=400 if form.errors else 200)


# A mail program that offers «unsubscribe» posts here without a page before (RFC 8058): the signed address is what
# a token against forgery would be. Opening it changes nothing: scanners of mail open every link.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether the reader of a mail wants no more of its kind, and keep it."""
    found = refusals.read(token)
    if found is None:
        raise Http404
    person, kind = found
    if request.method == "POST":
        refusals.refuse(person=person, kind=kind)
    done = kind in refusals.refused(person)
    response = render(request, "messaging/refuse.html", {"kind": kind.label, "done": done})
    # Whoever has the address may say no in her name: it is told to no other site.
    response["Referrer-Policy"] = "no-referrer"
    return response
