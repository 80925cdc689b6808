"""Choosers of institutions and agreements: a page at a time, searched by name, of what the reader may see."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from institutions import seeing
from institutions.models import Agreement, Institution

View = Callable[..., HttpResponse]


class InstitutionFilter(SearchFilterMixin, BaseFilterForm):
    """Words of any name that it has or had, without accents."""

    def filter(self, objects: QuerySet[Institution]) -> QuerySet[Institution]:
        """Return those that carry every word."""
        self.search_query = self.cleaned_data.get("q")
        self.is_searching = bool(self.search_query)
        return objects.named(self.search_query) if self.search_query else objects  # type: ignore[attr-defined]  # ours


class AgreementFilter(SearchFilterMixin, BaseFilterForm):
    """Words of the title or of a party's name."""

    def filter(self, objects: QuerySet[Agreement]) -> QuerySet[Agreement]:
        """Return those that carry every word."""
        self.search_query = self.cleaned_data.get("q")
        self.is_searching = bool(self.search_query)
        for word in (self.search_query or "").split():
            named = Institution.objects.filter(name__icontains=word)
            objects = objects.filter(Q(title__icontains=word) | Q(pk__in=_of(named)))
        return objects


def _of(institutions: QuerySet[Institution]) -> QuerySet[Any]:
    return Agreement.institutions.through.objects.filter(institution__in=institutions).values("agreement")


class InstitutionChoose(chooser.ChooseView):
    """The window."""

    filter_form_class = InstitutionFilter

    def get_object_list(self) -> QuerySet[Institution]:
        """Return whom the reader may see."""
        return seeing.institutions(self.request.user).order_by("name")


class InstitutionResults(chooser.ChooseResultsView):
    """The rows, when she searches or turns the page."""

    filter_form_class = InstitutionFilter
    get_object_list = InstitutionChoose.get_object_list


class _Chosen:
    """What was chosen, of what the reader may see: Wagtail would name any row of the table."""

    def get_object(self, pk: Any) -> Any:
        """Return one; Wagtail answers 404 where there is none."""
        return self.get_object_list().get(pk=pk)  # type: ignore[attr-defined]  # of the view behind

    def get_objects(self, pks: Any) -> Any:
        """Return those that she sees."""
        return self.get_object_list().filter(pk__in=pks)  # type: ignore[attr-defined]  # of the view behind


class InstitutionChosen(_Chosen, chooser.ChosenView):
    """One that was chosen."""

    get_object_list = InstitutionChoose.get_object_list


class InstitutionsChosen(_Chosen, chooser.ChosenMultipleView):
    """Several that were chosen."""

    get_object_list = InstitutionChoose.get_object_list


class AgreementChoose(chooser.ChooseView):
    """The window."""

    filter_form_class = AgreementFilter

    def get_object_list(self) -> QuerySet[Agreement]:
        """Return the signed ones: a draft is not renewed."""
        return seeing.agreements(self.request.user).filter(signed_on__isnull=False)


class AgreementResults(chooser.ChooseResultsView):
    """The rows, when she searches or turns the page."""

    filter_form_class = AgreementFilter
    get_object_list = AgreementChoose.get_object_list


class AgreementChosen(_Chosen, chooser.ChosenView):
    """One that was chosen."""

    get_object_list = AgreementChoose.get_object_list


class AgreementsChosen(_Chosen, chooser.ChosenMultipleView):
    """Several that were chosen."""

    get_object_list = AgreementChoose.get_object_list


class StaffChooserViewSet(ChooserViewSet):
    """Wagtail's chooser lets everybody of the admin look; here it takes a right to agreements or to advice."""

    register_widget = False
    rights: tuple[str, ...] = ()

    def get_urlpatterns(self) -> list[URLPattern]:
        """Put the question before each address, and leave out the making of new ones."""
        found = [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]
        for pattern in found:
            pattern.callback = _asking(pattern.callback, self.rights)
        return found


def _asking(view: View, rights: tuple[str, ...]) -> View:
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not any(request.user.has_perm(right) for right in rights):  # type: ignore[union-attr]  # signed in: the admin
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return asked


_KEEPS = ("institutions.add_agreement", "institutions.change_agreement")
_ADVISES = ("institutions.add_advicerecord", "institutions.change_advicerecord")


class InstitutionChooserViewSet(StaffChooserViewSet):
    """For parties of agreements, whom advice was given to, and the counterpart of a unit."""

    model = Institution
    icon = "home"
    choose_one_text = _("Choose an institution")
    choose_another_text = _("Choose another institution")
    edit_item_text = _("Edit this institution")
    choose_view_class = InstitutionChoose
    choose_results_view_class = InstitutionResults
    chosen_view_class = InstitutionChosen
    chosen_multiple_view_class = InstitutionsChosen
    rights = (*_KEEPS, *_ADVISES, "institutions.add_institution", "institutions.change_institution")
    per_page = 20


class AgreementChooserViewSet(StaffChooserViewSet):
    """For the agreement that another one renews."""

    model = Agreement
    icon = "doc-full"
    choose_one_text = _("Choose an agreement")
    choose_another_text = _("Choose another agreement")
    edit_item_text = _("Edit this agreement")
    choose_view_class = AgreementChoose
    choose_results_view_class = AgreementResults
    chosen_view_class = AgreementChosen
    chosen_multiple_view_class = AgreementsChosen
    rights = _KEEPS
    per_page = 20


institution_chooser = InstitutionChooserViewSet("elegir_institucion", url_prefix="elegir/institucion")
agreement_chooser = AgreementChooserViewSet("elegir_convenio", url_prefix="elegir/convenio")
