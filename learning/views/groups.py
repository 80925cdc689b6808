"""What a facilitator does around a group: opens it, sends its link, enrols by list, answers requests, moves people."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import limits, looking, notices
from accounts.http import SignedRequest
from accounts.models import Role
from learning import choosing, joining, listing, moving, opening, services
from learning.group_forms import ListForm, MoveForm, NewCohortForm
from learning.models import Cohort, Enrolment, JoinRequest, RequestState
from learning.opened import GROUP
from learning.queries.groups import listed_lines, requests_screen
from learning.queries.invitation import sending, why_nobody_joins
from learning.views.facilitators import own_cohort_or_404, own_cohorts
from learning.words_of_groups import NOT_MOVED, NOT_OPENED, say_refused

# A list tells whether somebody signs in by an address: not so often that addresses can be tried.
LISTS = limits.Limit("lists", 20, 60 * 60)
GROUP_CODES = limits.Limit("group-codes", 30, 60 * 60)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedRequest) -> HttpResponse:
    """Open a group by four answers; who may open none finds no such page."""
    if not opening.may_open(request.user):
        raise Http404
    form = NewCohortForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        try:
            cohort = opening.open_cohort(by=request.user, **form.cleaned_data)
        except opening.Refused as refused:
            form.add_error(None, str(NOT_OPENED[refused.reason]))
        else:
            messages.success(request, _("The group is open. Send its link."))
            return redirect("learning:cohort_link", cohort=cohort.key)
    return render(request, "learning/new_cohort.html", {"form": form}, status=400 if form.errors else 200)


@login_required
@require_safe
def link(request: SignedRequest, cohort: UUID) -> HttpResponse:
    """Show the link of a group, with a text ready to be sent and a picture to be scanned."""
    row = own_cohort_or_404(request, cohort)
    context = {"cohort": row, "sending": sending(request, row), "closed": why_nobody_joins(row)}
    return render(request, "learning/cohort_link.html", context)


@login_required
@require_safe
def requests(request: SignedRequest, cohort: UUID) -> HttpResponse:
    """Show who asks to join and who waits for a seat."""
    row = own_cohort_or_404(request, cohort)
    view = requests_screen(row)
    looking.kept_list(request, GROUP, rows=view.named, role=Role.FACILITATOR, group_id=row.pk)
    return render(request, "learning/cohort_requests.html", {"view": view})


@login_required
@require_POST
def answer(request: SignedRequest, asked: UUID) -> HttpResponse:
    """Accept a request to join one of the facilitator's groups, or refuse it with a reason."""
    row = get_object_or_404(
        JoinRequest.objects.select_related("cohort", "person"), key=asked, cohort__in=own_cohorts(request)
    )
    accept, reason = request.POST.get("answer") == "accept", request.POST.get("reason", "")
    try:
        done = joining.answer_request(
            request=row, accept=accept, by=request.person, reason=reason.replace("\x00", "")
        )
    except joining.NoReason:
        messages.error(request, _("Say why: the person reads it."))
    except joining.NotYours:
        messages.info(request, _("It was answered already: nothing was changed."))
    except services.Refused as refused:
        messages.error(request, say_refused(refused.reason))
    else:
        _tell_answer(request, done, accept=accept)
    return redirect("learning:cohort_requests", cohort=row.cohort.key)


def _tell_answer(request: SignedRequest, done: JoinRequest, *, accept: bool) -> None:
    if accept and done.state == RequestState.REFUSED:
        messages.info(
            request,
            _(
                "She takes this course in another group already: her request is closed. She can change groups."
            ),
        )
        return
    messages.success(request, str(done.get_state_display()))


@login_required
@require_POST
def take_back(request: SignedRequest, asked: UUID) -> HttpResponse:
    """Let a person take her own request back."""
    row = get_object_or_404(
        JoinRequest.objects.select_related("cohort"),
        key=asked,
        person__canonical_id=request.person.canonical_id,
    )
    try:
        joining.take_back(request=row, person=request.person)
    except joining.NotYours:
        messages.info(request, _("It was answered already: nothing was changed."))
    else:
        messages.success(request, _("Taken back."))
    return redirect("learning:home")


