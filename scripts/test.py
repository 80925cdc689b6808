"""Runs the tests for `make test`: two at a time, in a real browser too, on SQLite or where DATABASE_URL says.

Arguments go to pytest. Named files run in one process, since starting a second one takes longer than they do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

LOUD = """
======================================================================
 NO CHROMIUM: the tests in a real browser do NOT run.
 Install it, then start again:  sudo apt-get install chromium
======================================================================
"""


def main() -> None:
    os.chdir(ROOT)
    if not chromium():
        do_without_a_browser()
    command = [sys.executable, "-m", "pytest", *workers(sys.argv[1:]), *sys.argv[1:]]
    code = subprocess.run(command, check=False).returncode
    if os.environ.get("SENDA_NO_BROWSER"):
        print(LOUD, file=sys.stderr)
    sys.exit(code)


def chromium() -> str | None:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found or os.geteuid() != 0 or not shutil.which("apt-get"):
        return found
    print("Installing Debian's Chromium for the tests in a real browser …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", *arguments], check=False, stdout=subprocess.DEVNULL, env=environment)
    return shutil.which("chromium")


def do_without_a_browser() -> None:
    if os.environ.get("CI") == "true":
        sys.exit(LOUD + "\nWith CI=true that is a failure.")
    print(LOUD, file=sys.stderr)
    os.environ["SENDA_NO_BROWSER"] = "1"


def workers(arguments: list[str]) -> list[str]:
    chosen = any(argument.startswith(("-n", "--numprocesses", "-p")) for argument in arguments)
    narrow = any(argument.startswith("tests/") for argument in arguments)
    if chosen or narrow or "--pdb" in arguments:
        return []
    return ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadfile"]


if __name__ == "__main__":
    main()
