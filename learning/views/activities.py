"""What a learner does in a lesson: finish it, skip it, do its equivalent, write in her notebook, start a quiz."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.http import SignedRequest
from assessments.marking import AttemptRefused
from assessments.services import start_attempt
from assessments.wording import REFUSALS
from courses.gate import notebook_questions
from courses.versions import manifest_of
from learning import room_quizzes, services
from learning.access import Refusal
from learning.attempts import most_attempts
from learning.forms import ReflectionForm
from learning.forms_of_a_pair import has_begun_after, quiz_to_begin
from learning.models import CompletionWay, EnrolmentState
from learning.notebook import keep_note
from learning.owners import other_record, owner_of
from learning.queries import study
from learning.views.common import enrolment_or_404
from learning.views.no_longer import led_on
from learning.words import REFUSALS as REFUSAL_WORDS


@login_required
@require_POST
@led_on
def complete(request: SignedRequest, activity: UUID) -> HttpResponse:
    """Record that the learner finished a lesson (or its gentle equivalent), and lead on."""
    enrolment = enrolment_or_404(request, activity)
    way = CompletionWay.EQUIVALENT if request.POST.get("way") == "equivalent" else CompletionWay.DONE
    try:
        services.complete_activity(enrolment=enrolment, activity=activity, way=way, signed_in=request.person)
    except services.NotAsked:
        raise Http404 from None
    enrolment.refresh_from_db(fields=["state"])
    view = study(request, enrolment, activity)
    if enrolment.state == EnrolmentState.COMPLETED:
        messages.success(request, _("You completed the course."))
        return redirect(view.course_url or "learning:home")
    following = view.next or next((s for s in view.trail if s.state in {"ahead", "skipped"} and s.url), None)
    return redirect(following.url if following else view.course_url or "learning:home")


@login_required
@require_POST
@led_on
def skip(request: SignedRequest, activity: UUID) -> HttpResponse:
    """Note that the learner leaves a skippable lesson for now, and show what she can do in its place."""
    enrolment = enrolment_or_404(request, activity)
    try:
        services.skip_activity(enrolment=enrolment, activity=activity)
    except services.NotAsked:
        raise Http404 from None
    return redirect(f"{study(request, enrolment, activity).here.url}#equivalente")


@login_required
@require_POST
@led_on
def reflect(request: SignedRequest, activity: UUID) -> HttpResponse:
    """Keep what the learner wrote for herself."""
    enrolment = enrolment_or_404(request, activity)
    form = ReflectionForm(request.POST)
    here = study(request, enrolment, activity).here.url
    if not form.is_valid():
        return render(request, "learning/note_refused.html", {"form": form, "back": here}, status=400)
    if form.cleaned_data["block"] not in notebook_questions(activity, enrolment.reader):
        form.add_error(
            None, _("The lesson does not ask this any more. Nothing that you had kept before is lost.")
        )
        return render(request, "learning/note_refused.html", {"form": form, "back": here}, status=404)
    keep_note(person=request.person, activity=activity, **form.cleaned_data)
    messages.success(request, _("Your note is kept. Only you can read it."))
    return redirect(f"{here}#{form.cleaned_data['block']}")


@login_required
@require_POST
@led_on
def start_quiz(request: SignedRequest, activity: UUID) -> HttpResponse:
    """Start an attempt, or go on with the one that is open."""
    enrolment = enrolment_or_404(request, activity)
    asked = manifest_of(enrolment.version).find(activity)
    if asked is None or asked.quiz is None:
        raise Http404
    if room_quizzes.is_closed(enrolment, activity):
        messages.info(request, str(REFUSAL_WORDS[Refusal.QUIZ_CLOSED]))
        return redirect(study(request, enrolment, activity).here.url)
    if not enrolment.course.open_now:
        messages.info(request, str(REFUSAL_WORDS[Refusal.COURSE_WITHDRAWN]))
        return redirect("learning:home")
    first = asked.is_before
    if first and has_begun_after(enrolment):
        messages.info(request, str(REFUSAL_WORDS[Refusal.TOO_LATE_FOR_BEFORE]))
        return redirect(study(request, enrolment, activity).here.url)
    try:
        attempt = start_attempt(
            # Under the record of the enrolment: what is done within it stays with it if a merge is undone.
            person=owner_of(enrolment, request.person),
            signed_in_as=other_record(enrolment.person_id, request.person),
            context=enrolment.key,
            quiz_key=quiz_to_begin(enrolment, asked) or asked.quiz,
            before=first,
            pass_mark=asked.pass_mark or 0,
            max_attempts=most_attempts(enrolment, asked),
            reader=enrolment.reader,
            # Nobody is hurried over what may stir what she lived.
            timed=not enrolment.course.sensitive,
        )
    except AttemptRefused as refused:
        messages.info(request, str(REFUSALS[refused.reason]))
        return redirect(study(request, enrolment, activity).here.url)
    return redirect("assessments:resume", key=attempt.key)
