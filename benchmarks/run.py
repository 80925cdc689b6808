"""Runs the benchmarks, all or those named: `make bench`, `make bench ARGS='pages certificates'`.

Answers 1 when a benchmark broke, never because a figure was too large. With DATABASE_URL=postgres://… it
measures on that server, in a database of its own.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
import traceback
from pathlib import Path

from benchmarks.report import Report
from benchmarks.site import ROOT, Site


def main() -> int:
    areas = chosen(sys.argv[1:])
    site, started = Site(), time.perf_counter()
    try:
        site.prepare()
        set_up_django(site)
        report = Report(site)
        preparing = time.perf_counter() - started
        took = {"preparing": preparing} | dict.fromkeys(areas, 0.0)
        broken = [area for area in areas if not timed(area, report, took)]
    finally:
        site.close()
    print(summed(took), file=sys.stderr)
    print(f"{len(report.short)} short: {' '.join(report.short) or 'none'}", file=sys.stderr)
    return 1 if broken else 0


def chosen(wanted: list[str]) -> list[str]:
    known = sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))
    if unknown := set(wanted) - set(known):
        sys.exit(f"No benchmark {', '.join(sorted(unknown))}. There is: {', '.join(known) or 'none yet'}.")
    return wanted or known


def set_up_django(site: Site) -> None:
    import django

    os.chdir(ROOT)
    os.environ.update(site.settings("production"))
    django.setup()


def timed(area: str, report: Report, took: dict[str, float]) -> bool:
    """Measure an area, and say how long that took: `make bench` must be done within forty minutes."""
    started = time.perf_counter()
    good = measured(area, report)
    took[area] = time.perf_counter() - started
    print(f"{area} took {took[area]:.0f} s", file=sys.stderr, flush=True)
    return good


def summed(took: dict[str, float]) -> str:
    """Return the seconds of all parts and their sum in minutes.

    Example: {"preparing": 60, "pages": 120} is «preparing 60 s, pages 120 s: 3.0 minutes in all».
    """
    parts = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in took.items())
    return f"{parts}: {sum(took.values()) / 60:.1f} minutes in all"


def measured(area: str, report: Report) -> bool:
    try:
        importlib.import_module(f"benchmarks.bench_{area}").run(report)
    except Exception:
        # One broken benchmark must not cost the figures of the others.
        traceback.print_exc()
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
