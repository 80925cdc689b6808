"""What stands around every page: identity, support lines, links. Read only where a template prints it."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from programme.frame import frame_for


def site_frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame, unread: the admin's templates never print it and so never pay for it."""
    return {"frame": SimpleLazyObject(lambda: frame_for(request))}
