"""The door of documents and recordings: this room asks, and the room of lessons, which it does not know, answers."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

Doorkeeper = Callable[[HttpRequest, Any], bool]
_doorkeeper: list[Doorkeeper] = []


def register(doorkeeper: Doorkeeper) -> None:
    """Put `doorkeeper` at the door; called once, when the upper room is ready."""
    _doorkeeper[:] = [doorkeeper]


def may_fetch(request: HttpRequest, obj: Any) -> bool:
    """Say whether the reader of `request` may fetch a document or recording.

    Its editors may. What is open to everybody is. Anything else opens only to those who may open a live page in which
    it stands; with nobody at the door, to nobody.
    """
    if getattr(obj, "public", False) or is_editor(request, obj):
        return True
    return any(doorkeeper(request, obj) for doorkeeper in _doorkeeper)


def is_editor(request: HttpRequest, obj: Any) -> bool:
    """Say whether the reader works in the admin, and may choose this file there."""
    from media_library.choosing import choosable

    user = getattr(request, "user", None)
    if not (user and user.is_authenticated and user.has_perm("wagtailadmin.access_admin")):
        return False
    allowed = choosable(type(obj), user)
    return allowed is None or allowed.filter(pk=obj.pk).exists()
