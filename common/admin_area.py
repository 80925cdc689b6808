"""Tells which requests are for the admin, by the path with which Django itself compares the addresses."""

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse


def prefix() -> str:
    """Return where the admin begins, without what a server may have put before all addresses."""
    return "/" + reverse("wagtailadmin_home").removeprefix(get_script_prefix())


def is_of_the_admin(request: HttpRequest, begins: str) -> bool:
    """Say so of a request; `request.path` would carry a SCRIPT_NAME that anybody might have sent."""
    return request.path_info.startswith(begins)
