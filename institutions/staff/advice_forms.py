"""The form of technical advice: figures, a closed list of topics, and words that tell of nobody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from accounts.models import Person
from accounts.sight import NOTHING, sight_of
from institutions import seeing
from institutions.anonymous import Tells, tells
from institutions.models import WorkTopic
from institutions.naming import names_one_of
from institutions.words import TELLS

COUNTS = ("women", "men", "other", "unsaid")
NO_NAMES = gettext_lazy(
    "Never a person's name, contact data, a document or a case. «The team of the emergency room», not who."
)


def plain_words(text: str) -> str:
    """Return a text that tells of nobody, or refuse it and say why."""
    found = tells(text)
    if found:
        raise ValidationError(TELLS[found])
    return text


class _PlainForm(WagtailAdminModelForm):
    """A form whose words tell of nobody, nor of anybody whom its writer could find among the people."""

    def _plain(self, name: str) -> str:
        text = plain_words(self.cleaned_data[name])
        sight = sight_of(self.for_user) if self.for_user else NOTHING
        if sight.names and names_one_of(text, sight.within(Person.objects.not_erased(), "country")):
            raise ValidationError(TELLS[Tells.NAME])
        return text


class AdviceActionForm(_PlainForm):
    """One thing that was agreed."""

    def clean_text(self) -> str:
        """Refuse what tells of somebody."""
        return self._plain("text")

    def clean_done_on(self) -> Any:
        """Refuse a day to come."""
        day = self.cleaned_data.get("done_on")
        if day and day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day


class AdviceForm(_PlainForm):
    """One time that advice was given."""

    topics = forms.MultipleChoiceField(
        label=gettext_lazy("topics"), choices=WorkTopic.choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is not None:
            self.fields["institution"].queryset = seeing.institutions(self.for_user)
        for row in self.formsets["actions"].forms:
            row.for_user = self.for_user

    def clean_note(self) -> str:
        """Refuse what tells of somebody."""
        return self._plain("note")

    def clean_project(self) -> str:
        """Refuse what tells of somebody."""
        return self._plain("project")

    def clean_held_on(self) -> Any:
        """Refuse a day to come."""
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse advice to nobody."""
        data = super().clean()
        if not any(data.get(name) for name in COUNTS):
            self.add_error("women", _("Say how many people took part: at least one."))
        return data

    def is_valid(self) -> bool:
        """Look at the actions' dates too."""
        good = super().is_valid()
        return self._check_actions() and good if self.is_bound else good

    def _check_actions(self) -> bool:
        held_on, good = getattr(self, "cleaned_data", {}).get("held_on"), True
        for form in self.formsets["actions"].forms:
            row = getattr(form, "cleaned_data", None)
            if not row or row.get("DELETE") or not held_on:
                continue
            for name in ("due_on", "done_on"):
                if row.get(name) and row[name] < held_on:
                    form.add_error(name, _("This is before the day on which it was agreed."))
                    good = False
        return good

    def save(self, commit: bool = True) -> Any:
        """Save, with who recorded it."""
        if self.instance.pk is None and self.for_user is not None:
            self.instance.recorded_by = self.for_user.person
        return super().save(commit=commit)
