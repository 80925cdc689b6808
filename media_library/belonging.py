"""Keeps whose a thing is: each question, quiz, recording, term and source lies in one Wagtail collection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from wagtail.models import CollectionMember
from wagtail.permission_policies.collections import CollectionPermissionPolicy

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

# What lets somebody read a thing and choose it; `view` alone is what trainers have of what all courses share.
READING = ("add", "change", "delete", "publish", "view")


class Belonging(CollectionMember):
    """A thing that lies in a collection. Rights on the collection are the rights on the thing."""

    class Meta:
        abstract = True

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Return a revision's content on this thing: an old revision, published again, gives it back to nobody."""
        thing = super().with_content_json(content)  # type: ignore[misc]  # of those that have revisions
        thing.collection_id = self.collection_id
        return thing


def policy_of(model: type[models.Model]) -> CollectionPermissionPolicy:
    """Return the policy that says who may do what to a thing of `model`."""
    return CollectionPermissionPolicy(model)


def readable(model: type[models.Model], user: User) -> QuerySet[Any]:
    """Return the things of `model` that `user` may read and choose: those of own courses, and the shared ones."""
    return policy_of(model).instances_user_has_any_permission_for(user, READING)


def lay(thing: Belonging, *, collection_id: int) -> None:
    """Put a thing into a collection, with its translations: they are the same thing in other words."""
    rows = type(thing)._base_manager.filter(pk=thing.pk)
    key = getattr(thing, "translation_key", None)
    if key:
        rows = type(thing)._base_manager.filter(translation_key=key)
    rows.update(collection_id=collection_id)
    thing.collection_id = collection_id
