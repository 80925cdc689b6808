"""Makes the virtual environment in .venv and installs the hashed requirements; a second call costs nothing.

Runs on the standard library of the system's Python, since nothing else is there yet.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    dev = parser.parse_args().dev
    if sys.version_info < (3, 11):  # noqa: UP036 -- the system's Python may be older than ours
        start_again_with_a_newer_python()
    os.chdir(ROOT)
    with one_at_a_time():
        install("requirements-dev.txt" if dev else "requirements.txt")
        if (ROOT / "locale").is_dir():
            run(str(PYTHON), "scripts/messages.py", "compile")


def start_again_with_a_newer_python() -> None:
    for name in NEWER:
        if path := shutil.which(name):
            os.execv(path, [path, *sys.argv])  # noqa: S606 -- a Python of this machine, our own arguments
    stop(f"Senda needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}.")


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two make commands started together would both fill .venv."""
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install(requirements: str) -> None:
    if is_installed(requirements):
        return
    if not PYTHON.exists():
        create_environment()
    print(f"Installing {requirements} into .venv …", flush=True)
    if not (installed_by_uv(requirements) or installed_by_pip(requirements)):
        stop(f"Could not install {requirements}: see above. Is the package index reachable?")
    mark_installed(requirements)


def is_installed(requirements: str) -> bool:
    stamp = stamp_of(requirements)
    return PYTHON.exists() and stamp.is_file() and stamp.read_text() == fingerprint(requirements)


def mark_installed(requirements: str) -> None:
    stamp_of(requirements).write_text(fingerprint(requirements))
    if requirements == "requirements-dev.txt":
        # The longer list holds the shorter one, version by version.
        mark_installed("requirements.txt")


def stamp_of(requirements: str) -> Path:
    return VENV / f".installed-{requirements}"


def fingerprint(requirements: str) -> str:
    """Changes with the list, and when the folder was moved: scripts in .venv/bin hold absolute paths."""
    return hashlib.sha256((ROOT / requirements).read_bytes() + str(VENV).encode()).hexdigest()


def create_environment() -> None:
    print("Creating the virtual environment .venv …", flush=True)
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if succeeds(*command, quiet=True):
        return
    # Debian keeps the part of venv that brings pip in a package of its own.
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Debian's python3-venv is missing; installing it …", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        succeeds("apt-get", "update", "-qq", quiet=True, env=environment)
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        succeeds("apt-get", "install", "-y", "-qq", package, quiet=True, env=environment)
        if succeeds(*command):
            return
    stop(
        "python3 cannot make virtual environments here. On Debian and Ubuntu install the missing part:\n"
        "    sudo apt-get install python3-venv\nand start the same command again."
    )


def installed_by_uv(requirements: str) -> bool:
    """uv takes some 10 seconds where pip takes 2 minutes; where it cannot be had, pip does it."""
    uv = VENV / "bin" / "uv"
    pip = (str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes")
    if not uv.exists() and not succeeds(*pip, "-r", "requirements-installer.txt", quiet=True):
        return False
    options = ("--quiet", "--require-hashes", "--python", str(PYTHON), "-r", requirements)
    return succeeds(str(uv), "pip", "install", *options)


def installed_by_pip(requirements: str) -> bool:
    print("uv did not manage; taking pip, which needs some two minutes …", flush=True)
    options = ("--quiet", "--disable-pip-version-check", "--require-hashes", "-r", requirements)
    return succeeds(str(PYTHON), "-m", "pip", "install", *options)


def succeeds(*command: str, quiet: bool = False, env: dict[str, str] | None = None) -> bool:
    sink = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, stdout=sink, stderr=sink, env=env, check=False).returncode == 0


def run(*command: str) -> None:
    result = subprocess.run(command, check=False)
    if result.returncode:
        sys.exit(result.returncode)


def stop(message: str) -> None:
    sys.exit(f"\n{message}\n")


if __name__ == "__main__":
    main()
