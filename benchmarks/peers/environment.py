"""Keeps the environment in which the other platform runs: wagtail-lms with the versions that we pin ourselves."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.site import ROOT

PEER = "wagtail-lms==0.11.1"
SHARED = ("django", "wagtail", "gunicorn", "psycopg", "psycopg-binary", "whitenoise", "pillow", "brotli")
WANTED = (PEER, "gunicorn", "psycopg[binary]", "whitenoise[brotli]", "pillow")
FOLDER = ROOT / "var" / "peers"


def python() -> Path:
    """Return the interpreter of the environment; it is made on the first call and kept for the next run."""
    path = FOLDER / "venv" / "bin" / "python"
    stamp, wanted = FOLDER / "installed", _fingerprint()
    if path.exists() and stamp.exists() and stamp.read_text() == wanted:
        return path
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    print(f"Installing {PEER} into {path.parent.parent.relative_to(ROOT)} …", file=sys.stderr, flush=True)
    (FOLDER / "constraints.txt").write_text(_constraints())
    _install(path)
    stamp.write_text(wanted)
    return path


def _constraints() -> str:
    """Return our own pins, so that the two sites differ in nothing but themselves."""
    pinned = re.findall(
        r"^([a-z0-9-]+)(?:\[[a-z]+\])?==(\S+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE
    )
    return "".join(f"{name}=={version}\n" for name, version in pinned if name in SHARED)


def _fingerprint() -> str:
    return hashlib.sha256(f"{WANTED}{_constraints()}{FOLDER}".encode()).hexdigest()


def _install(path: Path) -> None:
    options = ["--constraint", str(FOLDER / "constraints.txt"), *WANTED]
    uv = _uv()
    if uv:
        _run(uv, "venv", "--quiet", "--python", sys.executable, str(path.parent.parent))
        _run(uv, "pip", "install", "--quiet", "--python", str(path), *options)
        return
    _run(sys.executable, "-m", "venv", str(path.parent.parent))
    _run(str(path), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *options)


def _uv() -> str | None:
    beside = Path(sys.executable).with_name("uv")
    return str(beside) if beside.exists() else shutil.which("uv")


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=sys.stderr)
