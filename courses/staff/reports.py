"""The reports of the admin that reach over all courses, cut down to what the reader may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.admin.views.reports.workflows import WorkflowView
from wagtail.models import ModelLogEntry, Page, TranslatableMixin
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.views.report import TranslationsReportFilterSet, TranslationsReportView

from courses.staff.permissions import RIGHTS, may_see
from media_library.belonging import Belonging, readable

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User


def _kinds() -> list[type[Any]]:
    return [model for model in get_snippet_models() if issubclass(model, Belonging)]


def own_entries(user: User, entries: QuerySet[Any]) -> QuerySet[Any]:
    """Leave out what happened to things of other courses; Wagtail shows entries by kind, not by thing."""
    allowed = Q()
    kinds = _kinds()
    for model in kinds:
        keys = readable(model, user).annotate(as_text=Cast("pk", CharField())).values("as_text")
        allowed |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=keys)
    others = ~Q(content_type__in=ContentType.objects.get_for_models(*kinds).values())
    return entries.filter(others | allowed)


def own_translations(user: User, translations: QuerySet[Any]) -> QuerySet[Any]:
    """Leave out the translations of what is another course's."""
    pages: QuerySet[Page] = PagePermissionPolicy().instances_user_has_any_permission_for(user, RIGHTS)
    allowed = Q(source__object__in=pages.values("translation_key"))
    for model in _kinds():
        if issubclass(model, TranslatableMixin):
            allowed |= Q(source__object__in=readable(model, user).values("translation_key"))
    return translations.filter(allowed)


# Wagtail has words for these columns on the screen, and the names of fields in the file.
WorkflowView.export_headings = {
    **WorkflowView.export_headings,
    "workflow": _("Workflow"),
    "requested_by": _("Requested by"),
}


class OwnHistoryView(LogEntriesView):
    """What happened on the site, as far as it is the reader's. To read only: it names people, so there is no file."""

    list_export: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Wagtail asks once for each table of entries."""
        entries = super().filter_queryset(queryset)
        user = self.request.user
        return (
            own_entries(user, entries)
            if entries.model is ModelLogEntry and not user.is_superuser
            else entries
        )


class OwnTypesView(PageTypesUsageReportView):
    """How many pages of each kind there are; which of them was edited last is told of own pages alone."""

    def decorate_paginated_queryset(self, page_types: Any) -> Any:
        """Take away the title of another course's page."""
        for kind in super().decorate_paginated_queryset(page_types):
            if kind.last_edited_page and not may_see(self.request.user, kind.last_edited_page):
                kind.last_edited_page = None
        return page_types


class TranslationFilterSet(TranslationsReportFilterSet):
    """wagtail-localize's, which names two of its fields by their names in the code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["source_locale"].label = _("Translated from")
        self.filters["target_locale"].label = _("Translated into")


class OwnTranslationsView(TranslationsReportView):
    """The translations of what is the reader's."""

    filterset_class = TranslationFilterSet
    verbose_name_plural = _("translations")

    def get_queryset(self) -> QuerySet[Any]:
        """Narrow wagtail-localize's list."""
        # wagtail-localize leaves the order open: a page of the list could show again what the one before it showed.
        translations = super().get_queryset().order_by("-created_at", "-pk")
        user = self.request.user
        return translations if user.is_superuser else own_translations(user, translations)
