"""What staff may do with certificates: look, and revoke. Nobody adds, changes or deletes one by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.staff.seeing import SightPolicy

if TYPE_CHECKING:
    from accounts.models import User

REVOKE = "change"


class CertificatePolicy(SightPolicy):
    """The certificates of people who work in the countries that the reader sees.

    Seeing takes the right to view or to change; the forms of adding, changing and deleting are closed to all.
    """

    def __init__(self, model: type[Any]) -> None:
        super().__init__(model, "person__country")

    def user_has_permission(self, user: User, action: str) -> bool:
        """Answer for one action of Wagtail's views."""
        return action == "view" and (self.may("view", user) or self.may(REVOKE, user))

    def user_has_any_permission(self, user: User, actions: object) -> bool:
        """Answer for several: only looking counts."""
        return self.user_has_permission(user, "view")

    def may(self, action: str, user: User) -> bool:
        """Say whether the user's groups give the model's own permission."""
        return super().user_has_permission(user, action)
