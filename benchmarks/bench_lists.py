"""Measures the lists of staff among 200,000 people of 2,000 institutions, over HTTP, and the files of them all.

On PostgreSQL, in a process and a database of its own: that of DATABASE_URL, or a server in a temporary folder.
`SENDA_BENCH_KEEP=<name>` keeps the filled database under a name, and finds it again at the next run.
"""

from __future__ import annotations

import http.client
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from benchmarks import multitude
from benchmarks.site import Site

if TYPE_CHECKING:
    from benchmarks.bench_publishing import Reader
    from benchmarks.report import Report

TIMES = 3
# In place of the milliseconds of an answer that is not the list: it cannot pass for a quick one.
WRONG = 1e6
MASKED = "P-"


@dataclass(frozen=True)
class Listed:
    """One list: who looks, where it stands, and a word that its answer holds."""

    name: str
    address: str
    holds: str
    reader: str = "administrator"
    limit: int = 300


def _people(reader: str, holds: str) -> list[Listed]:
    """Return the list of people for one reader: pages, filters, orders, and searches where names are seen."""
    asked = {
        "first": "",
        "page_100": "?p=100",
        "middle": "?p=2000",
        "last": "?p=999999",
        "of_a_country": "?country=GT",
        "of_a_ministry": "?institution=ministerio+de+salud",
        "claimed": "?membership=claimed",
        "without_a_place": "?membership=none",
        "of_a_position": "?position=health",
        "completed": "?completed=true",
        "not_completed": "?completed=false",
        "without_login": "?login=false",
        "several_filters": "?country=GT&membership=claimed&completed=true",
    }
    named = {
        "by_name": ("?ordering=folded_name", "A. A"),
        "by_name_last": ("?ordering=folded_name&p=999999", "Zoila"),
        "by_position": ("?ordering=position", holds),
    }
    found = [
        Listed(f"people.{name}", f"/admin/personas/{asks}", holds, reader) for name, asks in asked.items()
    ]
    if holds == MASKED:
        return found
    found += [
        Listed(f"people.{name}", f"/admin/personas/{asks}", word, reader)
        for name, (asks, word) in named.items()
    ]
    return found + _searches("people", "/admin/personas/", reader)


def _searches(name: str, address: str, reader: str) -> list[Listed]:
    sought = {
        "rare": ("ixchel+nunez", "Ixchel"),
        "often": ("maria", "María"),
        "upper": ("HERNANDEZ+garcia", "Hernández"),
        "part": ("ru", "Ru"),
        "nobody": ("nadie+que+exista", "listing"),
    }
    return [
        Listed(f"{name}.named_{key}", f"{address}?q={words}", holds, reader, 150)
        for key, (words, holds) in sought.items()
    ]


def _rooms(reader: str) -> list[Listed]:
    """Return the other lists for one reader, each with its last page."""
    names = "P-" if reader == "monitor" else "H"
    lists = {
        "institutions": ("/admin/instituciones/", "Hospital" if reader == "coordinator" else "Lugar"),
        "agreements": ("/admin/convenios/", "Convenio"),
        "advice": ("/admin/asesorias/", "Hospital" if reader == "coordinator" else "Lugar"),
        "pending": ("/admin/asesorias/pendientes/", "Revisar"),
        "certificates": ("/admin/constancias/", "LISTA"),
    }
    if reader != "monitor":
        # Who follows figures is shown no pairs.
        lists |= {
            "duplicates": ("/admin/duplicados/", names),
            "merges": ("/admin/duplicados/uniones/", names),
        }
    if reader in {"administrator", "auditor"}:
        lists |= {"audit": ("/admin/auditoria/", "listing")}
    if reader == "administrator":
        lists |= {
            "requests": ("/admin/solicitudes/", "listing"),
            "duties": ("/admin/encargos/", "Coordinadora"),
            "logins": ("/admin/users/", "Administradora"),
            "cohorts": ("/admin/cohortes/", "Grupo"),
        }
    found = []
    for name, (address, holds) in lists.items():
        found.append(Listed(name, address, holds, reader))
        last = "main" if name in {"institutions", "duties", "logins", "advice"} else holds
        found.append(Listed(f"{name}.last", f"{address}?p=999999", last, reader))
    return found


