"""Turns the pictures of a certificate (QR, logos, signatures) into SVG texts, which Typst takes as data."""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from io import BytesIO

from . import engine

LARGEST = 2_000_000  # bytes
_INK = "#12211f"
# usvg would look outside for these; a logo is one file.
_OUTSIDE = re.compile(
    r"""<!ENTITY|<\?xml-stylesheet|@import|href\s*=\s*["'](?!\s*(?:#|data:image/))|url\(\s*["']?(?!\s*["']?#)""",
    re.IGNORECASE,
)


def qr_svg(address: str) -> str:
    """Return a QR of ``address`` (error level M); the sheet leaves four modules of paper round it.

    The mask is fixed: trying all eight, as the standard advises for the best contrast, costs as much as
    drawing the whole certificate, and every reader reads every mask.
    """
    import segno

    matrix = segno.make(address, error="m", mask=2, micro=False).matrix
    size = len(matrix)
    rows = "".join(_row_path(row, at) for at, row in enumerate(matrix))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<path stroke="{_INK}" d="{rows}"/></svg>'
    )


def _row_path(row: bytearray, at: int) -> str:
    """Return one row's dark runs as strokes one module thick."""
    runs = re.finditer(rb"\x01+", row)
    return "".join([f"M{run.start()} {at}.5h{run.end() - run.start()}" for run in runs])


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
