"""How long a newcomer waits: a fresh clone of the last commit, `make run`, the first page; then a second start.

The package cache is warm: the environment that runs this was installed from it. Changes that are not committed are
not measured.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.report import Report
from benchmarks.site import ROOT, free_port

PATIENCE_SECONDS = 600
STOP_SECONDS = 30
# Nothing of this run's own settings may reach the clone: its database, its folder, its make.
PASSED_ON = (
    "PATH",
    "HOME",
    "USER",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "PYTHON",
    "SSL_CERT_FILE",
    "REQUESTS_CA_BUNDLE",
)
PREFIXES = ("PIP_", "UV_", "HTTP_", "HTTPS_", "NO_PROXY", "http", "no_proxy")


def run(report: Report) -> None:
    """Report seconds to the first page of a fresh clone, and of the start after it."""
    folder = Path(tempfile.mkdtemp(prefix="senda-start-"))
    try:
        clone = folder / "senda"
        subprocess.run(["git", "clone", "--quiet", "--no-local", str(ROOT), str(clone)], check=True)
        size = "fresh clone, warm package cache"
        report.figure("start.first_page", until_first_page(clone), "s", at_most=120, size=size)
        report.figure(
            "start.second_start", until_first_page(clone), "s", at_most=5, size="starter and demo loaded"
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def until_first_page(clone: Path) -> float:
    port = free_port()
    started = time.monotonic()
    with made_to_run(clone, port) as process:
        while not shows_the_course(port):
            if process.poll() is not None or time.monotonic() > started + PATIENCE_SECONDS:
                raise RuntimeError((clone.parent / "log").read_text()[-2000:])
            time.sleep(0.05)
        return time.monotonic() - started


@contextmanager
def made_to_run(clone: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = ["make", "run", f"PORT={port}"]
    with (clone.parent / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=clone, env=environment(), stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield process
        finally:
            # As Ctrl-C in a terminal: the whole group hears it.
            os.killpg(process.pid, signal.SIGINT)
            process.wait(timeout=STOP_SECONDS)


def environment() -> dict[str, str]:
    return {
        name: value for name, value in os.environ.items() if name in PASSED_ON or name.startswith(PREFIXES)
    }


def shows_the_course(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
            return "Primeros auxilios" in answer.read().decode()
    except (urllib.error.URLError, OSError):
        return False
