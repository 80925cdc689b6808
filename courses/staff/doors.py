"""Stands before those addresses of Wagtail and wagtail-localize that name a thing and do not ask whose it is.

Each was found by asking for another course's thing (tests/permissions/test_foreign.py). Where Wagtail asks itself,
it answers itself; here another course's page, quiz or picture does not exist (404).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.admin.utils import unquote
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import ResolverMatch
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.admin.views.workflows import Edit as WorkflowEdit
from wagtail.models import Page, WorkflowPage
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail_localize.models import Translation, TranslationSource

from courses.staff.permissions import may_see
from media_library.belonging import Belonging, policy_of
from media_library.choosing import choosable
from media_library.models import Handout, Picture

if TYPE_CHECKING:
    from accounts.models import User

Door = Callable[[HttpRequest, dict[str, Any]], bool]

# What no database takes for a key is none.
LONGEST_NUMBER = 19


def _reads(user: User, thing: Any) -> bool:
    """Say whether `user` may read a thing: his own, a shared one, or one of a kind that is nobody's."""
    if isinstance(thing, Page):
        return may_see(user, thing)
    allowed = choosable(type(thing), user)
    return allowed is None or allowed.filter(pk=thing.pk).exists()


def _changes(user: User, thing: Any, action: str = "change") -> bool:
    if isinstance(thing, Belonging):
        return policy_of(type(thing)).user_has_permission_for_instance(user, action, thing)
    return _reads(user, thing)


def _works_on(user: User, thing: Any) -> bool:
    """Say whether `user` may change this very page or thing: translating changes what people read."""
    if isinstance(thing, Page):
        return bool(thing.specific.permissions_for_user(user).can_edit())
    policy = policy_of(type(thing)) if isinstance(thing, Belonging) else ModelPermissionPolicy(type(thing))
    return bool(policy.user_has_permission_for_instance(user, "change", thing))


