"""Answers who may fetch a document or recording: whoever may open a live page in which it stands."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest
from wagtail.models import Page, ReferenceIndex
from wagtail.signals import page_published

from courses import gate
from courses.blocks.countries import reader_in
from courses.blocks.scoping import is_for
from courses.models.pages import ActivityPage
from media_library import gate as media_gate


def pages_with(obj: Any) -> list[Page]:
    """Return the live pages in which a document or recording stands, as the index of references knows them."""
    page_type = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.get_references_to(obj).filter(base_content_type=page_type)
    keys = {int(key) for key in references.values_list("object_id", flat=True)}
    return list(Page.objects.live().public().filter(pk__in=keys).specific()) if keys else []


def may_fetch(request: HttpRequest, obj: Any) -> bool:
    """Ask at the door of each lesson in which the file stands; other pages of the site are open to everybody."""
    return any(_is_open(request, page, obj) for page in pages_with(obj))


def _is_open(request: HttpRequest, page: Page, obj: Any) -> bool:
    if not isinstance(page, ActivityPage):
        return True
    try:
        answer = gate.ask(request, page)
    except Http404:
        return False
    return answer.response is None and _is_shown(page, obj, answer.study)


def _is_shown(page: ActivityPage, obj: Any, study: Any) -> bool:
    """Say whether the file stands in a block that concerns this reader, or in no block. Editors fetch all of them."""
    if study is None or not hasattr(page, "body"):
        return True
    references = ReferenceIndex.get_references_to(obj).filter(object_id=str(page.pk))
    paths = [path.split(".") for path in references.values_list("content_path", flat=True)]
    holders = {path[1] for path in paths if path[0] == "body" and len(path) > 1}
    shown = {str(child.id) for child in page.body if is_for(child.value, reader_in({"study": study}))}
    return bool(holders & shown) or any(path[0] != "body" for path in paths)


def note_references(instance: Page, **kwargs: Any) -> None:
    """Write the index when a page is published: left to the queue, its recordings would answer 404 meanwhile."""
    ReferenceIndex.create_or_update_for_object(instance.specific)


def install() -> None:
    """Stand at the door; called once, when the room is ready."""
    media_gate.register(may_fetch)
    page_published.connect(note_references, dispatch_uid="courses.note_references")