OTHERS = [
    Listed("institutions.named", "/admin/instituciones/?q=hospital+17", "Hospital 17", limit=150),
    Listed("institutions.named_upper", "/admin/instituciones/?q=MINISTERIO", "Ministerio", limit=150),
    Listed("institutions.named_nobody", "/admin/instituciones/?q=nada+asi", "listing", limit=150),
    Listed("institutions.in_force", "/admin/instituciones/?agreement=true", "Lugar"),
    Listed("institutions.filters", "/admin/instituciones/?type=public&agreement=false&merged=false", "Lugar"),
    Listed("institutions.units", "/admin/instituciones/?above=ministerio", "Hospital"),
    Listed("institutions.stage", "/admin/instituciones/?stage=origin", "Lugar"),
    Listed("agreements.in_force", "/admin/convenios/?state=in_force", "Convenio"),
    Listed("agreements.ending", "/admin/convenios/?ends=90", "Convenio"),
    Listed("agreements.of_a_country", "/admin/convenios/?country=GT", "Convenio"),
    Listed("agreements.by_state", "/admin/convenios/?ordering=state", "Convenio"),
    Listed("agreements.named", "/admin/convenios/?q=hospital", "Convenio", limit=150),
    Listed("advice.of_a_country", "/admin/asesorias/?country=GT", "Hospital"),
    Listed("advice.by_pending", "/admin/asesorias/?ordering=pending", "listing"),
    Listed("advice.named", "/admin/asesorias/?q=hospital", "Hospital", limit=150),
    Listed("audit.of_somebody", "/admin/auditoria/?of=ixchel+nunez", "listing"),
    Listed("audit.by_somebody", "/admin/auditoria/?by=maria", "listing"),
    Listed("audit.exports", "/admin/auditoria/?act=exported", "Informe"),
    Listed("audit.by_rows", "/admin/auditoria/?ordering=rows", "listing"),
    Listed("requests.open", "/admin/solicitudes/?state=open", "listing"),
    Listed("requests.named", "/admin/solicitudes/?q=maria", "Mar", limit=150),
    Listed("logins.staff", "/admin/users/?is_staff=true", "listing"),
    Listed("logins.named", "/admin/users/?q=maria", "listing", limit=150),
    Listed("logins.named_rare", "/admin/users/?q=ixchel+nunez", "Ixchel", limit=150),
    Listed("logins.by_mail", "/admin/users/?q=persona1001@example.org", "listing", limit=150),
    Listed("logins.by_code", "/admin/users/?q=Q0001001", "listing", limit=150),
    Listed("logins.named_nobody", "/admin/users/?q=nadie+que+exista", "listing", limit=150),
    Listed("duplicates.middle", "/admin/duplicados/?p=150", "H"),
    Listed("certificates.of_a_course", "/admin/constancias/?course=1", "LISTA"),
    Listed("certificates.named", "/admin/constancias/?q=maria", "Mar", limit=150),
    Listed("certificates.named_nobody", "/admin/constancias/?q=nadie+que+exista", "listing", limit=150),
    Listed("own.places", "/aprender/institucion/", "Hospital 17", "focal_point"),
    Listed("own.place", "{ministry}", "Ministerio", "focal_point"),
    Listed("own.place_last", "{ministry}?p=999999", "Ministerio", "focal_point"),
    Listed("own.place_named", "{ministry}?q=maria", "Mar", "focal_point", 150),
]


def places() -> list[Listed]:
    """Return all that is measured."""
    found = [*_people("administrator", "Hern"), *_rooms("administrator"), *OTHERS]
    for reader, holds in (("coordinator", "Hern"), ("monitor", MASKED), ("auditor", "Hern")):
        found += [*_people(reader, holds), *_rooms(reader)]
    return found


