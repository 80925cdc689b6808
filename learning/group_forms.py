"""The short forms of who facilitates: a new group, a list of people, another group for somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.sight import sight_of
from common.languages import content_language
from courses import versions
from courses.versions import Course
from learning import joining, services
from learning.listing import AT_ONCE
from learning.models import Cohort
from learning.opening import courses_to_open, trained_in
from learning.queries.groups import groups_to_go_on
from programme.models import Country

if TYPE_CHECKING:
    from accounts.models import Person, User
    from learning.models import Enrolment

LONGEST_LIST = 60_000


def _helper(words: str) -> FormHelper:
    helper = FormHelper()
    helper.add_input(Submit("submit", words, css_class="block"))
    return helper


class _CourseField(forms.ModelChoiceField):
    """A course by the title that its readers know."""

    titles: dict[Any, str]

    def label_from_instance(self, obj: Any) -> str:
        return self.titles.get(obj.key) or str(obj)


class NewCohortForm(forms.Form):
    """Four answers, on a telephone in the field. Everything else about a group can be said afterwards.

    Only who was trained in a group herself is asked for a fifth: on which of them this one hangs.
    """

    course = _CourseField(label=gettext_lazy("Course"), queryset=Course.objects.none(), empty_label=None)
    name = forms.CharField(
        label=gettext_lazy("Name of the group"),
        max_length=120,
        help_text=gettext_lazy("So that people recognise it: «Night shift, December»."),
    )
    starts_on = forms.DateField(
        label=gettext_lazy("First day"),
        required=False,
        help_text=gettext_lazy("Leave it empty if each begins when she can."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    country = forms.ModelChoiceField(
        label=gettext_lazy("Country"), queryset=Country.objects.all(), empty_label=gettext_lazy("Choose")
    )
    parent = forms.ModelChoiceField(
        label=gettext_lazy("Do you pass on what you learnt in one of these groups?"),
        queryset=Cohort.objects.none(),
        required=False,
        empty_label=gettext_lazy("No"),
        help_text=gettext_lazy(
            "Whoever trained you sees that your group came of it, and how many take part."
        ),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs["initial"] = {"country": user.person.country_id, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.helper = _helper(_("Open the group"))
        self._offer(courses_to_open(user))
        self._ask_where_trained(user.person)
        if user.has_perm("learning.add_cohort"):
            country: Any = self.fields["country"]
            country.queryset = sight_of(user).within(country.queryset, "pk")

    def _ask_where_trained(self, person: Person) -> None:
        """Ask only whom it concerns."""
        rows = trained_in(person)
        if not rows.exists():
            del self.fields["parent"]
            return
        field: Any = self.fields["parent"]
        field.queryset = rows
        field.label_from_instance = lambda cohort: cohort.name

    def _offer(self, rows: Any) -> None:
        """Offer the courses that are open, each by its title."""
        words = versions.many_course_words(list(rows), language=content_language())
        field: Any = self.fields["course"]
        live = [key for key, said in words.items() if said.live]
        # Of several none is chosen beforehand: whoever hurries would send the link of the first one.
        field.empty_label = _("Choose") if len(live) > 1 else None
        field.queryset = rows.filter(key__in=live)
        field.titles = {key: said.title for key, said in words.items()}


class ListForm(forms.Form):
    """The people whom a facilitator enrols together."""

    people = forms.CharField(
        label=gettext_lazy("People"),
        max_length=LONGEST_LIST,
        help_text=gettext_lazy("E-mail, telephone or personal code; one a line, up to 500."),
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(_("Enrol them"))

    def clean_people(self) -> str:
        """Refuse a list that is longer than what is enrolled together."""
        text: str = self.cleaned_data["people"]
        number = sum(1 for line in text.splitlines() if line.strip())
        if number > AT_ONCE:
            raise ValidationError(
                _("These are %(n)s lines: send at most %(most)s at once.") % {"n": number, "most": AT_ONCE}
            )
        return text


class MoveForm(forms.Form):
    """One of her own groups, or the code that another facilitator gave her; and why."""

    to = forms.ModelChoiceField(
        label=gettext_lazy("A group of yours"),
        queryset=Cohort.objects.none(),
        required=False,
        empty_label=gettext_lazy("Another facilitator's"),
    )
    code = forms.CharField(
        label=gettext_lazy("Code of the other group"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Ask whoever facilitates it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        help_text=gettext_lazy("Both facilitators read it, and so may she. No reasons of health."),
    )

    def __init__(self, *args: Any, enrolment: Enrolment, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(_("Let her go on there"))
        own = [cohort.pk for cohort in groups_to_go_on(enrolment, by)]
        to: Any = self.fields["to"]
        to.queryset = Cohort.objects.filter(pk__in=own)
        to.label_from_instance = lambda cohort: f"{cohort.name} · {cohort.get_modality_display()}"

    def clean(self) -> dict[str, Any]:
        """Return the group, by choice or by code."""
        data = super().clean() or {}
        if not data.get("to"):
            data["to"] = self._by_code(data.get("code", ""))
        return data

    def _by_code(self, code: str) -> Cohort | None:
        try:
            found = joining.find_code(code, on=timezone.localdate()).cohort
        except services.Refused:
            found = None
        if found is None:
            self.add_error("code", _("No group has this code."))
        return found
