"""Enrolling: in one click, by code, and leaving."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import limits, notices
from accounts.http import SignedRequest
from common.languages import content_language
from courses import versions
from courses.versions import Course, course_words
from learning import joining, opening, services
from learning.access import Refusal
from learning.forms import CodeForm, CountryForm
from learning.models import Enrolment
from learning.queries import doors, mine, record, standing_in
from learning.queries.groups import own_requests
from learning.queries.institution import invitations
from learning.views.common import after_joining, start
from learning.words import REFUSALS

# Codes are short enough to be read aloud: who mistypes hers is welcome, a program that tries them is not.
CODES = limits.Limit("enrolment-codes", 30, 5 * 60)


@login_required
@require_safe
def home(request: SignedRequest) -> HttpResponse:
    """Show the learner's courses."""
    beside = doors(request.person, request.user)
    context = {
        "mine": mine(request, request.person),
        "invitations": invitations(request, request.person) if beside.invited else (),
        "requests": own_requests(request.person) if beside.asked else (),
        "facilitates": beside.facilitates or (beside.has_rights and opening.may_open(request.user)),
        "speaks": beside.speaks,
        "edits": beside.has_rights and request.user.has_perm("wagtailadmin.access_admin"),
    }
    return render(request, "learning/home.html", context)


@login_required
@require_safe
def resume(request: SignedRequest, enrolment: UUID) -> HttpResponse:
    """Lead to where the learner stopped in one of her courses."""
    row = get_object_or_404(Enrolment.objects.of(request.person).select_related("course"), key=enrolment)
    standing = standing_in(request, request.person, row.course)
    words = course_words(row.course, language=content_language(), request=request)
    return redirect(standing.continue_at.url if standing.continue_at else words.url or "learning:home")


@login_required
@require_safe
def my_record(request: SignedRequest) -> HttpResponse:
    """Show everything that the learner did, with hours and certificates."""
    return render(request, "learning/record.html", {"record": record(request, request.person)})


@login_required
@require_http_methods(["GET", "POST"])
def enrol(request: SignedRequest, course: UUID) -> HttpResponse:
    """Enrol by a click. A GET (somebody who came back from signing in) asks to confirm; it never enrols.

    Whoever said in her profile where she works reads it there, and is asked again only where she wants to change it.
    """
    row = _announced_or_404(course)
    words = course_words(row, language=content_language(), request=request)
    said = request.method == "POST" and "country" in request.POST
    form = CountryForm(request.POST if said else None, initial={"country": request.person.country_id})
    if request.method == "GET" or (said and not form.is_valid()):
        return _ask_country(request, row, words, form)
    if not said and versions.differs_by_country(row):
        return _ask_country(request, row, words, form, status=409)
    try:
        services.enrol(
            person=request.person, course=row, country=form.cleaned_data["country"] if said else None
        )
    except services.Refused as refused:
        if refused.reason == Refusal.COUNTRY_UNKNOWN:
            return _ask_country(request, row, words, form, status=409)
        messages.info(request, str(REFUSALS[refused.reason]))
        return redirect(words.url if words.live and words.url else "learning:home")
    return start(request, row)


def _announced_or_404(key: UUID) -> Course:
    """Return a course that is published or was released once; a draft has no name for learners yet."""
    row = get_object_or_404(Course, key=key)
    if versions.current(row) is None and not versions.scope_of(row).live:
        raise Http404
    return row


def _ask_country(
    request: SignedRequest, course: Course, words: object, form: CountryForm, status: int = 200
) -> HttpResponse:
    known = None if form.is_bound or "corregir" in request.GET else request.person.country
    context = {"course": course, "words": words, "form": form, "known": known}
    if form.is_bound and form.errors:
        status = 400
    return render(request, "learning/enrol.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def code(request: SignedRequest) -> HttpResponse:
    """Enrol by the code that an institution or a facilitator handed out."""
    form = CodeForm(
        request.POST if request.method == "POST" else None, initial={"country": request.person.country_id}
    )
    if form.is_valid():
        try:
            limits.count(CODES, str(request.person.key))
            made = joining.join_by_code(person=request.person, **form.cleaned_data)
        except limits.TooMany as refusal:
            return render(
                request,
                "learning/code.html",
                {"form": form, "wait": notices.wait(refusal.minutes)},
                status=429,
            )
        except services.Refused as refused:
            form.add_error("code", str(REFUSALS[refused.reason]))
        else:
            return after_joining(request, made)
    return render(request, "learning/code.html", {"form": form}, status=400 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: SignedRequest, enrolment: UUID) -> HttpResponse:
    """Leave a course in progress, once asked and once answered; nothing is deleted."""
    row = get_object_or_404(
        Enrolment.objects.of(request.person).active().select_related("course"), key=enrolment
    )
    if request.method == "GET":
        words = course_words(row.course, language=content_language(), request=request)
        return render(request, "learning/leave.html", {"enrolment": row, "words": words})
    services.leave(enrolment=row)
    messages.success(request, _("You left the course. What you did is kept, and you can come back."))
    return redirect("learning:home")
