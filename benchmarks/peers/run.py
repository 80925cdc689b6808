"""Measures our lesson against wagtail-lms's in alternation: `make bench-peers`.

Rounds go A-B-A-B, so that whatever else the machine does falls on both. `lesson_first` is the processor time of a page
among the first that fresh workers answer, `lesson` that of a page once they have met every lesson.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.peers import environment, postgres
from benchmarks.peers.client import Visit, ask, in_parallel
from benchmarks.peers.sides import Ours, Peer, Side
from benchmarks.report import Report
from benchmarks.run import set_up_django
from benchmarks.site import Site

ROUNDS = 3
FIRST = 40
CONNECTIONS = 16
SECONDS = 5.0
CATALOGUE = Visit("/cursos/", "", ("pap-01",))


@dataclass
class Figures:
    """What was measured of one thing in each round; the median is what counts."""

    first: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    rate: list[float] = field(default_factory=list)


def main() -> int:
    python = environment.python()
    folder = Path(tempfile.mkdtemp(prefix="senda-peer-"))
    with postgres.server() as url:
        os.environ["DATABASE_URL"] = url
        site = Site()
        peer = Peer(python, url, folder)
        try:
            compare(site, peer, Report(site))
        finally:
            site.close()
            site.on_the_server(f'DROP DATABASE IF EXISTS "{peer.database}" WITH (FORCE)')
            shutil.rmtree(folder, ignore_errors=True)
    return 0


def compare(site: Site, peer: Peer, report: Report) -> None:
    """Fill both sites alike, measure, print."""
    # People and histories are made here, so that the demo is not needed.
    site.prepare(demo=False)
    set_up_django(site)
    from benchmarks.peers import content

    gathered = content.gather()
    (peer.folder / "content.json").write_text(json.dumps(gathered.plain))
    site.on_the_server(f'CREATE DATABASE "{peer.database}"')
    peer.prepare(peer.folder / "content.json")
    ours = Ours(site)
    ours.visits = gathered.visits
    try:
        tell(report, *measured(ours, peer), size=_size(gathered.plain))
    finally:
        ours.stop()
        peer.stop()


def _size(plain: dict) -> str:
    return (
        f"{len(plain['accounts'])} accounts, {len(plain['lessons'])} lessons, load {os.getloadavg()[0]:.1f}"
    )


def measured(ours: Side, peer: Side) -> tuple[Figures, Figures, Figures]:
    """Return the figures of our lesson, of theirs, and of our catalogue for somebody unknown."""
    lesson, theirs, catalogue = Figures(), Figures(), Figures()
    for number in range(ROUNDS):
        for side, figures in ((ours, lesson), (peer, theirs)):
            side.stop()
            side.start()
            figures.first.append(_cpu(side, side.visits[:FIRST]))
            _cpu(side, side.visits)
        for side, figures in ((ours, lesson), (peer, theirs)):
            figures.warm.append(_cpu(side, side.visits))
        # As of the lessons, both workers have shown it before.
        _cpu(ours, [CATALOGUE] * 20)
        catalogue.warm.append(_cpu(ours, [CATALOGUE] * 200))
        for side, figures in ((ours, lesson), (peer, theirs)):
            figures.rate.append(in_parallel(side.port, side.visits, connections=CONNECTIONS, seconds=SECONDS))
        print(f"round {number + 1} of {ROUNDS} done", file=sys.stderr, flush=True)
    return lesson, theirs, catalogue


def _cpu(side: Side, visits: list[Visit]) -> float:
    """Return the processor time of the workers for one page, in milliseconds."""
    before = side.cpu()
    for visit in visits:
        ask(side.port, visit)
    return (side.cpu() - before) / len(visits) * 1000


def tell(report: Report, lesson: Figures, theirs: Figures, catalogue: Figures, *, size: str) -> None:
    """Print the figures; the limits are shares of what the other side takes in the same run."""
    middle: Callable[[list[float]], float] = statistics.median
    report.figure("peers.wagtail_lms_lesson_first", middle(theirs.first), "ms CPU", size=size)
    report.figure("peers.lesson_first", middle(lesson.first), "ms CPU", size=size)
    report.figure("peers.wagtail_lms_lesson", middle(theirs.warm), "ms CPU", size=size)
    warm = middle(lesson.warm)
    report.figure("peers.lesson", warm, "ms CPU", size=size, at_most=middle(theirs.warm) / 3)
    report.figure("peers.lesson_share", warm / middle(theirs.warm), "of theirs", size=size, at_most=1 / 3)
    report.figure("peers.catalogue", middle(catalogue.warm), "ms CPU", size=size)
    report.figure(
        "peers.catalogue_share", middle(catalogue.warm) / warm, "of our lesson", size=size, at_most=0.5
    )
    at_once = f"{size}, {CONNECTIONS} connections"
    report.figure("peers.wagtail_lms_rate", middle(theirs.rate), "pages/s", size=at_once)
    report.figure("peers.rate", middle(lesson.rate), "pages/s", size=at_once)
    report.figure(
        "peers.rate_times",
        middle(lesson.rate) / middle(theirs.rate),
        "times theirs",
        size=at_once,
        at_least=3,
    )


if __name__ == "__main__":
    sys.exit(main())
