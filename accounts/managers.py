"""How logins are made."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.hashers import make_password
from django.db import models, transaction

if TYPE_CHECKING:
    from accounts.models import User

# Without 0/O, 1/I/L, 5/S, 2/Z, 8/B: read aloud in a noisy room and typed on a small keyboard.
CODE_ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"


_LETTERS = "".join(char for char in CODE_ALPHABET if char.isalpha())


def new_code(length: int = 8) -> str:
    """Return a random personal code; `length` characters of `CODE_ALPHABET` (about 4.6 bits each).

    It begins with a letter: eight digits would be read as a telephone number.
    """
    return secrets.choice(_LETTERS) + "".join(secrets.choice(CODE_ALPHABET) for _ in range(length - 1))


class UserManager(BaseUserManager["User"]):
    """Makes logins, each with its person."""

    use_in_migrations = False

    def create_user(
        self, username: str = "", password: str | None = None, *, hashed: str = "", **fields: Any
    ) -> User:
        """Create a login; without `person` a new person is made, without `username` a personal code.

        Hashing takes a third of a second and more. Within a transaction it would keep everybody else from writing
        on SQLite, so that it comes first; callers with a transaction of their own pass the hash (`hashed`).
        """
        from accounts.models import Person

        hashed = hashed or make_password(password)
        email = self.normalize_email(fields.pop("email", "") or "").lower()
        with transaction.atomic():
            if "person" not in fields and "person_id" not in fields:
                fields["person"] = Person.objects.create()
            user = self.model(username=username or new_code(), email=email, password=hashed, **fields)
            user.save(using=self._db)
        return user

    def create_superuser(self, username: str = "", password: str | None = None, **fields: Any) -> User:
        """Create an administrator's login. Asked for one name, people give their e-mail: then it is that."""
        if "@" in username and not fields.get("email"):
            username, fields["email"] = "", username
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)

    def get_queryset(self) -> models.QuerySet[User]:
        """Join the person, whom every page asks for."""
        return super().get_queryset().select_related("person")
