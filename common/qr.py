"""Draws an address as a QR: an SVG text of plain attributes, for paper and, as it stands, inside a page."""

from __future__ import annotations

import re

_INK = "#12211f"


def qr_svg(address: str) -> str:
    """Return a QR of ``address`` (error level M); who shows it leaves four modules of paper round it.

    The mask is fixed: trying all eight, as the standard advises for the best contrast, costs as much as
    drawing a whole certificate, and every reader reads every mask.
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
