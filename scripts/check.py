"""Runs every check that needs no test, for `make check`: all of them, so that one start shows all to mend.

check.py             everything
check.py mypy ruff   those whose name begins so
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PRODUCTION = ROOT / "scripts" / "production-example.env"

Command = list[str]


def main() -> None:
    os.chdir(ROOT)
    wanted = tuple(sys.argv[1:])
    failed = [
        name
        for name, command in checks().items()
        if name.startswith(wanted or ("",)) and not passes(name, command)
    ]
    if failed:
        sys.exit(f"\nTo mend: {', '.join(failed)}")
    print("\nAll checks passed.")


def checks() -> dict[str, Command]:
    return {
        "ruff-format": [tool("ruff"), "format", "--check", "--output-format", "concise", "."],
        "ruff-check": [tool("ruff"), "check", "--quiet", "--output-format", "concise", "."],
        "mypy": [tool("mypy"), "."],
        "imports": [tool("lint-imports"), "--no-logo"],
        "templates": [tool("djlint"), "--lint", "--quiet", "templates"],
        "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
        "deploy": [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        "messages": [sys.executable, "scripts/messages.py", "check"],
    }


def tool(name: str) -> str:
    return str(BIN / name)


def passes(name: str, command: Command) -> bool:
    started = time.monotonic()
    environment = production() if name == "deploy" else None
    result = subprocess.run(
        command, env=environment, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    good = result.returncode == 0
    print(f"{'ok    ' if good else 'FAILED'} {name:<12} {time.monotonic() - started:5.1f} s", flush=True)
    if not good:
        print(result.stdout, flush=True)
    return good


def production() -> dict[str, str]:
    """The made-up values of the example file, and nothing of this shell's own."""
    lines = (line.strip() for line in PRODUCTION.read_text().splitlines())
    values = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **values}


if __name__ == "__main__":
    main()
