"""Keeps the site that is measured: a folder and a database of its own, the production settings, gunicorn."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
STARTUP_SECONDS = 120


class Site:
    """Made once for a whole run; everything goes with `close`, whatever happened."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="senda-bench-"))
        self.port = free_port()
        self.server_url = os.environ.get("DATABASE_URL", "")
        self.environment = {
            **os.environ,
            "DATABASE_URL": self.own_database(),
            "SENDA_VAR": str(self.folder),
            "SENDA_BASE_URL": f"http://127.0.0.1:{self.port}",
            "SECRET_KEY": "for-a-benchmark-that-lives-some-minutes-on-loopback-0123456789",
            "ALLOWED_HOSTS": "127.0.0.1",
            # Loopback has no TLS; the settings refuse plain HTTP otherwise.
            "SENDA_INSECURE_HTTP": "1",
            "EMAIL_URL": f"filemail://{self.folder}/mail",
        }
        self.flags = ["--log-level", "error"]
        self.gunicorn: subprocess.Popen[bytes] | None = None

    def prepare(self, *, demo: bool = True) -> None:
        """Production refuses the demo, so that the data is made under the settings for development."""
        if self.server_url:
            self.on_the_server(f'CREATE DATABASE "{self.database}"')
        if demo:
            stamp = self.folder / "prepared.json"
            self.run("scripts/prepare.py", str(stamp), "bench", "", settings="development")
        else:
            for command in ("migrate", "createcachetable", "load_starter"):
                self.run("manage.py", command, "--verbosity", "0", settings="development")
        self.run("manage.py", "collectstatic", "--noinput", "--verbosity", "0", settings="production")

    @property
    def url(self) -> str:
        """Where the site answers, without a slash at the end; the first call starts it."""
        if self.gunicorn is None:
            self.start()
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> str:
        return f"senda_bench_{os.getpid()}"

    def own_database(self) -> str:
        """Beside the database of DATABASE_URL, never in it."""
        if not self.server_url:
            return f"sqlite:///{self.folder}/bench.sqlite3"
        return urlunsplit(urlsplit(self.server_url)._replace(path=f"/{self.database}"))

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "lms.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--workers", str(WORKERS), *self.flags]
        log = (self.folder / "gunicorn.log").open("wb")
        self.gunicorn = subprocess.Popen(
            command, cwd=ROOT, env=self.settings("production"), stdout=log, stderr=log
        )
        deadline = time.monotonic() + STARTUP_SECONDS
        while not answers(f"http://127.0.0.1:{self.port}/healthz/"):
            if self.gunicorn.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "gunicorn.log").read_text() or "gunicorn does not answer")
            time.sleep(0.1)

    def settings(self, name: str) -> dict[str, str]:
        return {**self.environment, "DJANGO_SETTINGS_MODULE": f"lms.settings.{name}"}

    def run(self, *command: str, settings: str) -> None:
        # Figures go to the output, everything else beside it.
        subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.settings(settings), stdout=sys.stderr, check=True
        )

    def on_the_server(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.server_url, autocommit=True) as connection:
            connection.execute(statement.encode())

    def close(self) -> None:
        if self.gunicorn:
            self.gunicorn.terminate()
            self.gunicorn.wait(timeout=20)
        if self.server_url:
            self.on_the_server(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')
        shutil.rmtree(self.folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
