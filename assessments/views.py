"""The pages of an attempt: one question a page, a look over all, handing in, the result. All work without JavaScript."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessments import pending, queries, services
from assessments.marking import AttemptRefused, RefusalReason
from assessments.models import Attempt
from assessments.wording import REFUSALS, saved_words

View = Callable[..., HttpResponse]


def own_attempt(request: HttpRequest, key: uuid.UUID) -> Attempt:
    """Return the attempt if it belongs to the signed-in person; another's is 404, so that nothing leaks."""
    attempt = Attempt.objects.of(request.person).filter(key=key).select_related("version").first()
    if attempt is None:
        raise Http404
    return attempt


def signed_in(view: View) -> View:
    """Lead whoever is not signed in to the sign-in page, and afterwards back to the same page."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, key: uuid.UUID, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, key, **kwargs)
        return redirect_to_login(_way_back(request, key))

    return guarded


def _way_back(request: HttpRequest, key: uuid.UUID) -> str:
    """Return the page to come back to: handing in is asked again rather than done behind one's back."""
    return request.path if request.method in {"GET", "HEAD"} else reverse("assessments:review", args=[key])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, key: uuid.UUID, n: int) -> HttpResponse:
    """Show question `n`, or save its answer and go on."""
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
        pending.keep(request=request, attempt_key=key, n=n, chosen=request.POST.getlist("choice"))
    to_sign_in = redirect_to_login(request.path)
    if not _wants_json(request):
        return to_sign_in
    words = gettext("Your session ended. Your answer is put aside: sign in to save it.")
    return JsonResponse({"message": words, "url": to_sign_in.url}, status=401)


def _save(request: HttpRequest, attempt: Attempt, screen: queries.QuestionScreen) -> HttpResponse:
    chosen = request.POST.getlist("choice")
    question_key = attempt.version.quiz.questions[screen.n - 1].key
    try:
        # Going on without a choice leaves the question for later; only boxes can be emptied again.
        if chosen or screen.takes_several or attempt.submitted_at is not None:
            answer = services.save_answer(attempt=attempt, question_key=question_key, chosen=chosen)
            if _wants_json(request):
                return JsonResponse({"message": saved_words(answer.answered_at)})
    except AttemptRefused as refused:
        return _refuse(request, attempt, screen.n, refused.reason)
    return HttpResponseRedirect(screen.next_url)


def _refuse(request: HttpRequest, attempt: Attempt, n: int, reason: RefusalReason) -> HttpResponse:
    """Say why the answer was not taken: 409 with the result once handed in, 400 with the question otherwise."""
    words = str(REFUSALS[reason])
    handed_in = reason is RefusalReason.ALREADY_SUBMITTED
    status = 409 if handed_in else 400
    if _wants_json(request):
        url = reverse("assessments:result", args=[attempt.key]) if handed_in else ""
        return JsonResponse({"message": words, "url": url}, status=status)
    if handed_in:
        attempt.refresh_from_db()
        screen = queries.result_screen(attempt=attempt, error=words)
        return render(request, "assessments/result.html", {"screen": screen}, status=status)
    screen = queries.question_screen(attempt=attempt, n=n, error=words)
    return render(request, "assessments/question.html", {"screen": screen}, status=status)


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


@never_cache
@require_safe
@signed_in
def resume(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Go on where one stopped."""
    return HttpResponseRedirect(queries.resume_url(attempt=own_attempt(request, key)))


@never_cache
@require_safe
@signed_in
def review(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show all questions, with those that have no answer, before handing in."""
    attempt = own_attempt(request, key)
    if attempt.submitted_at is not None:
        return redirect("assessments:result", key)
    return render(request, "assessments/review.html", {"screen": queries.review_screen(attempt=attempt)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def submit(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Hand the attempt in; a second click shows the same result. A reload of this address only looks."""
    attempt = own_attempt(request, key)
    if request.method != "POST":
        return redirect("assessments:review", key)
    services.submit_attempt(attempt=attempt)
    return redirect("assessments:result", key)


@never_cache
@require_safe
@signed_in
def result(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show what was reached, what is missing, and what to look at again."""
    attempt = own_attempt(request, key)
    if attempt.submitted_at is None:
        return redirect("assessments:resume", key)
    return render(request, "assessments/result.html", {"screen": queries.result_screen(attempt=attempt)})
