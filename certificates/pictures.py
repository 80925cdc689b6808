"""Turns the pictures of a certificate (logos, signatures) into SVG texts, which Typst takes as data."""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from io import BytesIO

from . import engine

LARGEST = 2_000_000  # bytes
# usvg would look outside for these; a logo is one file.
_OUTSIDE = re.compile(
    r"""<!ENTITY|<\?xml-stylesheet|@import|href\s*=\s*["'](?!\s*(?:#|data:image/))|url\(\s*["']?(?!\s*["']?#)""",
    re.IGNORECASE,
)


@lru_cache(maxsize=32)
def as_svg(data: bytes) -> str | None:
    """Return the picture (SVG, PNG, JPEG, WebP) as one self-contained SVG, or None if it cannot be drawn."""
    if len(data) > LARGEST:
        return None
    svg = _own_svg(data) if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else _raster_svg(data)
    return svg if svg is not None and engine.draws(svg) else None


def _own_svg(data: bytes) -> str | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if _OUTSIDE.search(text) else text


def _raster_svg(data: bytes) -> str | None:
    """Wrap a bitmap: re-encoded as PNG, without whatever else its file carried (place, camera, profile)."""
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as opened:
            opened.thumbnail((1200, 1200))
            picture = opened.convert("RGBA")
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    out = BytesIO()
    picture.save(out, "PNG")
    width, height = picture.size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><image width="{width}" '
        f'height="{height}" href="data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"/></svg>'
    )