def _named(model: type[Any], name: str) -> Door:
    """A door that reads the thing's key from the address."""

    def may(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
        return _reads(request.user, get_object_or_404(model, pk=kwargs[name]))  # type: ignore[arg-type]

    return may


def _both_pages(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    names = ("page_to_move_id", "destination_id")
    return _moved(request, kwargs) and all(_named(Page, name)(request, kwargs) for name in names)


def _below_the_root(name: str) -> Door:
    """A door that shuts at the root of the tree, which has no place and no editor: Wagtail fails there."""

    def may(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
        return not get_object_or_404(Page, pk=kwargs[name]).is_root()

    return may


_moved = _below_the_root("page_to_move_id")


def _copied(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """A copy is sent below a page that one may see: Wagtail's refusal names whichever page was asked for."""
    if request.method != "POST":
        return True
    chosen = _numbers([request.POST.get("new_parent_page", "")])
    return bool(chosen) and _reads(request.user, get_object_or_404(Page, pk=chosen[0]))  # type: ignore[arg-type]


def _closed(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """A screen that is nobody's: Wagtail has one that fails on purpose."""
    return False


def _numbered(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """A chosen thing is named by a number; on anything else Wagtail's choosers fail."""
    return bool(_numbers([str(kwargs["pk"])]))


def _ticked_pages(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    pages = Page.objects.filter(pk__in=_numbers(request.GET.getlist("id")))
    return all(_reads(request.user, page) for page in pages)  # type: ignore[arg-type]


def _numbers(keys: Iterable[str]) -> list[int]:
    return [int(key) for key in keys if key.isdecimal() and len(key) < LONGEST_NUMBER]


def _of_a_kind(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """A door whose address names application, model and key."""
    model = _model(kwargs)
    return _changes(request.user, get_object_or_404(model, pk=unquote(str(kwargs["pk"]))))  # type: ignore[arg-type]


def _to_translate(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """A door to the translation of what the address names, a page or a thing of a kind."""
    model = Page if "page_id" in kwargs else _model(kwargs)
    key = kwargs.get("page_id") or unquote(str(kwargs["pk"]))
    return _works_on(request.user, get_object_or_404(model, pk=key))  # type: ignore[arg-type]


def _model(kwargs: dict[str, Any]) -> Any:
    try:
        return apps.get_model(kwargs["app_label"], kwargs["model_name"])
    except LookupError:
        raise Http404 from None


def _source(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    found = get_object_or_404(TranslationSource, pk=kwargs["translation_source_id"])
    return _works_on(request.user, found.get_source_instance())  # type: ignore[arg-type]


def _translation(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    found = get_object_or_404(Translation.objects.select_related("source"), pk=kwargs["translation_id"])
    try:
        thing = found.get_target_instance()
    except ObjectDoesNotExist:
        # Submitted, and not written yet.
        thing = found.source.get_source_instance()
    return _works_on(request.user, thing)  # type: ignore[arg-type]


def _workflow_turned(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """The pages at which a workflow begins are turned by a number that Wagtail takes for one, whatever it is."""
    page = _numbers([request.GET.get("p", "1")])
    listed = WorkflowPage.objects.filter(workflow=kwargs["pk"]).count()
    return bool(page) and 1 <= page[0] <= max(-(-listed // WorkflowEdit.MAX_PAGES), 1)


def _coordination(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """Lists for programs, which no screen of ours asks: nobody's but an administrator's."""
    return bool(request.user.is_superuser)  # type: ignore[union-attr]


def _ticked(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """Bulk actions name in words what one may not touch; «all» means all that one may.

    Those of our lists ask for themselves, and their «all» is the list as it was filtered.
    """
    model = _model(kwargs)
    action = bulk_action_registry.get_bulk_action_class(
        kwargs["app_label"], kwargs["model_name"], kwargs["action"]
    )
    if getattr(action, "asks_itself", False):
        return True
    keys = request.GET.getlist("id")
    rows = (
        model._default_manager.all()
        if "all" in keys
        else model._default_manager.filter(pk__in=_numbers(keys))
    )
    own = [row.pk for row in rows if _changes(request.user, row, kwargs["action"])]  # type: ignore[arg-type]
    if "all" not in keys:
        return len(own) == len(rows)
    narrowed = request.GET.copy()
    narrowed.setlist("id", [str(pk) for pk in own])
    request.GET = narrowed  # type: ignore[assignment]  # as Django gives it to the view
    return bool(own)


DOORS: dict[str, Door] = {
    "wagtail_bulk_action": _ticked,
    "wagtailadmin_error_test": _closed,
    # Wagtail asks only whether a page lies below the one at which the reader begins: with two courses, the catalogue.
    "wagtailadmin_explore": _named(Page, "parent_page_id"),
    "wagtailadmin_explore_results": _named(Page, "parent_page_id"),
    "wagtailadmin_pages:copy": _copied,
    "wagtailadmin_pages:move_confirm": _both_pages,
    "wagtailadmin_pages:set_page_position": _moved,
    "wagtailadmin_pages:lock": _below_the_root("page_id"),
    "wagtailadmin_pages:unlock": _below_the_root("page_id"),
    "wagtailadmin_pages:confirm_workflow_cancellation": _named(Page, "page_id"),
    "wagtailadmin_pages:revisions_index": _named(Page, "page_id"),
    "wagtailadmin_choose_page_child": _named(Page, "parent_page_id"),
    "wagtailadmin_choose_page_chosen_multiple": _ticked_pages,
    "wagtailadmin_api:images:listing": _coordination,
    "wagtailadmin_api:images:detail": _named(Picture, "pk"),
    "wagtailadmin_api:documents:listing": _coordination,
    "wagtailadmin_api:documents:detail": _named(Handout, "pk"),
    "wagtailadmin_workflows:edit": _workflow_turned,
    "wagtailimages_chooser:select_format": _named(Picture, "image_id"),
    "wagtail_localize:submit_snippet_translation": _to_translate,
    "wagtail_localize:snippets_api_listing": _coordination,
    "wagtail_localize:snippets_api_detail": _of_a_kind,
}


# Below wagtail-localize's part of the admin, where views of ours without a name stand before some of its own.
TRANSLATING = "admin/localize/"
BY_ARGUMENT: dict[str, Door] = {
    "translation_id": _translation,
    "translation_source_id": _source,
    "page_id": _to_translate,
}


def door_of(match: ResolverMatch, kwargs: dict[str, Any]) -> Door | None:
    """Return who stands before an address; each screen of a translation asks for what is translated."""
    if match.route.startswith(TRANSLATING):
        found = next((door for name, door in BY_ARGUMENT.items() if name in kwargs), None)
        if found:
            return found
    if match.url_name == "chosen":
        return _numbered
    return DOORS.get(match.view_name)


class OwnCoursesMiddleware:
    """Asks before the view does anything."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Raise Http404 at a door that does not open; who may not enter the admin is led away by Wagtail."""
        match = request.resolver_match
        door = door_of(match, kwargs) if match else None
        if door and request.user.has_perm("wagtailadmin.access_admin") and not door(request, kwargs):
            raise Http404
