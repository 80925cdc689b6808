"""The short forms of learners."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.versions import Course
from institutions.models import EndReason
from learning.models import Cohort, Reflection
from programme.models import Country

AT_ONCE = 200


class CountryForm(forms.Form):
    """The country of work, confirmed at enrolment: the course's rule is evaluated for it."""

    country = forms.ModelChoiceField(
        label=_("Country where you work"),
        queryset=Country.objects.all(),
        empty_label=_("Choose"),
        help_text=_("Some lessons, questions and help lines differ by country."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("submit", _("Enrol me"), css_class="block"))


class OtherCountryForm(CountryForm):
    """The country asked about, before anything changes. `offered`: where the course is open, none is everywhere.

    Only these are listed; what else is sent is refused by the rule, which has words for it.
    """

    def __init__(self, *args: Any, offered: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if offered:
            rows = [(country.pk, str(country)) for country in Country.objects.filter(pk__in=offered)]
            self.fields["country"].widget.choices = [("", _("Choose")), *rows]  # type: ignore[attr-defined]  # a Select
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        self.helper.add_input(Submit("", _("See what changes"), css_class="block"))


class LeftForm(forms.Form):
    """The last day of a colleague, and which of two things became of her."""

    ends_on = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Today, or a day before. It counts at once."),
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[(one.value, one.label) for one in (EndReason.LEFT, EndReason.ANOTHER_UNIT)],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].initial = timezone.localdate


class CodeForm(CountryForm):
    """A code that somebody was handed, and where she works."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_(
            "It is on the paper or in the message that you were given. Capitals and dashes do not matter."
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    field_order = ["code", "country"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whose profile says where she works confirms it by leaving it as it stands.
        self.fields["country"].required = not self.initial.get("country")


class NominationForm(forms.Form):
    """A course, or a group that takes one, and the people to whom it is proposed."""

    course = forms.ModelChoiceField(queryset=Course.objects.all(), to_field_name="key", required=False)
    # Whether the group takes the institution's people is asked by the service.
    cohort = forms.ModelChoiceField(
        queryset=Cohort.objects.select_related("course"), to_field_name="key", required=False
    )
    people = forms.TypedMultipleChoiceField(coerce=UUID)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        # Whose keys these are is asked of the database, by the service, in one query.
        self.fields["people"].choices = [  # type: ignore[attr-defined]  # a choice field
            (key, key) for key in data.getlist("people")[:AT_ONCE]
        ]

    def clean(self) -> dict[str, Any]:
        """Take the course of the group where one is named."""
        data = super().clean() or {}
        if data.get("cohort") and data.get("course") not in {None, data["cohort"].course}:
            self.add_error("cohort", _("This group takes another course. Choose the course or the group."))
        if data.get("cohort"):
            data["course"] = data["cohort"].course
        if not data.get("course"):
            self.add_error("course", _("Choose"))
        return data


class ReflectionForm(forms.Form):
    """A note in the private notebook. An empty one deletes what was there."""

    block = forms.RegexField(r"^[0-9A-Za-z-]{1,64}$")
    text = forms.CharField(max_length=Reflection._meta.get_field("text").max_length, required=False)
