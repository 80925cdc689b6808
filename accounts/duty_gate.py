"""Keeps the admin to what a duty opens, and keeps from changing anything whoever only looks on."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import GroupCollectionPermission, GroupPagePermission, GroupSitePermission
from wagtail.permission_policies.collections import CollectionPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permission_policies.sites import SitePermissionPolicy

from accounts import duties, rights
from common import admin_area

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# Wagtail's report names things of every country, whose titles it has written down when they were changed.
REPORTS_OF_ALL = ("wagtailadmin_reports:site_history*", "admin/reports/site-history/*")


class DutyMiddleware:
    """Asks before any view of the admin does anything, Wagtail's own included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.begins = admin_area.prefix()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Raise Http404 where no duty leads, PermissionDenied for a form that a reader may not send."""
        if not admin_area.is_of_the_admin(request, self.begins) or not request.user.is_authenticated:
            return
        kinds = duties.kinds_of(request.user)
        if not kinds:
            return
        _spare(request.user)
        match = request.resolver_match
        # Views that stand before Wagtail's own have no name.
        address = (match.view_name if match.url_name else match.route) if match else ""
        if not self.leads(request, kinds, address):
            raise Http404
        if request.method not in SAFE and not self.sends(request, kinds, address):
            raise PermissionDenied

    def leads(self, request: HttpRequest, kinds: frozenset[str], address: str) -> bool:
        """Say whether an address is open: by a duty, or by a group that opens the admin besides."""
        if rights.may_come(kinds, address):
            return True
        return _in_by_group(request) and not any(fnmatchcase(address, name) for name in REPORTS_OF_ALL)

    def sends(self, request: HttpRequest, kinds: frozenset[str], address: str) -> bool:
        """Say whether a form may be sent there. A duty that looks on takes along what groups would allow."""
        if rights.may_send(kinds, address):
            return True
        return _in_by_group(request) and not duties.reads_only(request.user)


def _spare(user: Any) -> None:
    """Keep for this request that a login in no group has none of a group's rights, which would be three questions."""
    if getattr(user, "grouped", True):
        return
    for policy, rows in (
        (PagePermissionPolicy, GroupPagePermission),
        (CollectionPermissionPolicy, GroupCollectionPermission),
        (SitePermissionPolicy, GroupSitePermission),
    ):
        setattr(user, policy.permission_cache_name, rows.objects.none())


def _in_by_group(request: HttpRequest) -> bool:
    return rights.ADMIN in request.user.get_group_permissions()  # type: ignore[union-attr]  # somebody signed in
