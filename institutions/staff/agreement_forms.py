"""The form of an agreement with its parties and addenda. What is wrong is said by `institutions.terms`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from institutions import former_papers, seeing, terms
from institutions.models import Agreement, PartyRole, WorkTopic
from institutions.papers import check_paper
from institutions.words import WRONG
from programme.models import Country

W = terms.Wrong
AT_FIELD = {
    W.SIGNED_IN_THE_FUTURE: "signed_on",
    W.SIGNED_WITHOUT_START: "starts_on",
    W.ENDS_BEFORE_IT_BEGINS: "ends_on",
    W.ENDED_UNSIGNED: "ended_on",
    W.ENDED_BEFORE_IT_BEGAN: "ended_on",
}
AT_ADDENDUM = {
    W.ADDENDUM_BEFORE_SIGNATURE: "signed_on",
    W.ADDENDUM_ENDS_TOO_EARLY: "new_ends_on",
    W.ADDENDUM_TO_A_DRAFT: "signed_on",
}
PAPER_HELP = gettext_lazy("PDF or DOCX, at most 10 MB. Only staff who look after agreements can open it.")


class PaperMixin:
    """Takes a file only if it is what it says."""

    cleaned_data: dict[str, Any]

    def clean_paper(self) -> Any:
        """Refuse what is no PDF or DOCX; what is kept already was asked when it came."""
        paper = self.cleaned_data.get("paper")
        if isinstance(paper, UploadedFile):
            check_paper(paper)
        return paper


class AddendumForm(PaperMixin, WagtailAdminModelForm):
    """One addendum."""


class AgreementForm(PaperMixin, WagtailAdminModelForm):
    """Topics and countries are ticked; parties and addenda are rows; a renewal names what it renews."""

    topics = forms.MultipleChoiceField(
        label=gettext_lazy("topics"),
        choices=WorkTopic.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    countries = forms.ModelMultipleChoiceField(
        label=gettext_lazy("countries"),
        queryset=Country.objects.filter(in_programme=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Where it applies. None: the countries of its institutions."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._papers = former_papers.papers_of(self.instance.pk)
        # Django's own words name columns of the database.
        self.formsets["parties"].get_unique_error_message = lambda checks: str(WRONG[terms.Wrong.PARTY_TWICE])
        if self.for_user is not None:
            self.fields["renews"].queryset = seeing.agreements(self.for_user)
            offered = seeing.institutions(self.for_user)
            for form in self.formsets["parties"].forms:
                form.fields["institution"].queryset = offered

    def clean(self) -> dict[str, Any]:
        """Refuse dates that do not go together, and a renewal that is none."""
        data = super().clean()
        dates = {name: data.get(name) for name in ("signed_on", "starts_on", "ends_on", "ended_on")}
        for reason in terms.wrong_dates(**dates, today=timezone.localdate()):
            self.add_error(AT_FIELD[reason], WRONG[reason])
        if data.get("renews"):
            self._check_renewal(data["renews"], data)
        return data

    def _check_renewal(self, former: Agreement, data: dict[str, Any]) -> None:
        reason = terms.wrong_renewal(
            me=self.instance.pk,
            former=_chain(former),
            former_signed=former.signed_on is not None,
            former_starts_on=former.starts_on,
            starts_on=data.get("starts_on"),
        )
        if reason:
            self.add_error("renews", WRONG[reason])
        elif Agreement.objects.filter(renews=former).exclude(pk=self.instance.pk).exists():
            self.add_error("renews", _("That one has a renewal already. Open it, and go on there."))

    def is_valid(self) -> bool:
        """Look at parties and addenda too, once each row is well formed."""
        good = super().is_valid()
        return self._check_rows() and good if self.is_bound else good

    def _check_rows(self) -> bool:
        return self._check_parties() and self._check_addenda()

    def _check_parties(self) -> bool:
        rows = [
            (row["institution"].pk, row.get("role") == PartyRole.SIGNATORY)
            for row in _rows(self.formsets["parties"])
            if row.get("institution")
        ]
        reasons = terms.wrong_parties(rows)
        for reason in reasons:
            self.formsets["parties"].non_form_errors().append(str(WRONG[reason]))
        return not reasons

    def _check_addenda(self) -> bool:
        good = True
        data = getattr(self, "cleaned_data", {})
        for form in self.formsets["addenda"].forms:
            row = getattr(form, "cleaned_data", None)
            if not row or row.get("DELETE") or not row.get("signed_on"):
                continue
            added = terms.Added(row["signed_on"], row.get("new_ends_on"))
            dates = {"signed_on": data.get("signed_on"), "starts_on": data.get("starts_on")}
            for reason in terms.wrong_addendum(added, **dates):
                form.add_error(AT_ADDENDUM[reason], ValidationError(WRONG[reason]))
                good = False
        return good

    def save(self, commit: bool = True) -> Any:
        """Save, with who recorded it; files that others replace stay, dated."""
        by = self.for_user.person if self.for_user is not None else None
        if self.instance.pk is None and by is not None:
            self.instance.recorded_by = by
        saved = super().save(commit=commit)
        if commit:
            former_papers.keep_replaced(agreement=saved, before=self._papers, by=by)
        return saved


def _rows(formset: Any) -> list[dict[str, Any]]:
    rows = [getattr(form, "cleaned_data", {}) for form in formset.forms]
    return [row for row in rows if row and not row.get("DELETE")]


def _chain(former: Agreement) -> list[int]:
    """Return the keys of an agreement and of all that it renewed in its turn."""
    found: list[int] = []
    here: Agreement | None = former
    while here is not None and here.pk not in found:
        found.append(here.pk)
        here = here.renews
    return found
