"""Keeps the one Typst of this process: fonts and template read once, the template's folder as its root.

Typst is loaded late, at the first certificate: a worker that draws none does not pay for it.
"""

from __future__ import annotations

import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import faces

if TYPE_CHECKING:
    from datetime import datetime

    import typst

FOLDER = Path(__file__).parent / "typst"
STANDARDS: list[Any] = ["a-3a", "ua-1"]

_TRIAL = b'#set document(title: "x")\n#image(bytes(sys.inputs.svg), format: "svg", alt: "x", width: 1cm)'
# A compiler is not made for two threads at once; one rendering takes milliseconds.
_one_at_a_time = threading.Lock()


def compile_certificate(inputs: dict[str, str], *, at: datetime, ppi: float | None = None) -> bytes:
    """Return the sheet filled with ``inputs``: a PNG if ``ppi`` is given, else an archival, tagged PDF."""
    with _one_at_a_time:
        made = _compiler().compile(
            format="png" if ppi else "pdf",
            ppi=ppi,
            sys_inputs=inputs,
            pdf_standards=[] if ppi else STANDARDS,
            timestamp=at,
        )
    if not isinstance(made, bytes):
        raise ValueError("A certificate is one sheet; this one ran on to a second.")
    return made


def draws(svg: str) -> bool:
    """Tell whether Typst can draw a picture in an archival PDF."""
    import typst

    trial = typst.Compiler(_TRIAL, root=str(FOLDER), font_paths=_fonts(), sys_inputs={"svg": svg})
    try:
        trial.compile(format="pdf", pdf_standards=STANDARDS, timestamp=0)
    except typst.TypstError:
        return False
    return True


@cache
def _compiler() -> typst.Compiler:
    import typst

    return typst.Compiler(str(FOLDER / "certificate.typ"), root=str(FOLDER), font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    import typst

    folder = str(faces.FOLDER)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
