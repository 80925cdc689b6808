"""Answers what an editor may read and choose: what lies in her courses' collections, and what all courses share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Model
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images import permissions as images

from media_library.belonging import READING, Belonging, policy_of
from media_library.models import Handout, Picture

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User


def choosable(model: type[Model], user: User) -> QuerySet[Any] | None:
    """Return the things of `model` that `user` may choose; None for a model whose things are nobody's."""
    if issubclass(model, Belonging):
        return policy_of(model).instances_user_has_any_permission_for(user, READING)
    if issubclass(model, Picture):
        return images.permission_policy.instances_user_has_any_permission_for(user, ["choose"])
    if issubclass(model, Handout):
        return document_policy.instances_user_has_any_permission_for(user, ["choose"])
    return None
