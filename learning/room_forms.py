"""The short forms of the room: a session, somebody without account, whom she is joined to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person, Sex
from learning.meeting import MOST_DAYS, Hours
from learning.models import Enrolment, EnrolmentState, Session

if TYPE_CHECKING:
    from learning.models import Cohort, WalkIn


def _time() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class SessionForm(forms.Form):
    """When and where a group meets."""

    title = forms.CharField(
        label=gettext_lazy("What it is about"),
        max_length=120,
        help_text=gettext_lazy("So that people recognise it. No names of people."),
    )
    place = forms.CharField(
        label=gettext_lazy("Place"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The room, or how to join it live online. No address of a shelter."),
    )
    day = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    begins = forms.TimeField(label=gettext_lazy("From"), widget=_time())
    ends = forms.TimeField(label=gettext_lazy("To"), widget=_time())
    breaks = forms.IntegerField(
        label=gettext_lazy("Minutes of breaks"), min_value=0, max_value=600, required=False
    )

    led_by = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who facilitates"),
        queryset=Person.objects.none(),
        to_field_name="key",
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("It stands on the sheet that people sign."),
    )

    def __init__(
        self,
        *args: Any,
        cohort: Cohort,
        by: Person | None = None,
        session: Session | None = None,
        **kwargs: Any,
    ) -> None:
        if session is not None:
            kwargs["initial"] = _as_planned(session)
        super().__init__(*args, **kwargs)
        self._ask_who_leads(cohort, by, session)
        self.helper = FormHelper()
        self.helper.add_input(Submit("submit", _("Save") if session else _("Add"), css_class="block"))

    def _ask_who_leads(self, cohort: Cohort, by: Person | None, session: Session | None) -> None:
        """Of the facilitators of the group, and of whoever is noted already; where there is one, nothing is asked."""
        noted = list(session.facilitators.all()) if session else []
        people = {one.pk: one for one in (*cohort.facilitators.order_by("display_name"), *noted)}
        if len(people) < 2:
            del self.fields["led_by"]
            return
        field: Any = self.fields["led_by"]
        field.queryset = Person.objects.filter(pk__in=people).order_by("display_name", "pk")
        field.initial = [one.key for one in noted or ([by] if by and by.pk in people else people.values())]

    @property
    def leaders(self) -> list[Person] | None:
        """Return who facilitates; None where nothing was asked."""
        return list(self.cleaned_data["led_by"]) if "led_by" in self.fields else None

    @property
    def hours(self) -> Hours:
        """Return the times that were said."""
        said = self.cleaned_data
        return Hours(said["day"], said["begins"], said["ends"], said["breaks"] or 0)


class NewSessionForm(SessionForm):
    """A session, and the same on the days that follow."""

    days = forms.IntegerField(
        label=gettext_lazy("On how many days in a row"), min_value=1, max_value=MOST_DAYS, initial=1
    )


def _as_planned(session: Session) -> dict[str, Any]:
    starts, ends = session.local_times
    return {
        "title": session.title,
        "place": session.place,
        "day": starts.date(),
        "begins": starts.time(),
        "ends": ends.time(),
        "breaks": session.break_minutes,
    }


class WalkInForm(forms.Form):
    """Somebody who came without account."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    institution = forms.CharField(
        label=gettext_lazy("Where does she work?"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    # What somebody answers, never what she looks like: empty is the usual answer.
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex, only if she says it"),
        choices=[("", gettext_lazy("Not asked")), *Sex.choices],
        required=False,
        help_text=gettext_lazy("For counts alone. It stands on no list and on no sheet."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("submit", _("Add as present"), css_class="btn-secondary"))


class JoinForm(forms.Form):
    """Which learner of the group somebody noted by name is."""

    enrolment = forms.ModelChoiceField(
        label=gettext_lazy("Who is it?"),
        queryset=Enrolment.objects.none(),
        empty_label=gettext_lazy("Choose"),
    )

    def __init__(self, *args: Any, walk_in: WalkIn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("submit", _("It is her"), css_class="block"))
        rows = Enrolment.objects.filter(cohort=walk_in.cohort).exclude(state=EnrolmentState.WITHDRAWN)
        field: Any = self.fields["enrolment"]
        field.queryset = rows.select_related("person").order_by("person__display_name", "pk")
        field.label_from_instance = lambda row: str(row.person)


class ScanForm(forms.Form):
    """A photograph or PDF of a signed sheet. What it really is, the service finds out."""

    file = forms.FileField(
        label=gettext_lazy("Photograph or PDF of the signed sheet"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
        help_text=gettext_lazy(
            "At most 10 MB. Only who runs this group can fetch it, and each time is kept."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("submit", _("Attach"), css_class="block"))


class ContentCodeForm(forms.Form):
    """The code with which activities open in the room."""

    code = forms.CharField(
        label=gettext_lazy("Code of the workshop"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text=gettext_lazy("Six digits. Who facilitates gives them in the room."),
    )


class SpokenCodeForm(forms.Form):
    """The code that is said in the room."""

    code = forms.CharField(
        label=gettext_lazy("Code of the room"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text=gettext_lazy("Six digits. They change every three minutes."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("submit", _("Go on"), css_class="block"))
