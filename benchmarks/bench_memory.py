"""What one gunicorn worker holds in memory after five hundred requests of every kind.

The figure is the worker's resident set (RSS), shared libraries included: what one more worker may cost at most. Its
proportional share (PSS) is printed beside it.
"""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

from django.conf import settings
from django.test import Client

from benchmarks import crowd
from benchmarks.report import Report
from benchmarks.site import ROOT, Site, answers, free_port
from certificates.models import Certificate
from courses.models import LessonPage

REQUESTS = 500
HOST = "127.0.0.1"
SECONDS = 60


def run(report: Report) -> None:
    """Report the memory of a worker of its own, after a fixed mix of pages, forms and certificates."""
    session = Client(HTTP_HOST=HOST)
    session.force_login(crowd.reader())
    cookie = f"{settings.SESSION_COOKIE_NAME}={session.cookies[settings.SESSION_COOKIE_NAME].value}"
    with one_worker(report.site) as (port, worker):
        before = kilobytes(worker, "Rss")
        for address, holds in islice(cycle(mix()), REQUESTS):
            visit(port, address, holds, cookie)
        size = f"{REQUESTS} mixed requests"
        report.figure("memory.worker_start", before / 1024, "MiB RSS", size="no request yet")
        report.figure("memory.worker", kilobytes(worker, "Rss") / 1024, "MiB RSS", at_most=180, size=size)
        report.figure("memory.worker_share", kilobytes(worker, "Pss") / 1024, "MiB PSS", size=size)


def mix() -> list[tuple[str, bytes]]:
    """Return addresses with what each answer must hold."""
    course = crowd.measured_course()
    lessons = LessonPage.objects.descendant_of(course).live().order_by("path")[:17]
    # Two a round: verifying is limited to some sixty in five minutes from one address.
    certificates = Certificate.objects.filter(revoked_at=None, replaced_by=None)[:2]
    return [
        ("/", b"<h1"),
        ("/cursos/", b"pap-01"),
        ("/cursos/?q=escucha&pais=MX", b"<h1"),
        (course.url, b"senda"),
        *((lesson.url, b"<article") for lesson in lessons),
        ("/aprender/", b"pap-01"),
        ("/aprender/registro/", b"<h1"),
        ("/cuenta/perfil/", b"<form"),
        ("/cuenta/mis-datos/", b"amina@"),
        ("/buscar/?q=psicologico", b"<h1"),
        ("/lineas-de-apoyo/", b"tel:"),
        *((f"/verificar/{certificate.code}/", b"verdict") for certificate in certificates),
        *((f"/cuenta/mis-datos/descargar/?{number}", b"{") for number in range(2)),
        ("/no-existe/", b"<h1"),
    ]


@contextmanager
def one_worker(site: Site) -> Iterator[tuple[int, int]]:
    """Start gunicorn with a single worker; give its port and the worker's process."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "lms.wsgi", "--bind", f"{HOST}:{port}", "--workers", "1"]
    gunicorn = subprocess.Popen([*command, "--log-level", "error"], cwd=ROOT, env=site.settings("production"))
    try:
        deadline = time.monotonic() + SECONDS
        while not answers(f"http://{HOST}:{port}/healthz/"):
            if gunicorn.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("gunicorn does not answer")
            time.sleep(0.1)
        children = Path(f"/proc/{gunicorn.pid}/task/{gunicorn.pid}/children").read_text().split()
        yield port, int(children[0])
    finally:
        gunicorn.terminate()
        gunicorn.wait(timeout=20)


def visit(port: int, address: str, holds: bytes, cookie: str) -> None:
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    connection.request("GET", address, headers={"Cookie": cookie, "Accept-Language": "es"})
    body = connection.getresponse().read()
    connection.close()
    if holds not in body:
        raise RuntimeError(f"{address} answered without «{holds.decode()}»")


def kilobytes(process: int, what: str) -> int:
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    found = re.search(rf"^{what}:\s+(\d+) kB", rollup, re.MULTILINE)
    if found is None:
        raise RuntimeError(f"The kernel does not tell the {what} of a process.")
    return int(found[1])
