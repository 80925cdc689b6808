"""Signs people in by e-mail, telephone or personal code, and says what they may do by groups and by duties."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from accounts import duties
from accounts.identifiers import users_named
from accounts.models import User
from common.prepared import NUMBERS, Prepared


def _looks_on(permission: str) -> bool:
    return permission.partition(".")[2].startswith(("view_", "access_"))


def _known(pk: Any) -> QuerySet[User]:
    grouped = Exists(User.groups.through.objects.filter(user=OuterRef("pk")))
    return User.objects.select_related("person").annotate(grouped=grouped).filter(pk=pk)


KNOWN = Prepared(_known, NUMBERS[0])


class SignInBackend(AuthenticationBackend):
    """allauth's rules; one field holds any identifier, and the session's user is loaded with the person."""

    def get_user(self, user_id: int) -> User | None:
        """Return the active user with her person joined, or None."""
        user: User
        for user in KNOWN.objects(int(user_id)):
            return user if self.user_can_authenticate(user) else None
        return None

    def _get_group_permissions(self, user_obj: Any) -> Any:
        """Ask nothing for who is in no group, which the session's user knows of herself."""
        if not getattr(user_obj, "grouped", True):
            return Permission.objects.none()
        return super()._get_group_permissions(user_obj)

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Return what groups and the duties of today allow. A duty that reads only takes from groups what changes."""
        own: set[str] = super().get_all_permissions(user_obj, obj)
        if obj is not None or not user_obj.is_active or user_obj.is_anonymous or user_obj.is_superuser:
            return own
        given = duties.permissions_of(user_obj)
        if not given:
            return own
        kept = {code for code in own if _looks_on(code)} if duties.reads_only(user_obj) else own
        return kept | given

    def _authenticate(self, request: HttpRequest | None, **credentials: str) -> AbstractBaseUser | None:
        named = credentials.get("identifier")
        if named is None:
            return super()._authenticate(request, **credentials)
        for user in users_named(named):
            if self._check_password(user, credentials["password"]):
                return user
        return None
