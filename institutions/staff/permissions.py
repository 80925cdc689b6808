"""What staff may do with agreements and advice: the rights of the model, with those things alone that they may see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from institutions import seeing
from institutions.models import AdviceRecord, Agreement

if TYPE_CHECKING:
    from accounts.models import User

_SEEN = {Agreement: seeing.agreements, AdviceRecord: seeing.advice}


class SeenPolicy(ModelPermissionPolicy):
    """Asks of each thing whether it lies within the reader's sight."""

    def seen(self, user: User) -> QuerySet[Any]:
        """Return those within sight."""
        return _SEEN[self.model](user)

    def user_has_permission_for_instance(self, user: User, action: str, instance: Any) -> bool:
        """Say whether she may with this one."""
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user: User, actions: Iterable[str], instance: Any) -> bool:
        """Say whether she may one of `actions` with this one."""
        may = self.user_has_any_permission(user, actions)
        return may and self.seen(user).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet[Any]:
        """Return those with which she may one of `actions`."""
        return self.seen(user) if self.user_has_any_permission(user, actions) else self.model.objects.none()
