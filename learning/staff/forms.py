"""The forms of cohorts and of enrolment codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from accounts.identifiers import users_named
from accounts.sight import sight_of
from learning import cohorts, joining, seats
from learning.models import Cohort
from learning.staff.permissions import OwnCourses, courses_for, own_courses

if TYPE_CHECKING:
    from accounts.models import Person, User


class CohortForm(WagtailAdminModelForm):
    """Facilitators are named by what they sign in with: a list of everybody would show strangers to each other."""

    people = forms.CharField(
        label=gettext_lazy("Facilitators"),
        help_text=gettext_lazy("E-mail, telephone or personal code; one a line."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    cancelled = forms.BooleanField(
        label=gettext_lazy("Cancelled"),
        help_text=gettext_lazy("It takes nobody any more. What people did in it stays."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self)
        self.fields["cancelled"].initial = self.instance.cancelled_at is not None
        if self.instance.pk:
            rows = self.instance.facilitators.select_related("user").order_by("pk")
            self.fields["people"].initial = "\n".join(
                _named(person.user) for person in rows if hasattr(person, "user")
            )

    def clean_people(self) -> list[Person]:
        """Return the people whom the lines name."""
        lines = [line.strip() for line in self.cleaned_data["people"].splitlines() if line.strip()]
        return [_person(line) for line in lines]

    def clean(self) -> dict[str, Any]:
        """Refuse another course for a cohort in which people are enrolled."""
        data = super().clean()
        moved = "course" in self.changed_data and self.instance.pk
        if moved and self.instance.enrolments.exists():
            self.add_error("course", _("People are enrolled in this cohort: its course stays."))
        start, end = data.get("starts_on"), data.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("It ends before it starts."))
        if is_nowhere(self, data.get("course"), data.get("country"), data.get("institution")):
            self.add_error("country", _("Say in which country the group learns."))
        self._check_seats(data.get("seats"))
        if self.instance.pk and cohorts.in_a_circle(self.instance, data.get("parent")):
            self.add_error("parent", _("The group would have trained its own facilitator."))
        return data

    def _check_seats(self, wanted: int | None) -> None:
        if wanted is None or not self.instance.pk:
            return
        taken = seats.taken(self.instance)
        if wanted < taken:
            words = _("%(taken)s people have a seat: there cannot be fewer.")
            self.add_error("seats", words % {"taken": taken})

    def save(self, commit: bool = True) -> Any:
        """Save the cohort with its code, its version and its facilitators; seats that were added take who waits."""
        cohorts.prepare(cohort=self.instance)
        if self.instance._state.adding:
            self.instance.opened_by = self.for_user.person
        cohort = super().save(commit=commit)
        if commit:
            cohorts.set_facilitators(cohort=cohort, people=self.cleaned_data["people"])
            cohorts.cancel(cohort=cohort, cancelled=self.cleaned_data["cancelled"])
            joining.fill_seats(cohort=cohort)
        return cohort


def narrow(form: WagtailAdminModelForm) -> None:
    """Offer, and take, own courses and their cohorts alone, and the countries that are seen."""
    offered = {
        "course": courses_for,
        "cohort": OwnCourses(Cohort).own,
        "parent": OwnCourses(Cohort).own,
    }
    for name in offered.keys() & form.fields.keys():
        form.fields[name].queryset = offered[name](form.for_user)
    sight = sight_of(form.for_user)
    for name, path in {"country": "pk", "institution": "country", "invited": "country"}.items():
        if name in form.fields:
            form.fields[name].queryset = sight.within(form.fields[name].queryset, path)


def is_nowhere(form: WagtailAdminModelForm, course: Any, *places: Any) -> bool:
    """Say whether something would stand in no country that its maker sees: she would never find it again."""
    if sight_of(form.for_user).whole or any(place is not None for place in places):
        return False
    return course is not None and not own_courses(form.for_user).filter(pk=course.pk).exists()


def _named(user: User) -> str:
    return user.email or user.phone or user.username


def _person(line: str) -> Person:
    found = users_named(line)
    if not found:
        raise ValidationError(_("Nobody signs in with «%(line)s».") % {"line": line})
    if len(found) > 1:
        raise ValidationError(
            _("«%(line)s» may be several people: write the number with its country.") % {"line": line}
        )
    return found[0].person


class EnrolmentCodeForm(WagtailAdminModelForm):
    """The code itself is made, never typed: nobody may guess it from the institution's name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self)

    def clean(self) -> dict[str, Any]:
        """Refuse a cohort of another course."""
        data = super().clean()
        cohort, course = data.get("cohort"), data.get("course")
        if cohort and course and cohort.course_id != course.pk:
            self.add_error("cohort", _("This cohort takes another course."))
        if is_nowhere(self, course, data.get("institution"), cohort):
            self.add_error("institution", _("Say for which institution or group the code is."))
        return data

    def save(self, commit: bool = True) -> Any:
        """Save, with a code."""
        self.instance.code = self.instance.code or cohorts.fresh_code()
        return super().save(commit=commit)