def run(report: Report) -> None:
    """Print how long each list takes and asks, and how the files of all people stream."""
    from benchmarks.peers import postgres

    with postgres.server() as url:
        command = [sys.executable, "-m", "benchmarks.bench_lists"]
        environment = {**os.environ, "DATABASE_URL": url}
        result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if result.returncode:
        raise RuntimeError("The lists could not be measured: see above.")
    tell(report, json.loads(result.stdout.splitlines()[-1]))


def tell(report: Report, found: dict[str, Any]) -> None:
    """Print the figures of one run."""
    size = f"{found['people']}-people-load-{found['load']:.1f}"
    for place in places():
        cold, warm, queries = found["lists"][f"{place.name} {place.reader}"]
        name = f"lists.{place.name}.{place.reader}"
        report.figure(f"{name}_cold", cold, "ms", size=size)
        report.figure(name, warm, "ms", size=size, at_most=place.limit)
        report.figure(f"{name}_queries", queries, "queries", size=size, at_most=15)
    for kind, file in found["files"].items():
        first = 1 if kind == "csv" else None
        report.figure(f"lists.{kind}_first_byte", file["first_byte"], "s", size=size, at_most=first)
        report.figure(f"lists.{kind}_whole", file["whole"], "s", size=size)
        report.figure(f"lists.{kind}_weight", file["bytes"] / 1e6, "MB", size=size)
        report.figure(f"lists.{kind}_memory", file["memory"], "MiB-above-idle", size=size, at_most=50)


def main() -> None:
    """Make a site, fill it or find it filled, ask for each list, and print one line of JSON."""
    site, kept = Site(), os.environ.get("SENDA_BENCH_KEEP", "")
    # As it is served: with one thread a worker that sends a long file would be taken for dead.
    site.flags += ["--worker-class", "gthread", "--threads", "4"]
    site.environment["LOG_LEVEL"] = "ERROR"
    if kept:
        address = urlsplit(site.server_url)._replace(path=f"/{kept}")
        site.environment["DATABASE_URL"] = urlunsplit(address)
    try:
        new = prepare(site, kept or site.database)
        print(json.dumps(measure(site, new=new)))
    finally:
        site.close()


def prepare(site: Site, name: str) -> bool:
    """Make the database unless it was kept; say whether it is new."""
    import psycopg

    try:
        site.on_the_server(f'CREATE DATABASE "{name}"')
        new = True
    except psycopg.errors.DuplicateDatabase:
        new = False
    for command in ("migrate", "createcachetable"):
        site.run("manage.py", command, "--verbosity", "0", settings="development")
    site.run("manage.py", "collectstatic", "--noinput", "--verbosity", "0", settings="production")
    os.environ.update(site.settings("production"))
    return new


def measure(site: Site, *, new: bool) -> dict[str, Any]:
    """Fill, ask, and return the figures."""
    import django

    django.setup()
    from benchmarks.bench_publishing import Reader

    people = int(sys.argv[1]) if sys.argv[1:] else multitude.PEOPLE
    if new:
        multitude.fill(people)
    readers = {name: Reader(site.url, make()) for name, make in multitude.readers().items()}
    wanted = sys.argv[2] if sys.argv[2:] else ""
    chosen = [place for place in places() if wanted in f"{place.name} {place.reader}"]
    lists = {f"{place.name} {place.reader}": asked(readers[place.reader], place) for place in chosen}
    kinds = ("csv", "xlsx") if wanted in {"", "files"} else ()
    files = {kind: taken_along(readers["administrator"], site, kind) for kind in kinds}
    return {"people": people, "lists": lists, "files": files, "load": os.getloadavg()[0]}


def asked(reader: Reader, place: Listed) -> tuple[float, float, int]:
    """Return the milliseconds of the first answer and of the median one, and the queries of a second look."""
    address = place.address.replace("{ministry}", ministry())
    took = [over_http(reader, address, place.holds) for _each in range(TIMES + 1)]
    found = took[0], statistics.median(took[1:]), queries(reader, address)
    told = "SHORT" if found[1] > place.limit or found[2] > 15 else "ok"
    print(f"{place.name:32} {place.reader:14}", *(f"{value:6.0f}" for value in found), told, file=sys.stderr)
    return found


