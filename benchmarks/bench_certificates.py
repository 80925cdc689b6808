"""How fast certificates are drawn: the rate for distinct people on one core, the first of a fresh process."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from certificates import codes, rendering
from certificates.content import CertificateContent
from tests.certificates.samples import AMINA, AT, FULL, read_picture

ROOT = Path(__file__).resolve().parent.parent
PEOPLE = 300
FIRST = """
import time
from tests.certificates.samples import AMINA, AT, read_picture
start = time.perf_counter()
from certificates import rendering
rendering.render_pdf(AMINA, at=AT, read_picture=read_picture)
print((time.perf_counter() - start) * 1000)
"""

Report = Callable[[str, float, str, str, str], None]


def run(report: Report) -> None:
    """Report the figures of certificates."""
    content = replace(AMINA, logos=FULL.logos[:1])
    name = "certificates."
    report(
        name + "render_rate", _rate(content), "pdf/s/core", ">=100", "distinct people, logo, QR, signatures"
    )
    report(
        name + "render_rate_longest",
        _rate(FULL),
        "pdf/s/core",
        ">=50",
        "140 characters, 12 objectives, 3 logos",
    )
    report(name + "first_render", _first(), "ms", "<=150", "fresh process, fonts and Typst loaded")
    size = len(rendering.render_pdf(content, at=AT, read_picture=read_picture)) / 1000
    report(name + "size", size, "kB", "<=100", "one PDF")


def _rate(content: CertificateContent) -> float:
    """Return certificates drawn per second of one core's time, each with its own name, code and QR."""
    rendering.render_pdf(content, at=AT, read_picture=read_picture)
    start = time.process_time()
    for number in range(PEOPLE):
        code = codes.new_code()
        own = replace(
            content,
            holder=f"{content.holder} {number}",
            code=code,
            verify_url=f"https://senda.example/v/{code}",
        )
        rendering.render_pdf(own, at=AT, read_picture=read_picture)
    return PEOPLE / (time.process_time() - start)


def _first() -> float:
    """Return the median of three fresh processes, in ms."""
    command = [sys.executable, "-c", FIRST]
    runs = [subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True) for _ in range(3)]
    return statistics.median(float(run.stdout) for run in runs)


if __name__ == "__main__":
    run(lambda figure, value, unit, limit, size: print(figure, round(value, 1), unit, limit, size))
