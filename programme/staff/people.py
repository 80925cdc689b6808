"""Who is at work in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import User


def staff_of(request: HttpRequest) -> User:
    """Return the login behind a request to the admin, which lets nobody in without one."""
    return cast("User", request.user)
