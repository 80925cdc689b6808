"""Signs people in by e-mail, telephone or personal code, in one query with their person."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model


class SignInBackend(AuthenticationBackend):
    """allauth's rules; the session's user is loaded together with the person."""

    def get_user(self, user_id: int):  # noqa: ANN201
        """Return the active user with her person joined, or None."""
        user = get_user_model().objects.select_related("person").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
