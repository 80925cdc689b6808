"""Measures the admin's lists among 200,000 invented people of 2,000 institutions, over HTTP, and the file of them all.

On PostgreSQL, in a process and a database of its own: that of DATABASE_URL, or a server in a temporary folder. Names
and places are skewed as in `bench_duplicates`; some three enrolments fall to two people, one in three completed.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from benchmarks.site import Site

if TYPE_CHECKING:
    from benchmarks.bench_publishing import Reader
    from benchmarks.report import Report

PEOPLE = 200_000
ENROLMENTS = 300_000
TIMES = 5


@dataclass(frozen=True)
class Listed:
    """One list: where it stands, and a word that its answer holds."""

    name: str
    address: str
    holds: str
    limit: int = 300


LISTS = (
    Listed("people", "/admin/personas/", "Hernández"),
    Listed("people_last_page", "/admin/personas/?p=4000", "<table"),
    Listed("people_of_a_place", "/admin/personas/?institution=lugar+0", "Lugar"),
    Listed("people_to_confirm", "/admin/personas/?membership=claimed&institution=lugar+17", "Lugar"),
    Listed("people_who_completed", "/admin/personas/?completed=true", "<table"),
    Listed("people_without_a_place", "/admin/personas/?membership=none", "listing"),
    Listed("people_with_login", "/admin/personas/?login=true", "listing"),
    Listed("people_named_rare", "/admin/personas/?q=ixchel+nunez", "Ixchel", 150),
    Listed("people_named_often", "/admin/personas/?q=maria", "María", 150),
    Listed("people_named_nobody", "/admin/personas/?q=nadie+que+exista", "listing", 150),
    Listed("institutions", "/admin/instituciones/", "Lugar"),
    Listed("institutions_named", "/admin/instituciones/?q=lugar+17", "Lugar", 150),
    Listed(
        "institutions_filtered", "/admin/instituciones/?type=public&agreement=false&merged=false", "Lugar"
    ),
    Listed("agreements", "/admin/convenios/", "listing"),
    Listed("advice", "/admin/asesorias/", "listing"),
    Listed("duplicates", "/admin/duplicados/", "main"),
    Listed("duties", "/admin/encargos/", "listing"),
    Listed("audit", "/admin/auditoria/", "listing"),
    Listed("requests", "/admin/solicitudes/", "listing"),
    Listed("certificates", "/admin/constancias/", "listing"),
    Listed("cohorts", "/admin/cohortes/", "listing"),
    Listed("logins", "/admin/users/", "listing"),
    Listed("logins_named", "/admin/users/?q=editora", "Editora"),
)


def run(report: Report) -> None:
    """Print how long each list takes and asks, and how the file of all people streams."""
    from benchmarks.peers import postgres

    with postgres.server() as url:
        command = [sys.executable, "-m", "benchmarks.bench_lists"]
        environment = {**os.environ, "DATABASE_URL": url}
        result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        raise RuntimeError(result.stderr[-2000:])
    tell(report, json.loads(result.stdout.splitlines()[-1]))


def tell(report: Report, found: dict) -> None:
    """Print the figures of one run."""
    size = f"{found['people']}-people-{found['enrolments']}-enrolments-load-{found['load']:.1f}"
    for place in LISTS:
        cold, warm, queries = found["lists"][place.name]
        report.figure(f"lists.{place.name}_cold", cold, "ms", size=size)
        report.figure(f"lists.{place.name}", warm, "ms", size=size, at_most=place.limit)
        report.figure(f"lists.{place.name}_queries", queries, "queries", size=size, at_most=15)
    report.figure("lists.export_first_byte", found["first_byte"], "s", size=size)
    report.figure("lists.export_whole", found["whole"], "s", size=size)
    report.figure("lists.export_rows", found["rows"], "rows", size=size, at_least=found["people"])
    report.figure("lists.export_memory", found["memory"], "MiB-above-idle", size=size)


def main() -> None:
    """Make a site with nothing in it, fill it, ask for each list, and print one line of JSON."""
    site = Site()
    try:
        site.on_the_server(f'CREATE DATABASE "{site.database}"')
        for command in ("migrate", "createcachetable"):
            site.run("manage.py", command, "--verbosity", "0", settings="development")
        site.run("manage.py", "collectstatic", "--noinput", "--verbosity", "0", settings="production")
        os.environ.update(site.settings("production"))
        print(json.dumps(measure(site)))
    finally:
        site.close()


def measure(site: Site) -> dict:
    """Fill, ask, and return the figures."""
    import django

    django.setup()
    from benchmarks.bench_publishing import Reader, an_editor

    people = int(sys.argv[1]) if sys.argv[1:] else PEOPLE
    enrolled = fill(people)
    editor = an_editor()
    reader = Reader(site.url, editor)
    lists = {place.name: asked(reader, place) for place in LISTS}
    return {
        "people": people,
        "enrolments": enrolled,
        "lists": lists,
        **taken_along(reader, site),
        "load": os.getloadavg()[0],
    }


def fill(people: int) -> int:
    """Make institutions, people with memberships, enrolments and completions; return how many enrolments."""
    from django.db import connection

    from benchmarks.bench_duplicates import fill as fill_people

    dice = random.Random(23)
    fill_people(dice, people)
    enrolled = enrol_some(dice, people * ENROLMENTS // PEOPLE)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return enrolled


def enrol_some(dice: random.Random, number: int) -> int:
    """Enrol people in six courses, the first of them in every other one; a third completed."""
    from accounts.models import Person
    from common import clock
    from courses.models import Course, CourseVersion
    from learning.models import Completion, Enrolment

    courses = [Course.objects.create(code=f"LISTA-{n}") for n in range(6)]
    versions = {
        course.pk: CourseVersion.objects.create(
            course=course, number=1, fingerprint="f" * 64, manifest={}, released_at=clock.now()
        )
        for course in courses
    }
    keys, now = list(Person.objects.values_list("pk", flat=True)), clock.now()
    pairs = {(dice.choice(keys), int(6 * dice.random() ** 2)) for _each in range(number)}
    rows = (
        Enrolment(
            person_id=person,
            course=courses[which],
            version=versions[courses[which].pk],
            way="self",
            state="completed" if dice.random() < 0.33 else "active",
            enrolled_at=now,
            enrolled_on=now.date(),
            time_zone="America/Mexico_City",
            at_country_id="MX",
        )
        for person, which in sorted(pairs)
    )
    made = Enrolment.objects.bulk_create(rows, batch_size=5_000)
    Completion.objects.bulk_create(
        (
            Completion(
                enrolment=row,
                version_id=row.version_id,
                rule={},
                evidence={},
                minutes=200,
                achieved_on=now.date(),
                recorded_at=now,
            )
            for row in made
            if row.state == "completed"
        ),
        batch_size=5_000,
    )
    return len(made)


def asked(reader: Reader, place: Listed) -> tuple[float, float, int]:
    """Return the milliseconds of the first answer and of the median one, and the queries of a second look."""
    took = sorted_after_first([over_http(reader, place) for _each in range(TIMES + 1)])
    found = took[0], took[1], queries(reader, place)
    print(place.name, *found, file=sys.stderr)
    return found


def sorted_after_first(took: list[float]) -> tuple[float, float]:
    """Return the first and the median of the others."""
    return took[0], sorted(took[1:])[len(took[1:]) // 2]


def over_http(reader: Reader, place: Listed) -> float:
    """Return how many milliseconds a list took; a quick answer without its word counts for nothing."""
    line, headers = connected(reader)
    started = time.perf_counter()
    line.request("GET", place.address, headers=headers)
    answer = line.getresponse()
    said = answer.read().decode()
    took = (time.perf_counter() - started) * 1000
    if answer.status != 200 or place.holds not in said:
        raise RuntimeError(f"{place.address} answered {answer.status} without «{place.holds}»")
    return took


def connected(reader: Reader) -> tuple[http.client.HTTPConnection, dict[str, str]]:
    where = urlsplit(reader.url)
    cookies = "; ".join(f"{name}={value}" for name, value in reader.cookies.items())
    headers = {"Cookie": cookies, "Accept-Language": "es", "Referer": reader.url + "/admin/personas/"}
    return http.client.HTTPConnection(where.hostname or "", where.port, timeout=600), headers


def queries(reader: Reader, place: Listed) -> int:
    """Return how many questions a second look asks, within this process."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    session = Client(HTTP_HOST="127.0.0.1")
    session.cookies[settings.SESSION_COOKIE_NAME] = reader.cookies[settings.SESSION_COOKIE_NAME]
    session.get(place.address)
    with CaptureQueriesContext(connection) as captured:
        session.get(place.address)
    asked_for = [row["sql"] or "" for row in captured]
    told = [sql for sql in asked_for if not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
    return len(told)


def taken_along(reader: Reader, site: Site) -> dict[str, float]:
    """Take the file of all people along; return when it began, how long it took, its rows and its memory."""
    from django.conf import settings

    token = "a" * 32
    reader.cookies[settings.CSRF_COOKIE_NAME] = token
    line, headers = connected(reader)
    form = {"reason": "Medir cuánto tarda", "format": "csv", "csrfmiddlewaretoken": token}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    idle, started = memory(site), time.perf_counter()
    line.request("POST", "/admin/personas/?export=csv", urlencode(form), headers)
    answer = line.getresponse()
    rows, most = answer.read(1).count(b"\n"), idle
    first = time.perf_counter() - started
    if answer.status != 200:
        raise RuntimeError(f"the file answered {answer.status}")
    while part := answer.read(1 << 16):
        rows, most = rows + part.count(b"\n"), max(most, memory(site))
    whole = time.perf_counter() - started
    return {"first_byte": first, "whole": whole, "rows": rows - 1, "memory": most - idle}


def memory(site: Site) -> float:
    """Return the resident sets of the site's processes together, in MiB."""
    main_process = site.gunicorn.pid if site.gunicorn else 0
    listed = subprocess.run(["ps", "-eo", "pid,ppid,rss"], capture_output=True, text=True, check=True).stdout
    rows = [[int(word) for word in line.split()] for line in listed.splitlines()[1:]]
    return sum(rss for pid, parent, rss in rows if main_process in (pid, parent)) / 1024


if __name__ == "__main__":
    main()
