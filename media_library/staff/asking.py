"""Puts the question «of this thing too?» before each address of a viewset that names a thing.

Wagtail asks most screens of a snippet, and those of a model's viewset, what somebody may do to *some* thing of the
kind. Another's thing does not exist (404); who may do nothing with the kind at all is led back by Wagtail itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from wagtail.permission_policies.base import BasePermissionPolicy

from media_library.belonging import READING

View = Callable[..., HttpResponse]

# What an address asks to be allowed to do to its thing; any other asks to change it.
ASKED: dict[str, tuple[str, ...]] = {
    "copy": READING,
    "delete": ("delete",),
    "history": READING,
    "history_results": READING,
    "inspect": READING,
    "lock": ("lock",),
    "revisions_unschedule": ("publish",),
    "unlock": ("unlock",),
    "unpublish": ("publish",),
    "usage": READING,
}


def ask_each(
    patterns: Iterable[URLPattern], model: type[Any], policy: BasePermissionPolicy
) -> list[URLPattern]:
    """Return the addresses of a viewset, each asking first."""
    found = list(patterns)
    for pattern in found:
        pattern.callback = _asking(pattern.callback, pattern.name or "", model, policy)
    return found


def _asking(view: View, name: str, model: type[Any], policy: BasePermissionPolicy) -> View:
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "pk" in kwargs and policy.user_has_any_permission(request.user, READING):
            # The row is asked, never its draft.
            thing = get_object_or_404(model, pk=unquote(str(kwargs["pk"])))
            _refuse_unless(policy, request, ASKED.get(name, ("change",)), thing)
        return view(request, *args, **kwargs)

    return asked


def _refuse_unless(
    policy: BasePermissionPolicy, request: HttpRequest, wanted: tuple[str, ...], thing: Any
) -> None:
    """Raise Http404 unless the reader may do one of `wanted` to `thing`, and publish it where he says so."""
    asked = [wanted]
    if request.method == "POST" and "action-publish" in request.POST:
        asked.append(("publish",))
    if not all(
        policy.user_has_any_permission_for_instance(request.user, actions, thing) for actions in asked
    ):
        raise Http404
