"""Calendar files: of one session or a group for who is signed in, and the address that calendar programs ask."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import SignedRequest
from common.languages import interface_language
from learning.models import Cohort, Enrolment, Session
from learning.running import runs
from messaging.calendars import FILE, TYPE, calendar_of, enrolment_of
from messaging.naming import names_for
from messaging.reaching import reach_of


def _answered(cohort: Cohort, sessions: Iterable[Session], language: str) -> HttpResponse:
    names = names_for(cohort, cohort.course, language)
    response = HttpResponse(calendar_of(sessions, names), content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="{FILE}"'
    return response


def _may_read(request: SignedRequest, cohort: Cohort) -> bool:
    learns = Enrolment.objects.of(request.person).standing().filter(cohort=cohort)
    return learns.exists() or runs(request.person, cohort)


@login_required
@never_cache
@require_safe
def session(request: SignedRequest, session: UUID) -> HttpResponse:
    """Return the calendar file of a session to who learns in its group or runs it."""
    row = get_object_or_404(
        Session.objects.select_related("cohort__course", "cohort__institution"), key=session
    )
    if not _may_read(request, row.cohort):
        raise Http404
    return _answered(row.cohort, [row], interface_language())


@login_required
@never_cache
@require_safe
def group(request: SignedRequest, cohort: UUID) -> HttpResponse:
    """Return the calendar file of a group to who learns in it or runs it."""
    row = get_object_or_404(Cohort.objects.select_related("course", "institution"), key=cohort)
    if not _may_read(request, row):
        raise Http404
    return _answered(row, row.sessions.all(), interface_language())


@never_cache
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Return the sessions of somebody's group to a calendar program, which signs in nowhere."""
    enrolment = enrolment_of(token)
    if enrolment is None or enrolment.cohort is None:
        raise Http404
    language = reach_of(enrolment.person).language
    return _answered(enrolment.cohort, enrolment.cohort.sessions.all(), language)
