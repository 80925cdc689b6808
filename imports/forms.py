"""The forms of an import: the sheet, what its columns are, the answers to what it asks, the last word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from imports import opened
from imports.columns import FIELDS, Kind
from imports.models import Import, ImportKind
from imports.words_of_sheets import say_field
from learning.models import Cohort
from programme.models import Country

if TYPE_CHECKING:
    from accounts.models import User
    from imports.queries import Question

LARGEST = 20 * 1024 * 1024
ENDINGS = (".xlsx", ".csv", ".txt", ".tsv")


def _helper(words: str, **more: Any) -> FormHelper:
    helper = FormHelper()
    for name, value in more.items():
        setattr(helper, name, value)
    helper.add_input(Submit("submit", words, css_class="block"))
    return helper


class SheetForm(forms.Form):
    """The file, what its lines are, and of which group they are."""

    file = forms.FileField(
        label=gettext_lazy("The sheet"),
        help_text=gettext_lazy(
            "Excel (.xlsx) or CSV, at most 20 MB. It is kept where nobody else can fetch it."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("What its lines are"), choices=ImportKind.choices)
    cohort = forms.ModelChoiceField(
        label=gettext_lazy("Group"),
        queryset=Cohort.objects.none(),
        to_field_name="key",
        required=False,
        help_text=gettext_lazy("People are enrolled in it; attendance is of its sessions."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self._cohorts().queryset = opened.cohorts_of(user).order_by("-created_at")
        self.helper = _helper(_("Read the sheet"))

    def _cohorts(self) -> forms.ModelChoiceField:
        field = self.fields["cohort"]
        if not isinstance(field, forms.ModelChoiceField):
            raise TypeError("A group is chosen of a list")
        return field

    def clean_file(self) -> Any:
        """Refuse by size and ending before anything is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                _("The file is larger than 20 MB. Part it, or take pictures out of it.")
            )
        if not file.name.lower().endswith(ENDINGS):
            raise forms.ValidationError(_("Save it as .xlsx or .csv first."))
        return file

    def clean(self) -> dict[str, Any]:
        """Refuse what the reader may not bring, and attendance of no group."""
        said = super().clean() or {}
        cohort, kind = said.get("cohort"), said.get("kind")
        if kind == ImportKind.ATTENDANCE and cohort is None and "cohort" not in self.errors:
            self.add_error("cohort", _("Choose the group whose attendance it is."))
        elif kind and "cohort" not in self.errors and kind not in opened.kinds_for(self.user, cohort):
            self.add_error("kind", _("You can bring people and attendance of your groups. Choose the group."))
        return said

    def brought(self) -> dict[str, Any]:
        """Return the answers as the service takes them."""
        return {name: self.cleaned_data[name] for name in ("file", "kind", "cohort")}


class ColumnsForm(forms.Form):
    """What each column of the sheet is. What was said of the same headers before stands there already."""

    def __init__(self, data: Any = None, *, batch: Import) -> None:
        super().__init__(data)
        self.batch = batch
        sheet = batch.sheets[0] if batch.sheets else {"titles": {}, "columns": {}}
        said = {**sheet["columns"], **batch.mapping.get("columns", {})}
        fields = [(name, say_field(name)) for name in FIELDS[Kind(batch.kind)]]
        choices = [("", _("— leave it out —")), *fields]
        for letter, title in sheet["titles"].items():
            first = said.get(letter, "")
            more = [(first, say_field(first))] if first and first not in FIELDS[Kind(batch.kind)] else []
            self.fields[f"column-{letter}"] = forms.ChoiceField(
                label=f"{letter} · {title}"[:120], choices=[*choices, *more], required=False, initial=first
            )
        self.fields["country"] = forms.ModelChoiceField(
            label=_("Country of those whose line names none"),
            queryset=Country.objects.all(),
            required=False,
            initial=batch.mapping.get("defaults", {}).get("country", ""),
        )
        self.helper = _helper(_("Check the lines"))

    def columns(self) -> dict[str, str]:
        """Return what each column is; nothing for one that is left out."""
        cut = len("column-")
        return {name[cut:]: value for name, value in self.cleaned_data.items() if name.startswith("column-")}

    def more(self) -> dict[str, dict[str, str]]:
        """Return what holds for the whole sheet."""
        country = self.cleaned_data.get("country")
        return {"defaults": {"country": country.pk}} if country else {}


class AnswersForm(forms.Form):
    """The questions of a sheet, each with its choices; none needs to be answered at once."""

    def __init__(self, data: Any = None, *, batch: Import, questions: Iterable[Question]) -> None:
        super().__init__(data)
        self.keys: dict[str, str] = {}
        for number, question in enumerate(questions):
            name = f"q{number}"
            self.keys[name] = question.key
            words = f"{question.reason} «{question.value}»" if question.value else question.reason
            lines = _("Line %(line)s") % {"line": question.first}
            if question.lines > 1:
                lines = _("Line %(line)s and %(more)s more") % {
                    "line": question.first,
                    "more": question.lines - 1,
                }
            self.fields[name] = forms.ChoiceField(
                label=words,
                help_text=f"{lines}. {question.remedy}",
                choices=[("", _("— later —")), *question.choices],
                required=False,
            )
            # The page may be older than the questions: the key goes with the answer.
            self.fields[f"{name}-key"] = forms.CharField(
                widget=forms.HiddenInput, initial=question.key, required=False
            )
        self.helper = _helper(_("Check again with these answers"))

    def clean(self) -> dict[str, str]:
        """Return the answers by the keys of their questions; one to a question that changed place is left."""
        said = super().clean() or {}
        return {
            key: said[name]
            for name, key in self.keys.items()
            if said.get(name) and said.get(f"{name}-key") == key
        }


class ApplyForm(forms.Form):
    """The word of whoever applies a sheet of people."""

    of_age = forms.BooleanField(
        label=gettext_lazy("Everybody in this sheet is of age and knows that she is registered here.")
    )
