"""Keeps a PostgreSQL for one run: that of DATABASE_URL, or one of Debian's packages in a temporary folder."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.site import free_port

# Nothing in it outlives the run: what makes it safe against a power cut only adds noise.
UNSAFE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@contextmanager
def server() -> Iterator[str]:
    """Give the address of a database on a running server."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="senda-peers-"))
    owner = _unprivileged(folder)
    programs, port = _programs(), free_port()
    try:
        make = [str(programs / "initdb"), "-D", "data", "-U", "senda", "--auth=trust"]
        _run([*make, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"], folder, owner)
        options = f"-p {port} -h 127.0.0.1 -k {folder} {UNSAFE}"
        _run(
            [str(programs / "pg_ctl"), "-D", "data", "-w", "-l", "log", "start", "-o", options], folder, owner
        )
        yield f"postgres://senda@127.0.0.1:{port}/postgres"
    finally:
        stop = [str(programs / "pg_ctl"), "-D", "data", "-m", "immediate", "-w", "stop"]
        subprocess.run(stop, cwd=folder, user=owner, stdout=subprocess.DEVNULL, check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise RuntimeError(
            "PostgreSQL is missing. On Debian: apt-get install postgresql; or name DATABASE_URL."
        )
    return found[-1].parent


def _unprivileged(folder: Path) -> str | None:
    """Give the folder to `postgres` where we are root, as whom PostgreSQL refuses to run."""
    if os.geteuid() != 0:
        return None
    os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    return "postgres"


def _run(command: list[str], folder: Path, owner: str | None) -> None:
    # `pg_ctl start` leaves a server behind that would hold a pipe open.
    result = subprocess.run(
        command, cwd=folder, user=owner, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    if result.returncode:
        log = folder / "log"
        raise RuntimeError(log.read_text() if log.exists() else f"{command[0]} failed")
