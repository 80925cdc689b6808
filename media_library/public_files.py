"""Sends pictures and their renditions: public, for ever the same under one name, and never more than a picture."""

from csp.decorators import csp_exempt
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

A_YEAR = 60 * 60 * 24 * 365
# An SVG opened by itself is a document: it may draw, it may not run or load anything.
ONLY_DRAW = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
@csp_exempt()  # type: ignore[arg-type]  # its type knows no view with arguments
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """Send one file of the pictures' folder. A proxy may serve the same folder with the same headers."""
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = ONLY_DRAW
    return response
