"""The forms of things that lie in a collection, and of pages that use them: nobody takes what is another course's.

A form could be forged: what it names is asked here once more, whatever the choosers had shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.models import Collection, ReferenceIndex

from media_library.belonging import lay, policy_of
from media_library.choosing import choosable

if TYPE_CHECKING:
    from accounts.models import User


def _used(instance: Model) -> set[tuple[int, str]]:
    """Return (content type, key) of everything that fields, blocks and texts of `instance` name.

    Wagtail's own way to fill its index of references; it writes nothing.
    """
    return {
        (kind, str(key)) for kind, key, *_path in ReferenceIndex._extract_references_from_object(instance)
    }


class OwnThingsMixin:
    """Narrows every field to what the editor may choose, and refuses what a forged block or text names besides."""

    instance: Any
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._used_before = _used(self.instance) if self.instance.pk else set()
        if self.for_user is not None and not self.for_user.is_superuser:  # type: ignore[attr-defined]
            for name, field in self.fields.items():
                self._narrow(name, field)

    def _narrow(self, name: str, field: forms.Field) -> None:
        if not isinstance(field, forms.ModelChoiceField) or field.queryset is None:
            return
        allowed = choosable(field.queryset.model, self.for_user)  # type: ignore[attr-defined]
        if allowed is not None:
            rows = field.queryset.model._default_manager
            field.queryset = rows.filter(Q(pk__in=allowed.values("pk")) | Q(pk__in=self._present(name)))

    def _present(self, name: str) -> list[Any]:
        """Return the keys of what stands there already: it may stay."""
        value = getattr(self.instance, name, None) if self.instance.pk else None
        if value is None:
            return []
        return [value.pk] if isinstance(value, Model) else [row.pk for row in value.all()]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        user = self.for_user  # type: ignore[attr-defined]
        if user is None or user.is_superuser:
            return
        if any(not _may_use(user, *used) for used in _used(self.instance) - self._used_before):
            words = _(
                "It uses something of another course that you may not use. Choose something of your own."
            )
            self.add_error(None, ValidationError(words))  # type: ignore[attr-defined]


def _may_use(user: User, kind: int, key: str) -> bool:
    model = ContentType.objects.get_for_id(kind).model_class()
    allowed = choosable(model, user) if model else None
    return allowed is None or allowed.filter(pk=key).exists()


def ask_whose(form: forms.BaseForm, offered: QuerySet[Collection]) -> None:
    """Let whoever adds a thing say of which of her courses it is: the first of a list is soon taken for an answer."""
    field = form.fields["collection"]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError("A collection is chosen of a list")
    field.label, field.empty_label = _("Course"), _("— choose the course —")
    field.help_text = _("Whoever writes this course may change it, and no other course finds it.")
    field.queryset = offered
    if form.initial.get("collection") not in set(offered.values_list("pk", flat=True)):
        form.initial["collection"] = None


class OwnThingsPageForm(OwnThingsMixin, WagtailAdminPageForm):
    """The form of a page that uses pictures, documents, recordings, quizzes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A script copies the title into it while one types. A title that was pasted and saved at once must not be
        # refused for a field on another tab: the page makes its own of the title.
        if "slug" in self.fields:
            self.fields["slug"].required = False


class BelongingForm(OwnThingsMixin, WagtailAdminModelForm):
    """The form of a thing in a collection, offered where the editor may add; with one such, nothing is asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "collection" in self.fields and self.for_user is not None:
            self._offer_collections()

    def _offer_collections(self) -> None:
        policy = policy_of(self._meta.model)
        offered = policy.collections_user_has_permission_for(self.for_user, "add")
        if self.instance.pk:
            offered = offered | Collection.objects.filter(pk=self.instance.collection_id)
        self._only = offered.first() if offered.count() == 1 else None
        if self._only:
            del self.fields["collection"]
        else:
            ask_whose(self, offered)

    def _post_clean(self) -> None:
        if getattr(self, "_only", None) is not None:
            self.instance.collection = self._only
        super()._post_clean()

    def save(self, commit: bool = True) -> Any:
        """Save; whose it is counts at once, not with the next publication, and for its translations too."""
        thing = super().save(commit=commit)
        if thing.pk and "collection" in self.changed_data:
            lay(thing, collection_id=thing.collection_id)
        return thing
