"""Runs the benchmarks, all or those named: `make bench`, `make bench ARGS='pages certificates'`.

Answers 1 when a benchmark broke, never because a figure was too large. With DATABASE_URL=postgres://… it
measures on that server, in a database of its own.
"""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from pathlib import Path

from benchmarks.report import Report
from benchmarks.site import ROOT, Site


def main() -> int:
    areas = chosen(sys.argv[1:])
    site = Site()
    try:
        site.prepare()
        set_up_django(site)
        report = Report(site)
        broken = [area for area in areas if not measured(area, report)]
    finally:
        site.close()
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
