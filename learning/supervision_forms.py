"""The form of supervision: figures, closed lists, and words that tell of nobody; and who is due for a refresher."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.anonymous import tells
from institutions.models import WorkTopic
from institutions.words import TELLS
from learning.models import Cohort, SupervisionKind
from learning.models.supervision import MOST_MINUTES
from learning.supervising import Agreed, Entry

if TYPE_CHECKING:
    from learning.models import SupervisionSession
    from learning.queries.supervision import RefreshersScreen

AGREED = 3
MOST_PEOPLE = 500
NO_NAMES = gettext_lazy("Never a person's name, contact data, a document or a case.")


def _day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST_PEOPLE, initial=0, required=False)


class SupervisionForm(forms.Form):
    """One time of supervision, with up to three things that were agreed."""

    held_on = _day(gettext_lazy("Day"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Supervision"), choices=SupervisionKind.choices, widget=forms.RadioSelect
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"), min_value=1, max_value=MOST_MINUTES, initial=60
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Topics"), choices=WorkTopic.choices, widget=forms.CheckboxSelectMultiple
    )
    women = _count(gettext_lazy("Women"))
    men = _count(gettext_lazy("Men"))
    other = _count(gettext_lazy("Another identity"))
    unsaid = _count(gettext_lazy("Not said"))

    def __init__(self, *args: Any, session: SupervisionSession | None = None, **kwargs: Any) -> None:
        if session is not None:
            kwargs["initial"] = {name: getattr(session, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        for number in range(1, AGREED + 1):
            self.fields[f"text_{number}"] = forms.CharField(
                label=_("Agreed action %(n)s") % {"n": number},
                max_length=200,
                required=False,
                help_text=NO_NAMES,
            )
            self.fields[f"due_{number}"] = _day(_("By when"), required=False)
        self.helper = FormHelper()
        self.helper.add_input(Submit("submit", _("Save"), css_class="block"))

    def clean_held_on(self) -> dt.date:
        """Refuse a day to come."""
        day: dt.date = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse words that tell of somebody, and what was agreed without a day."""
        data = super().clean() or {}
        for number in range(1, AGREED + 1):
            text = data.get(f"text_{number}", "")
            if found := tells(text):
                self.add_error(f"text_{number}", TELLS[found])
            if text and not data.get(f"due_{number}"):
                self.add_error(f"due_{number}", _("Say by when."))
        return data

    @property
    def entry(self) -> Entry:
        """Return what was written."""
        said = self.cleaned_data
        agreed = ((said[f"text_{n}"], said[f"due_{n}"]) for n in range(1, AGREED + 1))
        return Entry(
            kind=said["kind"],
            topics=tuple(said["topics"]),
            held_on=said["held_on"],
            minutes=said["minutes"],
            women=said["women"] or 0,
            men=said["men"] or 0,
            other=said["other"] or 0,
            unsaid=said["unsaid"] or 0,
            agreed=tuple(Agreed(text, day) for text, day in agreed if text),
        )


class RefresherForm(forms.Form):
    """Whom of those who completed a facilitator enrols once more, and in which of her groups."""

    people = forms.MultipleChoiceField(
        label=gettext_lazy("Who"), choices=(), widget=forms.CheckboxSelectMultiple
    )
    group = forms.ModelChoiceField(
        label=gettext_lazy("In which group of yours"),
        queryset=Cohort.objects.none(),
        empty_label=gettext_lazy("Choose"),
    )

    def __init__(self, *args: Any, view: RefreshersScreen, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["people"]
        people.choices = [(str(one.person.key), str(one.person)) for one in (*view.due, *view.later)]
        people.initial = [str(one.person.key) for one in view.due]
        group: Any = self.fields["group"]
        group.queryset = Cohort.objects.filter(pk__in=[one.pk for one in view.groups])
        group.label_from_instance = lambda cohort: cohort.name
        self.helper = FormHelper()
        self.helper.add_input(Submit("submit", _("Enrol them"), css_class="block"))
