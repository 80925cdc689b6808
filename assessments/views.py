"""The pages of an attempt: a question, a look over all, handing in, the result. They work without JavaScript."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import person_of
from assessments import pending, queries, services
from assessments.choices import EndedBy
from assessments.marking import AttemptRefused, RefusalReason
from assessments.models import Attempt
from assessments.wording import saved_words, say_refusal
from common.clock import now

View = Callable[..., HttpResponse]
GAP = "gap-"
WHY_ENDED: dict[str, RefusalReason] = {
    EndedBy.TIME: RefusalReason.TIME_IS_UP,
    EndedBy.ROOM: RefusalReason.CLOSED,
}
HANDED_IN = {RefusalReason.ALREADY_SUBMITTED, *WHY_ENDED.values()}


def own_attempt(request: HttpRequest, key: uuid.UUID) -> Attempt:
    """Return the attempt if it belongs to the signed-in person; another's is 404, so that nothing leaks."""
    person = person_of(request)
    if person is None:
        raise Http404
    attempt = Attempt.objects.of(person).filter(key=key).select_related("version").first()
    if attempt is None:
        raise Http404
    return services.ended_in_time(attempt)


def signed_in(view: View) -> View:
    """Lead whoever is not signed in to the sign-in page, and afterwards back to the same page."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, own_attempt(request, key))
        # Handing in is asked again after sign-in rather than done behind one's back.
        return HttpResponseRedirect(_sign_in_url(request, reverse("assessments:review", args=[key])))

    return guarded


def _sign_in_url(request: HttpRequest, after_form: str) -> str:
    """Return the sign-in address that leads back here, or to `after_form` when the session ended under a form."""
    if request.method != "POST":
        return redirect_to_login(request.path).url
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': after_form, 'ended': 1}, safe='/')}"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, key: uuid.UUID, n: int) -> HttpResponse:
    """Show a question `n`, from 1, or save its answer and go on."""
    if not request.user.is_authenticated:
        return _ask_to_sign_in(request, key, n)
    attempt = own_attempt(request, key)
    screen = queries.question_screen(attempt=attempt, n=n)
    if screen is None:
        raise Http404
    if request.method == "POST":
        return _save(request, attempt, screen)
    if attempt.submitted_at is not None:
        return redirect("assessments:result", key)
    return render(request, "assessments/question.html", {"screen": screen})


def _ask_to_sign_in(request: HttpRequest, key: uuid.UUID, n: int) -> HttpResponse:
    """Put the answer aside until its owner has signed in, and say where that is done."""
    if request.method == "POST":
        pending.keep(request=request, attempt_key=key, n=n, chosen=_given(request))
    url = _sign_in_url(request, reverse("assessments:resume", args=[key]))
    if not _wants_json(request):
        return HttpResponseRedirect(url)
    words = gettext("Your session ended. Your answer is put aside: sign in to save it.")
    return JsonResponse({"message": words, "url": url}, status=401)


def _save(request: HttpRequest, attempt: Attempt, screen: queries.QuestionScreen) -> HttpResponse:
    chosen = _given(request)
    question_key = attempt.quiz.questions[screen.n - 1].key
    try:
        # Going on without a choice leaves the question for later; only boxes can be emptied again.
        if chosen or screen.takes_several or attempt.submitted_at is not None:
            services.save_answer(
                attempt=attempt, question_key=question_key, chosen=chosen, **_told_by_device(request)
            )
    except AttemptRefused as refused:
        typed = chosen if screen.is_typed or screen.is_free or screen.gaps else None
        return _refuse(request, attempt, screen.n, refused.reason, typed)
    if _wants_json(request):
        return JsonResponse({"message": saved_words(now())})
    return HttpResponseRedirect(screen.next_url)


def _told_by_device(request: HttpRequest) -> dict[str, Any]:
    """Return what the device calls the answer and how long ago it was given; what it says badly is left aside.

    How long ago, in seconds, and not at what time: many a phone's clock is wrong.
    """
    told: dict[str, Any] = {}
    with contextlib.suppress(ValueError):
        told["client_id"] = uuid.UUID(request.POST.get("answer", ""))
    with contextlib.suppress(ValueError, OverflowError):
        told["at"] = now() - dt.timedelta(seconds=max(0, int(request.POST.get("given_ago", ""))))
    return told


def _refuse(
    request: HttpRequest, attempt: Attempt, n: int, reason: RefusalReason, typed: list[str] | None = None
) -> HttpResponse:
    """Say why the answer was not taken: 409 with the result once handed in, 400 with the question otherwise."""
    if reason is RefusalReason.ALREADY_SUBMITTED:
        attempt.refresh_from_db()
        reason = WHY_ENDED.get(attempt.ended_by, reason)
    words = say_refusal(reason)
    handed_in = reason in HANDED_IN
    status = 409 if handed_in else 400
    if _wants_json(request):
        url = reverse("assessments:result", args=[attempt.key]) if handed_in else ""
        return JsonResponse({"message": words, "url": url}, status=status)
    if handed_in:
        result_screen = queries.result_screen(attempt=attempt, error=words)
        return render(request, "assessments/result.html", {"screen": result_screen}, status=status)
    question_screen = queries.question_screen(attempt=attempt, n=n, error=words, refused=typed)
    return render(request, "assessments/question.html", {"screen": question_screen}, status=status)


def _given(request: HttpRequest) -> list[str]:
    """Return what the form sent: keys or typed words, and of each gap «key:words»."""
    gaps = (name for name in request.POST if name.startswith(GAP))
    return [
        *request.POST.getlist("choice"),
        *(f"{name.removeprefix(GAP)}:{words}" for name in gaps for words in request.POST.getlist(name)),
    ]


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


@never_cache
@require_safe
@signed_in
def resume(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """Go on where one stopped."""
    return HttpResponseRedirect(queries.resume_url(attempt=attempt))


@never_cache
@require_safe
@signed_in
def review(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """Show all questions, with those that have no answer, before handing in."""
    if attempt.submitted_at is not None:
        return redirect("assessments:result", attempt.key)
    return render(request, "assessments/review.html", {"screen": queries.review_screen(attempt=attempt)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def submit(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """Hand the attempt in; a second click shows the same result. A reload of this address only looks."""
    if request.method != "POST":
        return redirect("assessments:review", attempt.key)
    services.submit_attempt(attempt=attempt)
    return redirect("assessments:result", attempt.key)


@never_cache
@require_safe
@signed_in
def result(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """Show what was reached, what is missing, and what to look at again."""
    if attempt.submitted_at is None:
        return redirect("assessments:resume", attempt.key)
    return render(request, "assessments/result.html", {"screen": queries.result_screen(attempt=attempt)})
