"""The forms about institutions: the institution itself, its names, who took over, merges, units, a shelter's place."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from accounts.models import PositionCategory
from accounts.sight import sight_of
from institutions import counterparts, history, languages
from institutions.lineage import Reason, Refused
from institutions.lineage_words import REFUSALS
from institutions.locking import lock_lineage
from institutions.models import Institution, RouteStage
from institutions.places import Place
from institutions.staff.choosing import institution_chooser
from programme.models import Country, Division


class DivisionField(forms.ModelChoiceField):
    """A department or state, with its country: there is a San Marcos, a La Paz and a Santa Bárbara more than once."""

    def label_from_instance(self, obj: Division) -> str:
        """Name both."""
        return f"{obj.country}: {obj.name}"


class InstitutionField(forms.ModelChoiceField):
    """An institution by its whole name."""

    def label_from_instance(self, obj: Institution) -> str:
        """Return the whole name: short names are not known to everybody."""
        return obj.name


def _ticks(label: Any, choices: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


class InstitutionForm(WagtailAdminModelForm):
    """What is closed is ticked; the division must lie in the country, and no unit stands above its parent."""

    division = DivisionField(
        label=_("department or state"),
        queryset=Division.objects.select_related("country").order_by("country__position", "name"),
        required=False,
    )
    parent = InstitutionField(
        label=_("unit of"),
        queryset=Institution.objects.none(),
        required=False,
        widget=institution_chooser.widget_class,
        help_text=_("A hospital is a unit of its ministry: together they count as one counterpart."),
    )
    route_stages = _ticks(
        _("stages of the route"), RouteStage.choices, _("Where it meets people. Lessons may depend on it.")
    )
    languages = _ticks(_("languages served"), languages.CHOICES, _("Those in which somebody there attends."))
    priority_posts = _ticks(
        _("priority posts"), PositionCategory.choices, _("Whom the institution wants to be trained first.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Institution.objects.standing().exclude(pk=self.instance.pk).order_by("country", "name")
        self.fields["parent"].queryset = offered.only("pk", "name", "short_name", "country_id")
        sight = sight_of(self.for_user)
        for name, path in {"country": "pk", "division": "country", "parent": "country"}.items():
            self.fields[name].queryset = sight.within(self.fields[name].queryset, path)

    def clean(self) -> dict[str, Any]:
        """Refuse a division of another country and a circle of parents."""
        data = super().clean()
        division, country = data.get("division"), data.get("country")
        if division and country and division.country_id != country.pk:
            self.add_error("division", _("This division lies in another country."))
        self._check_name(data.get("name"), country)
        self._check_parent(data.get("parent"))
        self._check_countries(data)
        self._check_beginning(data.get("began_on"))
        return data

    def _check_name(self, name: str | None, country: Country | None) -> None:
        """Refuse a second entry of the same name in other letters; who changes neither is not stopped by an old one."""
        if not name or not country or not {"name", "country"} & set(self.changed_data):
            return
        if history.namesake(name=name, country=country.pk, besides=self.instance.pk):
            self.add_error("name", ValidationError(REFUSALS[Reason.NAME_TAKEN]))

    def _check_countries(self, data: dict[str, Any]) -> None:
        """Refuse a parent in another country, and to leave the units behind; what is known so already stays."""
        if not {"country", "parent", "sector"} & set(self.changed_data) or not data.get("country"):
            return
        country, sector, parent = data["country"].pk, data.get("sector", ""), data.get("parent")
        if parent and counterparts.is_abroad(country, sector, parent.country_id):
            self.add_error("parent", ValidationError(REFUSALS[Reason.PARENT_ABROAD]))
        units = self.instance.units.standing() if self.instance.pk else ()
        if any(counterparts.is_abroad(unit.country_id, unit.sector, country) for unit in units):
            self.add_error("country", ValidationError(REFUSALS[Reason.UNITS_ABROAD]))

    def _check_beginning(self, began_on: dt.date | None) -> None:
        """Hold to the order of names and successors, as the page of names does; what is known otherwise stays."""
        if began_on is None or "began_on" not in self.changed_data:
            return
        if self.instance.pk is None:
            if began_on > timezone.localdate():
                self.add_error("began_on", ValidationError(REFUSALS[Reason.IN_THE_FUTURE]))
        elif reason := history.why_not_since(institution=self.instance, began_on=began_on):
            self.add_error("began_on", ValidationError(REFUSALS[reason]))

    def _check_parent(self, parent: Institution | None) -> None:
        if reason := counterparts.why_not_under(institution=self.instance, parent=parent):
            self.add_error("parent", ValidationError(REFUSALS[reason]))

    def save(self, commit: bool = True) -> Institution:
        """Save; raises Refused if somebody else has just made the parent one of its units."""
        with transaction.atomic():
            lock_lineage()
            reason = counterparts.why_not_under(
                institution=self.instance, parent=self.cleaned_data.get("parent")
            )
            if reason:
                raise Refused(reason)
            saved: Institution = super().save(commit=commit)
        return saved


class RenameForm(forms.Form):
    """The new name and its first day."""

    name = forms.CharField(label=_("New name"), max_length=200)
    short_name = forms.CharField(label=_("New short name"), max_length=60, required=False)
    on = forms.DateField(
        label=_("In force since"),
        widget=AdminDateInput,
        help_text=_("The present name ends the day before."),
    )


class FormerNameForm(forms.Form):
    """A name from before."""

    name = forms.CharField(label=_("Former name"), max_length=200)
    short_name = forms.CharField(label=_("Its short name"), max_length=60, required=False)
    starts_on = forms.DateField(
        label=_("First day"),
        required=False,
        widget=AdminDateInput,
        help_text=_("Empty if nobody knows: then it was the first."),
    )
    ends_on = forms.DateField(label=_("Last day"), widget=AdminDateInput)


class SuccessorForm(forms.Form):
    """The last day of an institution."""

    ends_on = forms.DateField(
        label=_("Last day of the one that ended"),
        widget=AdminDateInput,
        help_text=_("The successor took over the day after."),
    )


class ReasonForm(forms.Form):
    """Why: whoever reads it in a year was not there."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("For whoever reads it in a year. Nobody's name, no address of a shelter."),
    )


