"""Adds to the profile where a person works, and gives that part to who asks for her data."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts import doors, privacy, profile_parts
from accounts.models import Person
from institutions import employer, leaving, services
from institutions.models import DuplicateSuggestion, Institution, Membership

FIELD = "institution"
LABELS = {
    "institution": _("Institution"),
    "role": _("Role"),
    "state": _("State"),
    "position": _("What you do"),
    "refusal": _("Why it was not confirmed"),
    "starts_on": _("Since"),
    "ends_on": _("Until"),
    "end_reason": _("Why it ended"),
}

WORK = "the work of whoever did it, on what belongs to an institution"
GUESS = "a guess that two records are one person, which would tell her of somebody else; deleted with her"
ACTS = {
    **dict.fromkeys(
        [
            "institutions.AdviceRecord.recorded_by",
            "institutions.Agreement.recorded_by",
            "institutions.AssignedUnit.assigned_by",
            "institutions.DuplicateSuggestion.decided_by",
            "institutions.FormerPaper.replaced_by",
            "institutions.InstitutionMerge.merged_by",
            "institutions.InstitutionMerge.undone_by",
            "institutions.InstitutionName.recorded_by",
            "institutions.Membership.confirmed_by",
            "institutions.Membership.ended_by",
            "institutions.Membership.refused_by",
            "institutions.ShelterPlace.updated_by",
        ],
        WORK,
    ),
    "institutions.AgreementReminder.person": "that she was reminded of an agreement by her task",
    "institutions.DuplicateSuggestion.first": GUESS,
    "institutions.DuplicateSuggestion.second": GUESS,
}


class ByCountry(forms.models.ModelChoiceIterator):
    """The institutions under the names of their countries: the list works without script."""

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        """Yield «none» first, then a group a country."""
        yield ("", self.field.empty_label)
        for country, rows in groupby(self.queryset, key=lambda row: row.country):
            yield (str(country), [self.choice(row) for row in rows])


class InstitutionField(forms.ModelChoiceField):
    """One institution, or none."""

    iterator = ByCountry

    def label_from_instance(self, obj: Institution) -> str:
        """Return the whole name: short names are not known to everybody."""
        return obj.name


def fields(person: Person | None) -> dict[str, forms.Field]:
    """Return the field with the present institution chosen."""
    offered = (
        Institution.objects.standing()
        .select_related("country")
        .order_by("country__position", "country_id", "name")
    )
    return {
        FIELD: InstitutionField(
            offered,
            label=_("Institution"),
            required=False,
            empty_label=_("Independent, grassroots group, or not in the list"),
            initial=services.current_institution(person) if person and person.pk else None,
            help_text=_(
                "To confirm that you work there it sees your name on screen, what you do and since when. Of the rest of"
                " your profile it sees nothing. What more it may know you decide under «Who sees my data»."
            ),
        )
    }


def notes(person: Person) -> list[str]:
    """Tell what somebody else ended, until she says anew where she works."""
    said = _(
        "%(institution)s says that since %(day)s this holds no longer: %(reason)s. If that is not so, choose "
        "where you work and save: it is asked again."
    )
    return [
        str(said)
        % {
            "institution": row.institution,
            "day": date_format(row.ends_on, "DATE_FORMAT") if row.ends_on else "",
            "reason": row.get_end_reason_display(),
        }
        for row in leaving.ended_for_her(person)
    ]


def save(*, person: Person, answers: dict[str, Any]) -> None:
    """Keep the answer."""
    services.claim_membership(person=person, institution=answers.get(FIELD))


def join(*, person: Person, institution: Institution, by: Person) -> None:
    """Keep where a person works to whom a facilitator hands out a code."""
    services.claim_membership(person=person, institution=institution)


def export(person: Person) -> dict[str, Any]:
    """Return where the person has worked."""
    rows = Membership.objects.of(person).select_related("institution").order_by("starts_on")
    return {"memberships": [_membership(row) for row in rows]}


def _membership(row: Membership) -> dict[str, Any]:
    return {
        "institution": row.institution.name,
        "role": row.get_role_display(),
        "state": row.get_state_display(),
        "position": row.get_position_display(),
        "refusal": row.get_refusal_display(),
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "end_reason": row.get_end_reason_display(),
    }


def erase(person: Person) -> None:
    """Forget where she worked, and that she may be somebody else; enrolments have copied what past reports count."""
    Membership.objects.filter(person=person).delete()
    DuplicateSuggestion.objects.filter(Q(first=person) | Q(second=person)).delete()


def register() -> None:
    """Add this room's parts to those of the rooms below."""
    profile_parts.register(
        profile_parts.ProfilePart("institutions", fields=fields, save=save, choice=FIELD, notes=notes)
    )
    doors.register_employs(employer.employs)
    doors.register_join(join)
    privacy.register(
        "institutions",
        export,
        erase,
        title=_("Where you work"),
        labels={**LABELS, "memberships": _("Institutions")},
        covers={"institutions.Membership.person"},
    )
    privacy.note_acts(ACTS)
