"""The lists, forms and choosers of things that lie in a collection: each has own and shared things alone."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.models import RevisionMixin
from wagtail.permission_policies.collections import CollectionPermissionPolicy
from wagtail.snippets.views import chooser
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet

from common.text import fold
from media_library.belonging import policy_of, readable
from media_library.staff.asking import ask_each
from media_library.staff.forms import BelongingForm


class OwnChooseMixin:
    """Lists what the reader may choose."""

    model_class: Any
    request: Any

    def get_object_list(self) -> QuerySet[Any]:
        """Return own and shared things; those without an order of their own newest first: one has just written it."""
        found = readable(self.model_class, self.request.user).select_related("collection")
        return found if found.ordered else found.order_by("-pk")

    @property
    def columns(self) -> list[Column]:
        """Say of each thing of which course it is, too."""
        return [*super().columns, Column("collection", label=_("Course"))]  # type: ignore[misc]  # of Wagtail's view

    def get_filter_form(self) -> Any:
        """Name the field of the language, which Wagtail calls by its name in the code."""
        form = super().get_filter_form()  # type: ignore[misc]  # Wagtail's view stands behind this
        if "locale" in form.fields:
            form.fields["locale"].label = _("Language")
        return form


class OwnChooseView(OwnChooseMixin, chooser.ChooseView):
    """The chooser."""


class OwnChooseResultsView(OwnChooseMixin, chooser.ChooseResultsView):
    """Its list, searched and turned over."""


class OwnChosenView(chooser.SnippetChosenView):
    """What was chosen."""

    def get_object(self, pk: Any) -> Any:
        """Return it, if the reader may choose it."""
        return readable(self.model_class, self.request.user).get(pk=pk)


class OwnChosenMultipleView(chooser.SnippetChosenMultipleView):
    """Several that were chosen."""

    def get_objects(self, pks: list[str]) -> QuerySet[Any]:
        """Return those that the reader may choose."""
        return readable(self.model_class, self.request.user).filter(pk__in=pks)


class OwnChooserViewSet(chooser.SnippetChooserViewSet):
    """The chooser of a kind of thing."""

    choose_view_class = OwnChooseView
    choose_results_view_class = OwnChooseResultsView
    chosen_view_class = OwnChosenView
    chosen_multiple_view_class = OwnChosenMultipleView

    @property
    def permission_policy(self) -> CollectionPermissionPolicy:
        """Ask of the collections where something may be added."""
        return policy_of(self.model)


class OwnIndexView(IndexView):
    """The list: shared things may be read and copied, and lead to no form."""

    @cached_property
    def is_filtering(self) -> bool:
        """Say whether anything was narrowed: the language, which the list sets by itself, makes no empty search."""
        return bool(super().is_filtering and set(self.filters.form.changed_data) - {"locale"})

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow the reader's own rows to those that hold every word asked for, accents and capitals not minded.

        Neither database folds accents by itself, and SQLite no capital beyond ASCII; a trainer's rows are few.
        """
        if not self.is_searching:
            return queryset
        words = fold(self.search_query).split()
        rows = queryset.order_by().values_list("pk", *self.search_fields)
        texts = ((pk, fold(" ".join(map(str, fields)))) for pk, *fields in rows)
        return queryset.filter(pk__in=[pk for pk, text in texts if all(word in text for word in words)])

    def _may(self, action: str, instance: Any) -> bool:
        return self.user_has_permission_for_instance(action, instance)

    def get_edit_url(self, instance: Any) -> str | None:
        """Return the form's address, if there is one for the reader."""
        return super().get_edit_url(instance) if self._may("change", instance) else None

    def get_delete_url(self, instance: Any) -> str | None:
        """Return the address of the deletion, if there is one for the reader."""
        return super().get_delete_url(instance) if self._may("delete", instance) else None


class FirstKeptEditView(EditView):
    """The form: what nobody has written there yet, the starter's text for one, is kept before the first change."""

    def save_instance(self) -> Any:
        """Save; the history begins with the thing as it was."""
        with transaction.atomic():
            if issubclass(self.model, RevisionMixin) and not self.object.latest_revision_id:
                before = self.model._default_manager.get(pk=self.object.pk)
                # Another word than «edit»: the history shows one entry of each in a request.
                before.save_revision(log_action="wagtail.create", clean=False)
            return super().save_instance()


class OwnURLFinder:
    """Finds the form of a thing for those who may change it: Wagtail's own asks only of the kind."""

    model: Any = None

    def __init__(self, user: Any = None) -> None:
        self.user = user

    def get_edit_url(self, instance: Any) -> str | None:
        """Return the address, or None."""
        policy = policy_of(self.model)
        if self.user and not policy.user_has_permission_for_instance(self.user, "change", instance):
            return None
        return reverse(instance.snippet_viewset.get_url_name("edit"), args=[instance.pk])


class BelongingViewSet(SnippetViewSet):
    """The screens of a kind of thing that lies in collections."""

    chooser_viewset_class = OwnChooserViewSet
    index_view_class = OwnIndexView
    edit_view_class = FirstKeptEditView
    # Wagtail's own search takes the list's fields for those of the index, and fails where a kind has them not.
    search_backend_name = None

    @property
    def permission_policy(self) -> CollectionPermissionPolicy:
        """Ask of the collection in which a thing lies."""
        return policy_of(self.model)

    @property
    def url_finder_class(self) -> type:
        """Return the finder of this kind of thing."""
        return type("_OwnURLFinder", (OwnURLFinder,), {"model": self.model})

    def get_edit_handler(self) -> Any:
        """Ask first of which course it is; the form leaves it out where there is one alone."""
        panels = [FieldPanel("collection"), *self.panels]
        return ObjectList(panels, base_form_class=BelongingForm).bind_to_model(self.model)

    def own_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return what the list shows."""
        return readable(self.model, request.user)  # type: ignore[arg-type]  # the admin lets nobody else in

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return what the list shows; a viewset that adds columns starts from `own_queryset`."""
        return self.own_queryset(request)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Put the question before each address that names a thing."""
        return ask_each(super().get_urlpatterns(), self.model, self.permission_policy)
