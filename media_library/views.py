"""Sends recordings and documents to those who may have them; to everybody else they do not exist."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from media_library import gate
from media_library.models import Handout, Recording
from media_library.serving import serve


@require_safe
def recording(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Send an audio or video file, seekable."""
    found = _allowed(request, Recording.objects.filter(key=key).first())
    return serve(
        request,
        storage=found.file.storage,
        name=found.file.name,
        size=_size(found),
        content_type=found.content_type,
        etag=f"{found.key}-{found.size}-{found.file.name}",
    )


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send a document to be saved, never to be shown inside the site."""
    found = _allowed(request, Handout.objects.filter(pk=pk).first())
    return serve(
        request,
        storage=found.file.storage,
        name=found.file.name,
        size=_size(found),
        content_type=found.content_type,
        etag=f"{found.pk}-{found.file_hash or found.file.name}",
        download=found.filename,
    )


def _allowed(request: HttpRequest, found: Any) -> Any:
    """Return what was found if the reader may have it; otherwise it is a 404, so that its existence does not leak."""
    if found is None or not gate.may_fetch(request, found):
        raise Http404(_("There is no such file here."))
    return found


def _size(found: Any) -> int:
    try:
        return int(found.file.size)
    except FileNotFoundError as error:
        raise Http404(_("There is no such file here.")) from error