class UnitsForm(forms.Form):
    """Which units a focal point looks after."""

    units = forms.ModelMultipleChoiceField(
        label=_("Units"),
        queryset=Institution.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "With each unit goes what is below it. The institution itself means all its units, new ones too."
        ),
    )

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = offered  # type: ignore[attr-defined]  # a field of choices


class PlaceForm(forms.Form):
    """Where a shelter is exactly."""

    address = forms.CharField(
        label=_("Address and how to get there"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )
    latitude = forms.DecimalField(
        label=_("Latitude"),
        required=False,
        max_digits=8,
        decimal_places=5,
        validators=[MinValueValidator(Decimal(-90)), MaxValueValidator(Decimal(90))],
        help_text=_("In degrees, such as 14.90890"),
    )
    longitude = forms.DecimalField(
        label=_("Longitude"),
        required=False,
        max_digits=8,
        decimal_places=5,
        validators=[MinValueValidator(Decimal(-180)), MaxValueValidator(Decimal(180))],
        help_text=_("In degrees, such as -92.26480"),
    )

    def clean(self) -> dict[str, Any]:
        """Take both coordinates or none."""
        data = super().clean() or {}
        if (data.get("latitude") is None) != (data.get("longitude") is None) and not self.errors:
            raise ValidationError(_("Write both coordinates, or none."))
        return data

    def place(self) -> Place:
        """Return what was written."""
        data = self.cleaned_data
        return Place(data["address"].strip(), data["latitude"], data["longitude"])
