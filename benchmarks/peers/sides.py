"""The two sites that are compared, behind one face: start, processor time of the workers, stop."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from benchmarks.peers.client import Visit
from benchmarks.site import ROOT, WORKERS, Site, answers, free_port

PEER_FOLDER = Path(__file__).parent / "wagtail_lms_site"
STARTUP_SECONDS = 180
TICKS = os.sysconf("SC_CLK_TCK")


class Side(ABC):
    """A site under gunicorn and what is asked of it."""

    name: str
    visits: list[Visit]

    def __init__(self) -> None:
        self.port = free_port()
        self.gunicorn: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def command(self) -> tuple[list[str], Path, dict[str, str]]:
        """Return gunicorn's command, its folder and its environment."""

    def start(self) -> None:
        """Start fresh workers and wait until one answers."""
        command, folder, environment = self.command()
        # Both write their lines into a file, as they would for a service manager.
        with (Path(environment["SENDA_VAR"]) / "gunicorn.log").open("ab") as log:
            self.gunicorn = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        deadline = time.monotonic() + STARTUP_SECONDS
        while not (answers(f"http://127.0.0.1:{self.port}/healthz/") and len(self.workers()) == WORKERS):
            if self.gunicorn.poll() is not None or time.monotonic() > deadline:
                said = (Path(environment["SENDA_VAR"]) / "gunicorn.log").read_text()[-2000:]
                raise RuntimeError(f"{self.name} does not answer: {said}")
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop the workers."""
        if self.gunicorn:
            self.gunicorn.terminate()
            self.gunicorn.wait(timeout=20)
            self.gunicorn = None

    def workers(self) -> list[int]:
        """Return the processes that answer."""
        if self.gunicorn is None:
            return []
        pid = self.gunicorn.pid
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def cpu(self) -> float:
        """Return the processor time that the workers took since their start, in seconds."""
        return sum(_ticks(pid) for pid in self.workers()) / TICKS


def _ticks(pid: int) -> int:
    # The program's name, in brackets, may hold spaces; utime and stime are the 14th and 15th field.
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def gunicorn_of(python: str, application: str, port: int) -> list[str]:
    """Return the command that serves either side."""
    served = [python, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"]
    return [*served, "--workers", str(WORKERS), "--log-level", "error"]


class Ours(Side):
    """Senda with its production settings."""

    name = "senda"

    def __init__(self, site: Site) -> None:
        super().__init__()
        self.site = site

    def command(self) -> tuple[list[str], Path, dict[str, str]]:
        """Return how `benchmarks.site` starts it, on a port of its own."""
        return gunicorn_of(sys.executable, "lms.wsgi", self.port), ROOT, self.site.settings("production")


class Peer(Side):
    """wagtail-lms with the settings that `wagtail start` writes, and ours where both must be alike."""

    name = "wagtail-lms"

    def __init__(self, python: Path, server_url: str, folder: Path) -> None:
        super().__init__()
        self.python, self.server_url, self.folder = python, server_url, folder

    @property
    def database(self) -> str:
        """Return the name of its own database on the server."""
        return f"wagtail_lms_bench_{os.getpid()}"

    def environment(self) -> dict[str, str]:
        """Return what its settings read."""
        url = urlunsplit(urlsplit(self.server_url)._replace(path=f"/{self.database}"))
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        return {
            **kept,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "settings",
            "SENDA_VAR": str(self.folder),
        }

    def command(self) -> tuple[list[str], Path, dict[str, str]]:
        """Return the same server with the same number of workers."""
        return gunicorn_of(str(self.python), "wsgi", self.port), PEER_FOLDER, self.environment()

    def prepare(self, content: Path) -> None:
        """Make its database and fill it with the same lessons and accounts; remember what to ask."""
        for arguments in (
            ["-m", "django", "migrate", "--verbosity", "0"],
            ["-m", "django", "collectstatic", "--noinput", "--verbosity", "0"],
            ["fill.py", str(content), str(self.folder / "visits.json")],
        ):
            subprocess.run(
                [str(self.python), *arguments],
                cwd=PEER_FOLDER,
                env={**self.environment(), "PYTHONPATH": str(PEER_FOLDER)},
                stdout=sys.stderr,
                check=True,
            )
        rows = json.loads((self.folder / "visits.json").read_text())
        self.visits = [Visit(path, cookie, tuple(holds), tuple(lacks)) for path, cookie, holds, lacks in rows]
