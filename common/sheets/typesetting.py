"""Keeps the one Typst of this process: fonts read once, each template's folder as its root.

Typst is loaded late, at the first sheet: a worker that draws none does not pay for it.
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

STANDARDS: list[Any] = ["a-3a", "ua-1"]

_TRIAL = b'#set document(title: "x")\n#image(bytes(sys.inputs.svg), format: "svg", alt: "x", width: 1cm)'
# A compiler is not made for two threads at once; one rendering takes milliseconds.
_one_at_a_time = threading.Lock()


def compile_pdf(template: Path, inputs: dict[str, str], *, at: datetime) -> bytes:
    """Return `template` filled with `inputs` as an archival, tagged PDF."""
    with _one_at_a_time:
        made = _compiler(template).compile(
            format="pdf", sys_inputs=inputs, pdf_standards=STANDARDS, timestamp=at
        )
    if not isinstance(made, bytes):
        raise TypeError("A PDF is one file.")
    return made


def compile_png(template: Path, inputs: dict[str, str], *, at: datetime, ppi: float) -> bytes | list[bytes]:
    """Return `template` filled with `inputs` as a picture; a list where it runs on to a second page."""
    with _one_at_a_time:
        made = _compiler(template).compile(format="png", ppi=ppi, sys_inputs=inputs, timestamp=at)
    return made if made is not None else b""


def draws(svg: str, *, root: Path) -> bool:
    """Tell whether Typst can draw a picture in an archival PDF."""
    import typst

    trial = typst.Compiler(_TRIAL, root=str(root), font_paths=_fonts(), sys_inputs={"svg": svg})
    try:
        trial.compile(format="pdf", pdf_standards=STANDARDS, timestamp=0)
    except typst.TypstError:
        return False
    return True


@cache
def _compiler(template: Path) -> typst.Compiler:
    import typst

    return typst.Compiler(str(template), root=str(template.parent), font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    import typst

    folder = str(faces.FOLDER)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