def ministry() -> str:
    """Return the address of the largest institution's own page."""
    from institutions.models import Institution

    return f"/aprender/institucion/{Institution.objects.get(pk=1).key}/"


def over_http(reader: Reader, address: str, holds: str) -> float:
    """Return how many milliseconds a list took; a quick answer without its word counts for nothing."""
    line, headers = connected(reader)
    started = time.perf_counter()
    line.request("GET", address, headers=headers)
    answer = line.getresponse()
    said = answer.read().decode()
    took = (time.perf_counter() - started) * 1000
    if answer.status != 200 or holds not in said:
        print(f"{address} answered {answer.status} without «{holds}» to {reader.user}", file=sys.stderr)
        return WRONG
    return took


def connected(reader: Reader) -> tuple[http.client.HTTPConnection, dict[str, str]]:
    where = urlsplit(reader.url)
    cookies = "; ".join(f"{name}={value}" for name, value in reader.cookies.items())
    headers = {"Cookie": cookies, "Accept-Language": "es", "Referer": reader.url + "/admin/personas/"}
    return http.client.HTTPConnection(where.hostname or "", where.port, timeout=600), headers


def queries(reader: Reader, address: str) -> int:
    """Return how many questions a second look asks, within this process."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    session = Client(HTTP_HOST="127.0.0.1")
    session.cookies[settings.SESSION_COOKIE_NAME] = reader.cookies[settings.SESSION_COOKIE_NAME]
    session.get(address)
    with CaptureQueriesContext(connection) as captured:
        session.get(address)
    asked_for = [row["sql"] or "" for row in captured]
    told = [sql for sql in asked_for if not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
    return len(told)


def taken_along(reader: Reader, site: Site, kind: str) -> dict[str, float]:
    """Take the file of all people along; return when it began, how long it took, its weight and its memory."""
    from django.conf import settings

    token = "a" * 32
    reader.cookies[settings.CSRF_COOKIE_NAME] = token
    line, headers = connected(reader)
    form = {"reason": "Medir cuánto tarda", "format": kind, "csrfmiddlewaretoken": token}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    idle, started = memory(site), time.perf_counter()
    line.request("POST", f"/admin/personas/?export={kind}", urlencode(form), headers)
    watch = Watch(site)
    answer = line.getresponse()
    if answer.status != 200:
        raise RuntimeError(f"the file answered {answer.status}")
    rows, weight = answer.read(1).count(b"\n"), 1
    first = time.perf_counter() - started
    while part := answer.read(1 << 16):
        rows, weight = rows + part.count(b"\n"), weight + len(part)
    whole = time.perf_counter() - started
    found = {
        "first_byte": first,
        "whole": whole,
        "rows": rows - 1,
        "bytes": weight,
        "memory": watch.most() - idle,
    }
    print(kind, found, file=sys.stderr)
    return found


class Watch:
    """Looks at the site's memory five times a second, until asked for the most."""

    def __init__(self, site: Site) -> None:
        self.site, self.seen, self.over = site, [memory(site)], threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()

    def _look(self) -> None:
        while not self.over.wait(0.2):
            self.seen.append(memory(self.site))

    def most(self) -> float:
        self.over.set()
        self.thread.join()
        return max(self.seen)


def memory(site: Site) -> float:
    """Return the resident sets of the site's processes together, in MiB."""
    main_process = site.gunicorn.pid if site.gunicorn else 0
    listed = subprocess.run(["ps", "-eo", "pid,ppid,rss"], capture_output=True, text=True, check=True).stdout
    rows = [[int(word) for word in line.split()] for line in listed.splitlines()[1:]]
    return sum(rss for pid, parent, rss in rows if main_process in (pid, parent)) / 1024


if __name__ == "__main__":
    main()
