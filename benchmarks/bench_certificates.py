"""How fast certificates are drawn: the rate for distinct people on one core, the first of a fresh process."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.report import Report
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


def run(report: Report) -> None:
    """Report the figures of certificates."""
    content = replace(AMINA, logos=FULL.logos[:1])
    people = "distinct people, logo, QR, signatures"
    longest = "140 characters, 12 objectives, 3 logos"
    size = len(rendering.render_pdf(content, at=AT, read_picture=read_picture)) / 1000
    report.figure("certificates.render_rate", _rate(content), "pdf/s/core", at_least=100, size=people)
    report.figure("certificates.render_rate_longest", _rate(FULL), "pdf/s/core", at_least=50, size=longest)
    report.figure("certificates.first_render", _first(), "ms", at_most=150, size="fresh process")
    report.figure("certificates.size", size, "kB", at_most=100, size="one PDF")


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
