"""The staff's screens that write down where somebody works or whom she speaks for, and that end it.

Whoever comes from an institution searches the person, whoever comes from a person searches the institution; among
those in sight alone. Then both stand on one page, and only there something is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.log_actions import log

from accounts import looking
from accounts.http import SignedRequest
from accounts.masking import name_of
from accounts.models import Person, User
from accounts.sight import sight_of
from institutions import confirming, leaving
from institutions.confirming import Reason, Refused
from institutions.models import Institution, Membership, MembershipRole
from institutions.staff.acts import SCREEN, sent, show
from institutions.staff.deciding import WORDS, back_of, memberships_of
from institutions.staff.policy import found, policy
from institutions.staff.writing_forms import EndForm, WriteDownForm
from programme.staff.people import staff_of

if TYPE_CHECKING:
    from accounts.querysets import PersonQuerySet

OFFERED = 20
LOOK = "people.search"


@dataclass(frozen=True)
class Offer:
    """Somebody, or some place, that a search found."""

    query: str
    name: str
    beside: str


@dataclass(frozen=True)
class Choosing:
    """What was found so far, and what is offered for what is missing."""

    asks_person: bool
    words: str
    carried: tuple[tuple[str, int], ...]
    offers: tuple[Offer, ...]
    more: bool


@SCREEN
def write_down(request: SignedRequest) -> HttpResponse:
    """Write down that somebody works at an institution, or speaks for it."""
    user = staff_of(request)
    if not confirming.may_write(user):
        raise Http404
    person, institution = _person(request, user), _institution(request, user)
    if person is None or institution is None:
        return _choose(request, person, institution)
    looking.kept_person(request, LOOK, person)
    form = WriteDownForm(sent(request), initial={"starts_on": timezone.localdate()})
    if form.is_valid() and _written(request, form, person, institution):
        return redirect(back_of(request, institution, person))
    words = _("%(name)s, at %(institution)s. It is confirmed by your writing it down, with your name.")
    said = words % {"name": name_of(person, sight_of(user)), "institution": institution}
    return show(request, institution, "act", _title(), form, words=said)


def _title() -> str:
    return _("Write down who works there")


def _written(request: SignedRequest, form: WriteDownForm, person: Person, institution: Institution) -> bool:
    said = form.cleaned_data
    try:
        row = confirming.record(
            person=record_for(person, said["role"]), institution=institution, by=request.user.person, **said
        )
    except Refused as refused:
        if refused.reason == Reason.NOT_YOURS:
            raise Http404 from None
        form.add_error(None, str(WORDS[refused.reason]))
        return False
    # The institution heads the line: a person's name in a log would outlive her erasure.
    log(institution, "institutions.membership_written", user=request.user, data={"membership": row.pk})
    messages.success(request, _("It is written down and confirmed."))
    return True


def record_for(person: Person, role: str) -> Person:
    """Return under which of her records it is written: who speaks for a place must meet it where she signs in."""
    if role != MembershipRole.FOCAL_POINT or hasattr(person, "user"):
        return person
    signing_in = Person.objects.the_same_as(person).filter(user__is_active=True)
    return signing_in.order_by("-user__last_login", "pk").first() or person


@SCREEN
def end(request: SignedRequest, pk: int, membership: int) -> HttpResponse:
    """Ask for the last day and the reason, and end a membership at once."""
    user = staff_of(request)
    institution = found(user, pk, "view", "change")
    row = get_object_or_404(memberships_of(institution).filter(ended_at__isnull=True), pk=membership)
    against = confirming.why_not(row, user.person, on=timezone.localdate())
    if against == Reason.NOT_YOURS:
        raise Http404
    looking.kept_person(request, LOOK, row.person)
    form = EndForm(sent(request)) if against is None else None
    if form and form.is_valid() and _ended(request, form, row):
        return redirect(back_of(request, institution, row.person))
    described = _(
        "%(name)s · %(role)s. What stands until that day stays; sight of the institution ends at once."
    )
    said = described % {"name": name_of(row.person, sight_of(user)), "role": row.get_role_display()}
    words = str(WORDS[against]) if against else said
    return show(
        request, institution, "act" if form else "undecidable", _("End it"), form, words=words, row=row
    )


def _ended(request: SignedRequest, form: EndForm, row: Membership) -> bool:
    try:
        leaving.end(membership=row, by=request.user.person, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(WORDS[refused.reason]))
        return False
    log(row.institution, "institutions.membership_ended", user=request.user, data={"membership": row.pk})
    messages.success(request, _("It has ended. What was open by it is closed from now on."))
    return True


def _number(request: SignedRequest, key: str) -> int | None:
    said = request.GET.get(key, "")
    return int(said) if said.isdecimal() and len(said) < 16 else None


def _person(request: SignedRequest, user: User) -> Person | None:
    pk = _number(request, "persona")
    return get_object_or_404(people_in_sight(user), pk=pk) if pk is not None else None


def people_in_sight(user: User) -> PersonQuerySet:
    """Return one record of everybody whom a reader sees by name."""
    people = Person.objects.one_each().not_erased().select_related("country")
    return cast("PersonQuerySet", sight_of(user).within(people, "country"))


def _institution(request: SignedRequest, user: User) -> Institution | None:
    pk = _number(request, "institucion")
    if pk is None:
        return None
    rows = policy().seen(user).select_related("country", "division", "parent", "canonical")
    institution: Institution = get_object_or_404(rows, pk=pk)
    return institution


def _choose(request: SignedRequest, person: Person | None, institution: Institution | None) -> HttpResponse:
    user, words = staff_of(request), request.GET.get("q", "").replace("\x00", "").strip()[:100]
    view = _people(user, words, institution) if person is None else _places(user, words, person)
    if view.asks_person:
        looking.kept_list(request, LOOK, rows=len(view.offers))
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": _title()}]
    frame = {"header_title": _title(), "header_icon": "group", "breadcrumbs_items": crumbs}
    said = {**frame, "view": view, "person": person and name_of(person, sight_of(user))}
    return render(request, "institutions/staff/choose.html", {**said, "institution": institution})


def _people(user: User, words: str, institution: Institution | None) -> Choosing:
    carried = (("institucion", institution.pk),) if institution else ()
    rows = (
        people_in_sight(user).named(words).order_by("folded_name", "pk") if words else Person.objects.none()
    )
    found_ones = list(rows[: OFFERED + 1])
    offers = tuple(
        _offer("persona", row.pk, _called(row), str(row.country or ""), carried) for row in found_ones
    )
    return Choosing(True, words, carried, offers[:OFFERED], len(offers) > OFFERED)


def others(user: User, person: Person, words: str) -> Choosing:
    """Offer who may be another record of somebody: people of that name in sight, herself left out."""
    said = words.replace("\x00", "").strip()[:100]
    rows = people_in_sight(user).exclude(pk=person.pk)
    rows = rows.named(said).order_by("folded_name", "pk") if said else rows.none()
    offers = tuple(Offer(str(row.pk), _called(row), str(row.country or "")) for row in rows[: OFFERED + 1])
    return Choosing(True, said, (), offers[:OFFERED], len(offers) > OFFERED)


def _called(person: Person) -> str:
    printed = person.certificate_name
    return f"{printed} ({person})" if printed and printed != str(person) else str(person)


def _places(user: User, words: str, person: Person) -> Choosing:
    carried = (("persona", person.pk),)
    rows = sight_of(user).within(Institution.objects.standing().named(words), "country")
    rows = rows.select_related("country", "division").order_by("name") if words else rows.none()
    found_ones = list(rows[: OFFERED + 1])
    offers = tuple(_offer("institucion", row.pk, row.name, row.public_place, carried) for row in found_ones)
    return Choosing(False, words, carried, offers[:OFFERED], len(offers) > OFFERED)


def _offer(key: str, pk: int, name: str, beside: str, carried: tuple[tuple[str, int], ...]) -> Offer:
    query = "&".join(f"{name}={value}" for name, value in (*carried, (key, pk)))
    back = "&desde=persona" if key == "institucion" else ""
    return Offer(f"?{query}{back}", name, beside)
