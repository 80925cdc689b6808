"""Serves the site for `make run`: prepares the database once, then keeps site, worker and timer together.

Preparing (migrations, starter course, demo) takes most of a minute the first time. A stamp remembers what was
prepared, so that a later start goes straight to serving.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
STAMP = ROOT / "var" / "run" / "prepared.json"
MANAGE = (sys.executable, "manage.py")
HOST = "127.0.0.1"

PR_SET_PDEATHSIG = 1  # linux/prctl.h

STARTUP_SECONDS = 60
PATIENCE_SECONDS = 10
RESTART_SECONDS = 3


def main() -> None:
    os.chdir(ROOT)
    if "MAKELEVEL" in os.environ:
        end_with_parent()
    port = wanted_port()
    refuse_a_taken_port(port)
    # Before the demo is loaded: the address is frozen into its certificates and their QR codes.
    os.environ.setdefault("SENDA_BASE_URL", f"http://{HOST}:{port}")
    prepare()
    sys.exit(Supervisor(port).run())


# Before serving


def wanted_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        sys.exit(f"PORT takes a number from 1 to 65535, not «{text}».")
    return int(text)


def refuse_a_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            sys.exit(f"Port {port} is taken. Stop what listens there, or: make run PORT={port + 1}")


def prepare() -> None:
    """Migrate and load, unless the stamp says that just this was done to the database that is still there."""
    key = fingerprint()
    stamp = read_stamp()
    database = stamp.get("database", "")
    if not (database and Path(database).exists()):
        database = ""
    elif stamp.get("key") == key:
        return
    command = [sys.executable, "scripts/prepare.py", str(STAMP), key, database]
    if code := subprocess.run(command, check=False).returncode:
        sys.exit(code)


def read_stamp() -> dict[str, str]:
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def fingerprint() -> str:
    """Changes with the migrations, the libraries, the starter content and the address of the database."""
    digest = hashlib.sha256(os.environ.get("DATABASE_URL", "").encode())
    for path in prepared_from():
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def prepared_from() -> Iterator[Path]:
    yield ROOT / "requirements.txt"
    yield from sorted(ROOT.glob("*/migrations/*.py"))
    yield from sorted(path for path in (ROOT / "starter").rglob("*") if path.is_file())


# Serving


@dataclass
class Part:
    """One of the processes that make up the running site."""

    name: str
    command: tuple[str, ...]
    process: subprocess.Popen[bytes] | None = None
    restart_at: float = 0.0

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches the supervisor alone, which then stops all parts in order.
        self.process = subprocess.Popen(
            [*MANAGE, *self.command],
            start_new_session=True,
            preexec_fn=end_with_parent,  # noqa: PLW1509 -- the supervisor has one thread
        )

    def ended(self) -> int | None:
        return self.process.poll() if self.process else None

    def signal(self, number: int) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, number)


class Supervisor:
    def __init__(self, port: int) -> None:
        self.address = f"http://{HOST}:{port}/"
        reload = () if os.environ.get("RELOAD") == "1" else ("--noreload",)
        self.site = Part("site", ("runserver", "--skip-checks", *reload, f"{HOST}:{port}"))
        self.helpers = [
            Part("worker", ("db_worker", "--no-reload", "--queue-name", "*", "--verbosity", "0")),
            Part("timer", ("timer",)),
        ]
        self.stopping = False

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.stop)
        try:
            self.site.start()
            # The site answers sooner when worker and timer do not load their libraries at the same moment.
            if self.wait_until_it_answers():
                print(f"\nSenda is at {self.address} · Ctrl-C stops it\n", flush=True)
                for helper in self.helpers:
                    helper.start()
            return self.watch()
        finally:
            self.stop_all()

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def wait_until_it_answers(self) -> bool:
        deadline = time.monotonic() + STARTUP_SECONDS
        while not self.stopping and self.site.ended() is None and time.monotonic() < deadline:
            if answers(self.address):
                return True
            time.sleep(0.1)
        return False

    def watch(self) -> int:
        while not self.stopping:
            code = self.site.ended()
            if code is not None:
                print(f"The site ended with {code}.", flush=True)
                return code or 1
            for helper in self.helpers:
                self.revive(helper)
            time.sleep(0.2)
        return 0

    def revive(self, helper: Part) -> None:
        """A worker that died of one bad task must not take the site with it, nor stay dead."""
        code = helper.ended()
        if code is None:
            return
        now = time.monotonic()
        if not helper.restart_at:
            print(
                f"The {helper.name} ended with {code}; starting it again in {RESTART_SECONDS} s.", flush=True
            )
            helper.restart_at = now + RESTART_SECONDS
        elif now >= helper.restart_at:
            helper.restart_at = 0.0
            helper.start()

    def stop_all(self) -> None:
        parts = [self.site, *self.helpers]
        for part in parts:
            part.signal(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while any(part.process and part.ended() is None for part in parts) and time.monotonic() < deadline:
            time.sleep(0.05)
        for part in parts:
            part.signal(signal.SIGKILL)


def end_with_parent() -> None:
    """Even a killed parent, which can say nothing, leaves no process behind that holds the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}healthz/", timeout=5):  # noqa: S310 -- our own address
            return True
    except urllib.error.HTTPError:
        # A part that is not well yet (no worker so far) is an answer too.
        return True
    except OSError:
        return False


if __name__ == "__main__":
    main()
