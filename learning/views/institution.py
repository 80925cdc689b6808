"""«My institution»: a focal point confirms who works there, proposes courses, and sees who completed them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import looking
from accounts.http import SignedRequest
from accounts.models import Person, Role
from common.languages import content_language
from courses.versions import course_words
from institutions import confirming, leaving
from institutions.counterparts import Kin, looked_after_by, read_kin
from institutions.models import Institution, Membership, RefusalReason
from institutions.opened import OWN_PAGE
from learning import nominating, services
from learning.access import Refusal
from learning.forms import CountryForm, LeftForm, NominationForm
from learning.models import Nomination
from learning.queries.institution import looked_after, own_institution
from learning.queries.invitation import completed_on
from learning.words import ENDING, REFUSALS, say_nominated


@login_required
@require_safe
def institutions(request: SignedRequest) -> HttpResponse:
    """Lead to the one institution that the reader looks after, or list them; who has none finds no such page."""
    places = looked_after(request.person)
    if not places:
        raise Http404
    if len(places) == 1:
        return redirect("learning:institution", institution=places[0].institution.key)
    return render(request, "learning/institutions.html", {"places": places})


@login_required
@require_safe
def institution(request: SignedRequest, institution: UUID) -> HttpResponse:
    """Show one institution that the reader looks after."""
    kin = read_kin()
    row, several = _hers_or_404(request, institution, kin)
    query = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    group = request.GET.get("grupo", "").replace("\x00", "").strip()[:100]
    page = request.GET.get("p", "1")
    view = own_institution(request, row, query=query, page=page, several=several, kin=kin, group=group)
    looking.kept_list(
        request,
        OWN_PAGE,
        rows=len(view.colleagues) + len(view.claims),
        role=Role.FOCAL_POINT,
        institution_id=row.pk,
    )
    return render(request, "learning/institution.html", {"view": view})


def _hers_or_404(request: SignedRequest, key: UUID, kin: Kin | None = None) -> tuple[Institution, bool]:
    looked = looked_after_by(request.person, kin)
    row = get_object_or_404(Institution.objects.select_related("canonical"), key=key, pk__in=looked)
    return (row.canonical or row), len(looked) > 1


@login_required
@require_POST
def confirm(request: SignedRequest, membership: int) -> HttpResponse:
    """Confirm that somebody works at an institution that the reader looks after, or say that she does not."""
    row = get_object_or_404(
        Membership.objects.select_related("institution", "person").working(),
        pk=membership,
        institution__in=looked_after_by(request.person),
    )
    try:
        if request.POST.get("answer") in RefusalReason.values:
            confirming.refuse(membership=row, by=request.person, reason=request.POST["answer"])
            messages.success(
                request, _("Kept. Who said so reads it in her details, and can say where she works.")
            )
        else:
            confirming.confirm(membership=row, by=request.person)
            messages.success(request, _("Confirmed."))
    except confirming.Refused as refused:
        if refused.reason == confirming.Reason.NOT_YOURS:
            raise Http404 from None
        messages.info(request, _("Nothing was changed: this is not for you to answer, or it is over."))
    return redirect("learning:institution", institution=row.institution.key)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def left(request: SignedRequest, membership: int) -> HttpResponse:
    """Ask for the last day of somebody who works no longer at an institution that the reader looks after."""
    rows = (
        Membership.objects.working().confirmed().filter(ends_on__isnull=True, person__erased_at__isnull=True)
    )
    row = get_object_or_404(
        rows.select_related("institution__canonical", "person__canonical")
        .filter(institution__in=looked_after_by(request.person))
        .exclude(person__canonical_id=request.person.canonical_id),
        pk=membership,
    )
    form = LeftForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _has_left(request, row, form):
        return redirect(
            "learning:institution", institution=(row.institution.canonical or row.institution).key
        )
    looking.kept_person(request, OWN_PAGE, row.person, Role.FOCAL_POINT)
    context = {"row": row, "form": form}
    return render(request, "learning/left.html", context, status=422 if form.errors else 200)


def _has_left(request: SignedRequest, row: Membership, form: LeftForm) -> bool:
    """End what she has there under whichever of her records; return whether it was done."""
    places = looked_after_by(request.person)
    same = Membership.objects.of(row.person).working().confirmed().filter(ends_on__isnull=True)
    try:
        with transaction.atomic():
            for each in same.filter(
                institution__canonical=row.institution.canonical_id, institution__in=places
            ):
                leaving.end(membership=each, by=request.person, **form.cleaned_data)
    except confirming.Refused as refused:
        form.add_error("ends_on", str(ENDING[refused.reason]))
        return False
    messages.success(request, _("Kept. The person reads it in the profile."))
    return True


@login_required
@require_POST
def nominate(request: SignedRequest, institution: UUID) -> HttpResponse:
    """Propose a course to the people ticked."""
    row, _several = _hers_or_404(request, institution)
    form = NominationForm(request.POST)
    if not form.is_valid():
        wrong = form.errors.get("cohort") or [_("Choose a course and tick at least one person.")]
        messages.error(request, str(wrong[0]))
        return redirect("learning:institution", institution=row.key)
    people = list(Person.objects.filter(key__in=form.cleaned_data["people"]).select_related("user"))
    answers = nominating.nominate(
        institution=row,
        people=people,
        course=form.cleaned_data["course"],
        cohort=form.cleaned_data["cohort"],
        by=request.person,
    )
    for said in say_nominated(answers):
        (messages.success if said.done else messages.info)(request, said.words)
    return redirect("learning:institution", institution=row.key)


@login_required
@require_POST
def take_back(request: SignedRequest, nomination: UUID) -> HttpResponse:
    """Take back a nomination that was not answered yet."""
    row = get_object_or_404(
        Nomination.objects.select_related("institution"),
        key=nomination,
        institution__in=looked_after_by(request.person),
    )
    if nominating.withdraw(nomination=row, by=request.person):
        messages.success(request, _("Taken back."))
    else:
        messages.info(request, _("It was answered already: nothing was changed."))
    return redirect("learning:institution", institution=row.institution.key)


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: SignedRequest, nomination: UUID) -> HttpResponse:
    """Let the person nominated read what her institution will see, and accept or decline."""
    row = get_object_or_404(
        Nomination.objects.select_related("institution", "course", "cohort"),
        key=nomination,
        person__canonical_id=request.person.canonical_id,
        state="open",
    )
    if request.method == "POST" and request.POST.get("answer") == "decline":
        nominating.decline(nomination=row, person=request.person)
        messages.success(request, _("Declined. Your institution is not told why."))
        return redirect("learning:home")
    standing = nominating.standing_of(row)
    if request.method == "POST" and standing is not None:
        return _share(request, row)
    form = CountryForm(
        request.POST if request.method == "POST" else None, initial={"country": request.person.country_id}
    )
    if request.method == "POST" and form.is_valid():
        return _accept(request, row, form)
    words = course_words(row.course, language=content_language(), request=request)
    context = {"nomination": row, "words": words, "form": form, "standing": standing} | {
        "completed_on": completed_on(request.person, row.course)
    }
    return render(request, "learning/nomination.html", context, status=400 if form.errors else 200)


def _share(request: SignedRequest, row: Nomination) -> HttpResponse:
    """She has the course already: accepting tells her institution of it, and enrols nobody."""
    try:
        nominating.accept(nomination=row, person=request.person)
    except nominating.NotYours:
        raise Http404 from None
    messages.success(
        request, _("Accepted. Your institution sees whether you completed the course, and when.")
    )
    return redirect("learning:home")


def _accept(request: SignedRequest, row: Nomination, form: CountryForm) -> HttpResponse:
    try:
        enrolment = nominating.accept(
            nomination=row, person=request.person, country=form.cleaned_data["country"]
        )
    except services.Refused as refused:
        messages.info(request, str(REFUSALS[Refusal(refused.reason)]))
        return redirect("learning:home")
    except nominating.NotYours:
        raise Http404 from None
    if enrolment is None:
        messages.info(request, _("Accepted. Below you read how your request to the group stands."))
        return redirect("learning:home")
    messages.success(request, _("You are enrolled. You can stop whenever you like: we keep your place."))
    return redirect("learning:resume", enrolment=enrolment.key)
