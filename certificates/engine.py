"""Draws the certificate's own template: one sheet, as an archival PDF or as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from common.sheets import typesetting

if TYPE_CHECKING:
    from datetime import datetime

FOLDER = Path(__file__).parent / "typst"
TEMPLATE = FOLDER / "certificate.typ"


def compile_certificate(inputs: dict[str, str], *, at: datetime, ppi: float | None = None) -> bytes:
    """Return the sheet filled with ``inputs``: a PNG if ``ppi`` is given, else an archival, tagged PDF."""
    if ppi is None:
        return typesetting.compile_pdf(TEMPLATE, inputs, at=at)
    made = typesetting.compile_png(TEMPLATE, inputs, at=at, ppi=ppi)
    if not isinstance(made, bytes):
        raise ValueError("A certificate is one sheet; this one ran on to a second.")
    return made


def draws(svg: str) -> bool:
    """Tell whether Typst can draw a picture in an archival PDF."""
    return typesetting.draws(svg, root=FOLDER)
