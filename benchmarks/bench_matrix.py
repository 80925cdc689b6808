"""Measures a facilitator's group of 500 people and 40 activities over HTTP: its progress, its file, and enrolling 500.

On PostgreSQL, in a process and a database of its own: that of DATABASE_URL, or a server in a temporary folder. An
answer that does not hold what was put into the database counts for nothing, however quick it was.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import re
import statistics
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from benchmarks.site import Site

if TYPE_CHECKING:
    from benchmarks.bench_publishing import Reader
    from benchmarks.report import Report
    from learning.models import Cohort, Enrolment

PEOPLE = 500
ACTIVITIES = 40
SESSIONS = 6
TIMES = 9
PER_PAGE = 50


def run(report: Report) -> None:
    """Print how long each page takes and asks."""
    from benchmarks.peers import postgres

    with postgres.server() as url:
        command = [sys.executable, "-m", "benchmarks.bench_matrix"]
        environment = {**os.environ, "DATABASE_URL": url}
        result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if result.returncode:
        raise RuntimeError("The group could not be measured: see above.")
    tell(report, json.loads(result.stdout.splitlines()[-1]))


def tell(report: Report, found: dict[str, Any]) -> None:
    """Print the figures of one run."""
    size = f"{PEOPLE}-people-{ACTIVITIES}-activities-load-{found['load']:.1f}"
    for name in ("first_page", "last_page", "only_stuck"):
        report.figure(f"matrix.{name}_cold", found[name]["cold"], "ms", size=size)
        report.figure(f"matrix.{name}", found[name]["warm"], "ms", size=size, at_most=300)
        report.figure(f"matrix.{name}_queries", found[name]["queries"], "queries", size=size, at_most=15)
        report.figure(f"matrix.{name}_weight", found[name]["weight"] / 1e3, "kB", size=size)
    report.figure("matrix.file", found["file"], "ms", size=size)
    report.figure("matrix.enrol_by_list", found["list"], "s", size=size, at_most=5)


def main() -> None:
    """Make a site, fill it, ask, and print one line of JSON."""
    site = Site()
    site.environment["LOG_LEVEL"] = "ERROR"
    try:
        site.on_the_server(f'CREATE DATABASE "{site.database}"')
        for command in ("migrate", "createcachetable", "load_starter --course PAP-01"):
            site.run("manage.py", *command.split(), "--verbosity", "0", settings="development")
        site.run("manage.py", "collectstatic", "--noinput", "--verbosity", "0", settings="production")
        os.environ.update(site.settings("production"))
        import django

        django.setup()
        print(json.dumps(measure(site)))
    finally:
        site.close()


def measure(site: Site) -> dict[str, Any]:
    """Fill, ask over HTTP, check what came, and return the figures."""
    from benchmarks.bench_publishing import Reader

    full, empty, done = fill()
    reader = Reader(site.url, full.facilitators.get().user)
    address = f"/aprender/grupos/{full.key}/avance/"
    asked = {"first_page": "", "last_page": f"?p={PEOPLE // PER_PAGE}", "only_stuck": "?ver=detenidas"}
    found: dict[str, Any] = {name: page(reader, address + query) for name, query in asked.items()}
    check_all(reader, address, done)
    found["file"] = file(reader, address, done)
    found["list"] = by_list(reader, empty)
    return found | {"load": os.getloadavg()[0]}


def page(reader: Reader, address: str) -> dict[str, float]:
    """Return the milliseconds of the first answer and of the median one, its queries and its weight."""
    from benchmarks.bench_lists import queries

    took = [reader.look(address) * 1000 for _each in range(TIMES + 1)]
    rows = reader.said.count('scope="row"')
    if not 0 < rows <= PER_PAGE or reader.said.count("<td") != rows * (ACTIVITIES + SESSIONS):
        raise RuntimeError(f"{address} shows {rows} people, not a whole table")
    return {
        "cold": took[0],
        "warm": statistics.median(took[1:]),
        "queries": queries(reader, address),
        "weight": len(reader.said.encode()),
    }


def check_all(reader: Reader, address: str, done: int) -> None:
    """Raise unless the pages together show each person once, and each activity that was done."""
    names: list[str] = []
    told = 0
    for number in range(1, PEOPLE // PER_PAGE + 1):
        reader.look(f"{address}?p={number}")
        names += re.findall(r'scope="row">([^<]+)<', reader.said)
        told += reader.said.count('<td data-state="done"')
    if len(set(names)) != PEOPLE or told != done:
        raise RuntimeError(f"The pages show {len(set(names))} people and {told} activities done, not {done}")


def file(reader: Reader, address: str, done: int) -> float:
    """Return how many milliseconds the file of everybody takes."""
    import csv

    took = send(reader, address + "descargar/", {"reason": "Medir cuánto tarda el archivo"})
    rows = list(csv.reader(reader.said.lstrip("\ufeff").splitlines()))
    if len(rows) != PEOPLE + 1 or sum(row.count("hecha") for row in rows) != done:
        raise RuntimeError(f"The file has {len(rows)} rows")
    return took * 1000


def by_list(reader: Reader, cohort: Cohort) -> float:
    """Return how many seconds it takes to enrol everybody by a pasted list, each line answered."""
    text = "\n".join(f"p{number}@senda.example" for number in range(PEOPLE))
    took = send(reader, f"/aprender/grupos/{cohort.key}/lista/", {"people": text})
    if cohort.enrolments.count() != PEOPLE or reader.said.count("<tr>") != PEOPLE + 1:
        raise RuntimeError(f"{cohort.enrolments.count()} people were enrolled")
    return took


def send(reader: Reader, address: str, form: dict[str, str]) -> float:
    """Return how many seconds a form took whose answer is a page or a file."""
    from urllib.parse import urlencode

    from django.conf import settings

    token = "a" * 32
    reader.cookies[settings.CSRF_COOKIE_NAME] = token
    return reader._ask("POST", address, urlencode({**form, "csrfmiddlewaretoken": token}), 200)


def fill() -> tuple[Cohort, Cohort, int]:
    """Make the course, a full group and an empty one; return them and how many activities were done in all."""
    from accounts.models import Person, User
    from benchmarks import crowd
    from common import clock
    from courses.models import CourseIndexPage
    from learning.models import Cohort
    from learning.services import enrol

    facilitator = user("facilitadora", "Facilitadora").person
    first, other = (crowd._course(CourseIndexPage.objects.first(), number) for number in (900, 901))
    longer(first)
    full, empty = (
        Cohort.objects.create(code=f"B-{course.pk}", name="Grupo grande", course=course, country_id="GT")
        for course in (first, other)
    )
    for group in (full, empty):
        group.facilitators.add(facilitator)
    people = [user(f"p{number}", f"Persona {number:03}").person for number in range(PEOPLE)]
    since = clock.now() - dt.timedelta(days=60)
    template = enrol(person=people[0], course=first, cohort=full, at=since)
    rows = [template, *enrolments(template, people[1:])]
    done = walk(rows, since)
    meet(full, rows, facilitator)
    assert Person.objects.count() >= PEOPLE
    assert User.objects.count() >= PEOPLE
    return full, empty, done


def longer(course: Any) -> None:
    """Release a second version of a course of one lesson, of as many as are measured."""
    from dataclasses import replace

    from benchmarks import crowd
    from courses.models import ModulePage
    from courses.versions import manifest_of

    manifest = manifest_of(course.versions.get())
    module = ModulePage.objects.get(translation_key=manifest.activities[0].module)
    added = [crowd._lesson(module, place) for place in range(2, ACTIVITIES + 1)]
    crowd._release(course, 2, replace(manifest, activities=(*manifest.activities, *added)))


def user(name: str, shown: str) -> Any:
    """Make somebody who signs in by e-mail."""
    from accounts.models import Person, User
    from common import clock

    person = Person.objects.create(country_id="GT", display_name=shown, adult_confirmed_at=clock.now())
    login = User(person=person, username=name.upper(), email=f"{name}@senda.example")
    login.set_unusable_password()
    login.save()
    return login


def enrolments(template: Enrolment, people: list[Any]) -> list[Enrolment]:
    """Enrol the others as the first one was, together."""
    from learning.models import Enrolment

    kept = ("course", "version", "cohort", "way", "enrolled_at", "enrolled_on", "time_zone", "at_country")
    fields = {name: getattr(template, name) for name in kept}
    return Enrolment.objects.bulk_create(Enrolment(person=person, **fields) for person in people)


def walk(rows: list[Enrolment], since: dt.datetime) -> int:
    """Let some finish, most stop somewhere, some not begin; return how many activities were done."""
    from courses.versions import manifest_of
    from learning.models import ActivityCompletion

    dice, made = random.Random(11), []
    for row in rows:
        keys = [activity.key for activity in manifest_of(row.version)]
        for place, key in enumerate(keys[: int(len(keys) * dice.random() ** 0.7)]):
            moment = since + dt.timedelta(hours=7 * place)
            made.append(
                ActivityCompletion(
                    enrolment=row, activity=key, completed_at=moment, completed_on=moment.date()
                )
            )
    ActivityCompletion.objects.bulk_create(made, batch_size=2_000)
    return len(made)


def meet(cohort: Cohort, rows: list[Enrolment], by: Any) -> None:
    """Hold the sessions, with a mark of everybody."""
    from common import clock
    from learning.models import Attendance, Session, SessionState

    dice = random.Random(13)
    for number in range(SESSIONS):
        starts = clock.now() - dt.timedelta(days=50 - 7 * number)
        session = Session.objects.create(
            cohort=cohort,
            title=f"Sesión {number + 1}",
            starts_at=starts,
            ends_at=starts + dt.timedelta(hours=3),
            time_zone="America/Guatemala",
            state=SessionState.HELD,
        )
        Attendance.objects.bulk_create(
            Attendance(
                session=session,
                enrolment=row,
                mark=dice.choice(("present", "present", "present", "late", "absent", "excused")),
                marked_by=by,
                marked_at=starts,
            )
            for row in rows
        )


if __name__ == "__main__":
    main()
