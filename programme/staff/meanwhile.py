"""Two people write one thing: whoever saves second is told that the first one had saved, and led to the difference.

Wagtail's editor asks every few seconds and warns then; whoever saves in between would overwrite the other's draft
without a word. Nothing is refused: both drafts stand in the history, and who comes second may have been called to.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page, Revision

# What the editor's form says of the draft that it began from.
BEGUN, AUTOSAVED = "loaded_revision_id", "overwrite_revision_id"


SESSION_KEY = "saved_meanwhile"


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def note_what_was_saved_meanwhile(request: HttpRequest, thing: Any) -> None:
    """Keep the draft that somebody else saved after this form was opened, to be told of once this one is saved."""
    place = _place(thing)
    if request.method != "POST":
        # A form opened anew shows what is there.
        _forget(request, place)
        return
    known = {request.POST.get(BEGUN, ""), request.POST.get(AUTOSAVED, "")}
    if known == {""}:
        return
    newest = (
        Revision.objects.for_instance(thing).select_related("user").order_by("-created_at", "-pk").first()
    )
    if newest is not None and str(newest.pk) not in known and newest.user_id != request.user.pk:
        # A form that is refused comes back as if it had begun from the other's draft: that there was one is kept.
        request.session[SESSION_KEY] = _noted(request) | {place: newest.pk}
    if before := _noted(request).get(place):
        request.saved_meanwhile = before  # type: ignore[attr-defined]  # for the hook after saving alone


@hooks.register("after_edit_page")
@hooks.register("after_edit_snippet")
def tell_what_was_saved_meanwhile(request: HttpRequest, thing: Any) -> None:
    """Say who saved meanwhile, and lead to what differs."""
    noted = getattr(request, "saved_meanwhile", None)
    before = Revision.objects.select_related("user").filter(pk=noted).first() if noted else None
    if before is None:
        return
    _forget(request, _place(thing))
    newest = Revision.objects.for_instance(thing).order_by("-created_at", "-pk").first()
    words = _(
        "%(who)s saved this while you were writing, at %(time)s. Yours is the newest now; the other one stands in the "
        "history. Look whether something of it is missing in yours."
    )
    said = {
        "who": str(before.user.person) if before.user else _("Somebody"),
        "time": f"{localtime(before.created_at):%H:%M}",
    }
    button = messages.button(_compare_url(thing, before, newest), _("Compare the two"))
    messages.warning(request, words % said, buttons=[button])


def _place(thing: Any) -> str:
    return f"{type(thing)._meta.label}:{thing.pk}"


def _forget(request: HttpRequest, place: str) -> None:
    noted = _noted(request)
    if place in noted:
        request.session[SESSION_KEY] = {other: pk for other, pk in noted.items() if other != place}


def _noted(request: HttpRequest) -> dict[str, int]:
    noted: dict[str, int] = request.session.get(SESSION_KEY, {})
    return noted


def _compare_url(thing: Any, before: Revision, newest: Revision) -> str:
    pages = isinstance(thing, Page)
    name = "wagtailadmin_pages" if pages else thing.snippet_viewset.get_url_name("revisions_compare")
    return reverse(f"{name}:revisions_compare" if pages else name, args=[thing.pk, before.pk, newest.pk])