@login_required
@require_http_methods(["GET", "POST"])
def enrol_by_list(request: SignedRequest, cohort: UUID) -> HttpResponse:
    """Enrol the people of a pasted list, and tell of each line what came of it."""
    row = own_cohort_or_404(request, cohort)
    form = ListForm(request.POST if request.method == "POST" else None)
    context = {"cohort": row, "form": form}
    if not form.is_valid():
        status = 400 if form.errors else 200
        return render(request, "learning/cohort_list.html", context, status=status)
    try:
        limits.count(LISTS, str(request.person.key))
        lines = listing.read_list(form.cleaned_data["people"])
        people = [line.person for line in lines if line.person]
        result = listing.enrol_list(cohort=row, people=people, by=request.person)
    except limits.TooMany as refusal:
        context["wait"] = notices.wait(refusal.minutes)
        return render(request, "learning/cohort_list.html", context, status=429)
    except services.Refused as refused:
        form.add_error(None, say_refused(refused.reason))
        return render(request, "learning/cohort_list.html", context, status=409)
    context |= {"lines": listed_lines(lines, result.lines), "said": _said(result.enrolled)}
    return render(request, "learning/cohort_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def choose(request: SignedRequest, cohort: UUID) -> HttpResponse:
    """Choose people of one of the reader's other groups or institutions, and enrol them."""
    row = own_cohort_or_404(request, cohort)
    word = request.POST.get("de", "") or request.GET.get("de", "")
    people = choosing.people_of(word, request.person, row)
    ticked = choosing.chosen(request.POST.getlist("people"), people)
    looking.kept_list(request, GROUP, rows=len(people), role=Role.FACILITATOR, group_id=row.pk)
    context = {
        "cohort": row,
        "sources": choosing.sources(request.person, row),
        "word": word,
        "people": people,
    }
    if request.method == "GET":
        return render(request, "learning/cohort_choose.html", context)
    if not ticked:
        context["refusal"] = _("Tick somebody first.")
        return render(request, "learning/cohort_choose.html", context, status=400)
    try:
        result = listing.enrol_list(cohort=row, people=ticked, by=request.person)
    except services.Refused as refused:
        context["refusal"] = say_refused(refused.reason)
        return render(request, "learning/cohort_choose.html", context, status=409)
    lines = [listing.Line(str(person), person) for person in ticked]
    told = {"cohort": row, "lines": listed_lines(lines, result.lines), "said": _said(result.enrolled)}
    return render(request, "learning/cohort_list.html", told)


def _said(number: int) -> str:
    words = ngettext("%(n)s person was enrolled.", "%(n)s people were enrolled.", number)
    return words % {"n": number}


@login_required
@require_http_methods(["GET", "POST"])
def move(request: SignedRequest, enrolment: UUID) -> HttpResponse:
    """Let a learner of one of the facilitator's groups go on in another one."""
    row = get_object_or_404(
        Enrolment.objects.active().select_related("cohort", "person"),
        key=enrolment,
        cohort__in=own_cohorts(request),
    )
    looking.kept_list(request, GROUP, rows=1, role=Role.FACILITATOR, group_id=row.cohort_id)
    form = MoveForm(request.POST if request.method == "POST" else None, enrolment=row, by=request.person)
    status = 200
    if form.is_bound:
        try:
            limits.count(GROUP_CODES, str(request.person.key))
            if form.is_valid():
                return _moved(request, row, form)
        except limits.TooMany as refusal:
            form.add_error(None, notices.wait(refusal.minutes))
            status = 429
        except moving.Refused as refused:
            form.add_error(None, str(NOT_MOVED[refused.reason]))
    status = status if status != 200 or not form.errors else 400
    return render(request, "learning/move.html", {"enrolment": row, "form": form}, status=status)


def _moved(request: SignedRequest, row: Enrolment, form: MoveForm) -> HttpResponse:
    left, way = row.cohort, row.modality
    answers = form.cleaned_data
    moving.change_cohort(enrolment=row, to=answers["to"], by=request.person, reason=answers["reason"])
    messages.success(
        request, _("She goes on in «%(group)s», with all that she did.") % {"group": answers["to"].name}
    )
    if answers["to"].modality != way:
        words = _("From now on she completes the course in this way: «%(way)s».")
        messages.info(request, words % {"way": answers["to"].get_modality_display()})
    if not isinstance(left, Cohort):
        return redirect("learning:cohorts")
    return redirect("learning:cohort", cohort=left.key)
