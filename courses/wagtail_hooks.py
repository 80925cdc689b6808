"""What this room adds to the admin: what lessons share, and the refusal to delete what learners studied."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from courses.retention import was_released
from courses.staff.snippets import SharedGroup

register_snippet(SharedGroup)


def _refuse(request: HttpRequest, page: Page) -> HttpResponse:
    messages.error(
        request,
        _("«%(title)s» was part of a released version: unpublish it instead. Learners' records keep pointing to it.")
        % {"title": page.title},
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_delete_page")
def keep_released_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete one page that was ever released."""
    return _refuse(request, page) if was_released(page) else None


@hooks.register("before_bulk_action")
def keep_released_pages(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Refuse the bulk deletion in which such a page is ticked; Wagtail's bulk path skips `before_delete_page`."""
    if action_type != "delete" or not issubclass(action.models[0], Page):
        return None
    kept = next((page for page in objects if was_released(page)), None)
    return _refuse(request, kept) if kept else None
