"""What stands around every page: identity, support lines, and whether the reader may be seen."""

from typing import Any

from django.http import HttpRequest


def site_frame(request: HttpRequest) -> dict[str, Any]:
    """Return nothing yet."""
    return {}
