"""Signs people in by e-mail, telephone or personal code, in one query with their person."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from accounts.identifiers import users_named
from accounts.models import User
from common.prepared import NUMBERS, Prepared

KNOWN = Prepared(lambda pk: User.objects.select_related("person").filter(pk=pk), NUMBERS[0])


class SignInBackend(AuthenticationBackend):
    """allauth's rules; one field holds any identifier, and the session's user is loaded with the person."""

    def get_user(self, user_id: int) -> User | None:
        """Return the active user with her person joined, or None."""
        user: User
        for user in KNOWN.objects(int(user_id)):
            return user if self.user_can_authenticate(user) else None
        return None

    def _authenticate(self, request: HttpRequest | None, **credentials: str) -> AbstractBaseUser | None:
        named = credentials.get("identifier")
        if named is None:
            return super()._authenticate(request, **credentials)
        for user in users_named(named):
            if self._check_password(user, credentials["password"]):
                return user
        return None
