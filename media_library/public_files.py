"""Sends pictures and their renditions: public, for ever the same under one name, and never more than a picture."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import ParseError

from csp.decorators import csp_exempt
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils._os import safe_join
from django.views.decorators.http import require_safe
from django.views.static import serve

A_YEAR = 60 * 60 * 24 * 365
# An SVG opened by itself is a document: it may draw, it may not run or load anything.
ONLY_DRAW = "default-src 'none'; sandbox"


@require_safe
@csp_exempt()  # type: ignore[arg-type]  # its type knows no view with arguments
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """Send one file of the pictures' folder. A proxy may serve the same folder with the same headers."""
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = policy_of(path)
    return response


def policy_of(path: str) -> str:
    """Return what a picture may do: a drawing's own styles are allowed by their sums, and no others."""
    if not path.lower().endswith(".svg"):
        return ONLY_DRAW
    file = Path(safe_join(settings.MEDIA_ROOT, path))
    sums = styles_of(file, file.stat().st_mtime_ns)
    return f"{ONLY_DRAW}; style-src 'unsafe-hashes' {' '.join(sums)}" if sums else ONLY_DRAW


@lru_cache(maxsize=500)
def styles_of(file: Path, changed: int) -> tuple[str, ...]:
    """Return the sums of a drawing's style elements and attributes, as a policy names them."""
    try:
        root = fromstring(file.read_bytes())
    except (ParseError, DefusedXmlException):
        return ()
    elements = (element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}style"))
    attributes = (element.get("style", "") for element in root.iter())
    return tuple(sorted({sum_of(style) for style in (*elements, *attributes) if style}))


def sum_of(style: str) -> str:
    """Return the sum of one style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
