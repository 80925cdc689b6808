"""Answers requests for private files: whole, or the part that a player asks for (RFC 9110, single ranges)."""

import re
from collections.abc import Iterator

from django.core.files.storage import Storage
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header, quote_etag

PIECE = 64 * 1024
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class Unsatisfiable(Exception):
    """A range that lies outside of the file."""


def asked_range(header: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte that `header` asks for; None when the whole file is to be sent.

    Headers that are malformed or ask for several ranges are answered by the whole file, as the RFC allows.
    """
    match = _RANGE.fullmatch(header.strip().replace(" ", ""))
    if not match or match.group(1) == match.group(2) == "":
        return None
    first, last = match.groups()
    if first == "":
        length = int(last)
        if not length or not size:
            raise Unsatisfiable
        return max(0, size - length), size - 1
    start, end = int(first), min(int(last or size - 1), size - 1)
    if last and int(last) < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return start, end


def serve(
    request: HttpRequest,
    *,
    storage: Storage,
    name: str,
    size: int,
    content_type: str,
    etag: str,
    download: str = "",
) -> HttpResponseBase:
    """Send a private file, or the range of it that was asked for. `download` names the file that is to be saved."""
    tag = quote_etag(etag)
    if request.headers.get("If-None-Match") == tag:
        return _dressed(HttpResponseNotModified(), tag=tag, content_type="", download=download)
    try:
        part = _part(request, tag, size)
    except Unsatisfiable:
        refused = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        return _dressed(refused, tag=tag, content_type="", download="")
    start, end = part or (0, size - 1)
    response = _body(request, storage=storage, name=name, start=start, length=end - start + 1)
    response["Content-Length"] = str(end - start + 1)
    if part:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{end}/{size}"
    return _dressed(response, tag=tag, content_type=content_type, download=download)


def _part(request: HttpRequest, tag: str, size: int) -> tuple[int, int] | None:
    header = request.headers.get("Range", "")
    # A player that kept half of another version must not be given the other half of this one.
    if not header or request.headers.get("If-Range", tag) != tag:
        return None
    return asked_range(header, size)


def _body(request: HttpRequest, *, storage: Storage, name: str, start: int, length: int) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse()
    return StreamingHttpResponse(_pieces(storage, name, start, length))


def _pieces(storage: Storage, name: str, start: int, length: int) -> Iterator[bytes]:
    # Opened with the first piece: a reader who is gone before it would leave a file open that nothing closes.
    with storage.open(name) as file:
        file.seek(start)
        while length > 0 and (piece := file.read(min(PIECE, length))):
            length -= len(piece)
            yield piece


def _dressed(response: HttpResponseBase, *, tag: str, content_type: str, download: str) -> HttpResponseBase:
    """Add what keeps the file private, whole and harmless whatever a browser makes of it."""
    response["ETag"] = tag
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie"])
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    # Compressing in passing would drop the length and break the ranges.
    response["Content-Encoding"] = "identity"
    if content_type:
        response["Content-Type"] = content_type
    if download:
        response["Content-Disposition"] = content_disposition_header(True, download) or "attachment"
        response._csp_replace = {"default-src": ["'none'"], "sandbox": True}  # type: ignore[attr-defined]  # read by django-csp
    return response
