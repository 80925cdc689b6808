"""The screen on which staff confirm or refuse one membership, met from the institution's page and the person's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from accounts import looking
from accounts.http import SignedRequest
from accounts.masking import name_of
from accounts.models import Person
from accounts.sight import sight_of
from institutions import confirming
from institutions.confirming import Reason, Refused
from institutions.models import Institution, Membership, MembershipState, RefusalReason
from institutions.opened import OWN_PAGE
from institutions.staff.acts import SCREEN, sent, show
from institutions.staff.policy import found
from programme.staff.people import staff_of

WORDS = {
    Reason.HER_OWN: gettext_lazy("This is your own. Somebody else says so."),
    Reason.STAFF_ONLY: gettext_lazy("Who speaks for an institution is confirmed by the programme's staff."),
    Reason.ERASED: gettext_lazy("The person is erased."),
    Reason.OVERLAPS: gettext_lazy(
        "This stands written already for some of those days. If it waits, confirm it; else choose a later day."
    ),
    Reason.ENDS_BEFORE: gettext_lazy("The last day would lie before the first."),
    Reason.NOT_YET: gettext_lazy("This day has not come yet. Write it down when it has."),
    Reason.MERGED_AWAY: gettext_lazy("This institution was merged into another one: write it down there."),
    Reason.OVER: gettext_lazy("It is over, and stays as it was: past figures rest on it."),
}


class DecideForm(forms.Form):
    """Whether the person works there; if not, why, from a closed list."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Does the person work there?"),
        choices=[
            ("confirm", gettext_lazy("Yes: confirm it in my name")),
            ("refuse", gettext_lazy("No: refuse it")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("If not, why"),
        choices=[("", "—"), *RefusalReason.choices],
        required=False,
        help_text=gettext_lazy("The person reads it in what is kept of her, and past figures rest on it."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a refusal."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("answer") == "refuse" and not data.get("reason"):
            self.add_error("reason", _("Say why."))
        return data


@SCREEN
def decide(request: SignedRequest, pk: int, membership: int) -> HttpResponse:
    """Confirm or refuse one membership; to who may do neither it does not exist."""
    user = staff_of(request)
    institution = found(user, pk, "view", "change")
    row = get_object_or_404(memberships_of(institution), pk=membership)
    against = confirming.why_not(row, user.person, on=timezone.localdate())
    if against == Reason.NOT_YOURS:
        raise Http404
    looking.kept_person(request, OWN_PAGE, row.person)
    form = DecideForm(sent(request)) if against is None else None
    if form and form.is_valid() and _decided(request, row, form):
        return redirect(back_of(request, institution, row.person))
    words = str(WORDS[against]) if against else _described(row)
    title = _("%(name)s at %(institution)s") % {
        "name": name_of(row.person, sight_of(user)),
        "institution": institution,
    }
    return show(request, institution, "decide" if form else "undecidable", title, form, words=words, row=row)


def memberships_of(institution: Institution) -> QuerySet[Membership]:
    """Return those of an institution, what was merged with it included."""
    same = Institution.objects.filter(canonical=institution.canonical_id)
    return Membership.objects.filter(institution__in=same).select_related("person", "institution__country")


def _decided(request: SignedRequest, row: Membership, form: DecideForm) -> bool:
    """Do what was answered; return whether it was done, else say in the form why not."""
    by = request.user.person
    try:
        if form.cleaned_data["answer"] == "confirm":
            confirming.confirm(membership=row, by=by)
            messages.success(request, _("It is confirmed."))
        else:
            confirming.refuse(membership=row, by=by, reason=form.cleaned_data["reason"])
            messages.success(request, _("It is refused, with its reason."))
    except Refused as refused:
        form.add_error(None, str(WORDS.get(refused.reason, "")))
        return False
    return True


def back_of(request: SignedRequest, institution: Institution, person: Person) -> str:
    """Return where she came from: the person's record, if the address says so."""
    if request.GET.get("desde") == "persona":
        return reverse("personas:inspect", args=[person.canonical_id or person.pk])
    return reverse("instituciones:inspect", args=[institution.pk])


def _described(row: Membership) -> str:
    said = {
        MembershipState.CLAIMED: _(
            "The person says so, and nobody has confirmed it: so far it gives nothing."
        ),
        MembershipState.CONFIRMED: _("It is confirmed. Refuse it only if that was a mistake."),
        MembershipState.REFUSED: _("It was refused. To confirm it takes that back."),
    }
    return said[MembershipState(row.state)]
