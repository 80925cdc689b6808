"""Measures the import of 10,000 lines, half of them of people who are among 50,000 already, 5 % with a conflict.

In a process and a database of its own. The longest batch says how long anybody else waits who wants to write on SQLite.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.bench_duplicates import GIVEN, SURNAMES, peak
from benchmarks.site import Site

if TYPE_CHECKING:
    from benchmarks.report import Report

PEOPLE = 50_000
LINES = 10_000
PLACES = 200
CONFLICTS = 20
HEAD = (
    "N.º",
    "Nombres y apellidos",
    "Sexo",
    "Correo electrónico",
    "Institución",
    "País",
    "Año de nacimiento",
)


def run(report: Report) -> None:
    """Print how long reading, checking and applying take, and what they need."""
    environment = {**os.environ, "DATABASE_URL": report.site.server_url}
    command = [sys.executable, "-m", "benchmarks.bench_import"]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        raise RuntimeError(result.stderr[-2000:])
    found = json.loads(result.stdout.splitlines()[-1])
    size = f"{LINES}-lines-{PEOPLE}-people"
    report.figure("import.whole", found["seconds"], "s", size=size, at_most=60)
    report.figure("import.check", found["check"], "s", size=size)
    report.figure("import.apply", found["apply"], "s", size=size)
    report.figure("import.longest_batch", found["longest"] * 1000, "ms", size=size, at_most=1000)
    report.figure("import.memory", found["memory"] - found["idle"], "MiB", size=size, at_most=150)
    report.figure("import.asked", found["asked"], "lines", size=size)


def main() -> None:
    """Make a site with nothing in it, fill it, import, and print one line of JSON."""
    site = Site()
    try:
        if site.server_url:
            site.on_the_server(f'CREATE DATABASE "{site.database}"')
        for command in ("migrate", "createcachetable"):
            site.run("manage.py", command, "--verbosity", "0", settings="development")
        os.environ.update(site.settings("production"))
        print(json.dumps(measure(site.folder)))
    finally:
        site.close()


def measure(folder: Path) -> dict[str, float]:
    """Fill the database in a process of its own, so that the memory is the import's; import; return the figures."""
    import django

    django.setup()
    path = folder / "lista.xlsx"
    filler = (
        f"from pathlib import Path; from benchmarks import bench_import as b; b.fill(Path({str(path)!r}))"
    )
    subprocess.run([sys.executable, "-c", filler], check=True)
    from django.core.files import File

    from imports import applying, reporting, staging

    idle, started = peak(), time.perf_counter()
    with path.open("rb") as opened:
        batch = staging.stage(kind="people", file=File(opened, name=path.name), by=None)
    staging.dry_run(batch=batch)
    checked, longest = time.perf_counter(), 0.0
    applying.Import.objects.filter(pk=batch.pk).update(state="applying")
    while True:
        before = time.perf_counter()
        if not applying.apply_batch(batch=batch.pk):
            break
        longest = max(longest, time.perf_counter() - before)
    done = time.perf_counter()
    counts = reporting.counts(batch)
    if sum(counts.values()) != LINES or counts["accepted"] < LINES // 3:
        raise RuntimeError(f"Not what was to be measured: {counts}")
    return {
        "seconds": done - started,
        "check": checked - started,
        "apply": done - checked,
        "longest": longest,
        "memory": peak(),
        "idle": idle,
        "asked": counts["asked"],
        "refused": counts["refused"],
    }


def fill(path: Path) -> None:
    """Make institutions and people with logins, and the sheet."""
    import django

    django.setup()
    from django.contrib.auth.hashers import make_password
    from django.db import connection
    from django.db.models import F

    from accounts.models import Person, User
    from institutions.models import Institution, InstitutionType, Membership
    from programme.models import Country

    Country.objects.get_or_create(
        code="MX", defaults={"name_es": "México", "time_zone": "America/Mexico_City"}
    )
    Institution.objects.bulk_create(
        Institution(
            key=uuid.uuid4(),
            name=f"Hospital {n} de Prueba",
            folded_name=f"hospital {n} de prueba",
            type=InstitutionType.PUBLIC,
            country_id="MX",
        )
        for n in range(PLACES)
    )
    Institution.objects.filter(canonical=None).update(canonical=F("pk"))
    places = list(Institution.objects.order_by("pk"))
    dice = random.Random(7)
    names = [a_name(dice) for _ in range(PEOPLE + LINES)]
    secret = make_password(None)
    for start in range(0, PEOPLE, 5_000):
        numbers = range(start, start + 5_000)
        people = Person.objects.bulk_create(
            Person(certificate_name=names[n], country_id="MX", sex="woman", birth_year=1960 + n % 40)
            for n in numbers
        )
        User.objects.bulk_create(
            User(person=person, username=f"P{n:07d}", email=f"p{n}@example.org", password=secret)
            for n, person in zip(numbers, people, strict=True)
        )
        Membership.objects.bulk_create(
            Membership(person=person, institution=places[n % PLACES], starts_on=dt.date(2025, 1, 1))
            for n, person in zip(numbers, people, strict=True)
        )
    Person.objects.filter(canonical=None).update(canonical=F("pk"))
    write(path, names, places)
    with connection.cursor() as cursor:
        # A site's PostgreSQL does it by itself within a minute; these people came all at once.
        cursor.execute("ANALYZE")


def write(path: Path, names: list[str], places: list) -> None:
    """Write the sheet: every second line is somebody who is here, one in twenty with another sex."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Participantes")
    sheet.append(HEAD)
    for line in range(LINES):
        here = line % 2 == 0
        n = line * (PEOPLE // LINES) if here else PEOPLE + line
        sex = "Hombre" if here and line % CONFLICTS == 0 else "Mujer"
        place = places[n % PLACES].name
        sheet.append([line + 1, names[n].upper(), sex, f"p{n}@example.org", place, "México", 1960 + n % 40])
    book.save(path)


def a_name(dice: random.Random) -> str:
    """Return two given names and two surnames."""
    return " ".join([*dice.sample(GIVEN, 2), *dice.sample(SURNAMES, 2)])


if __name__ == "__main__":
    main()
