"""Measures one erasure among 200,000 people with logins, histories and tasks, and what others wait for meanwhile."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

from benchmarks.bench_duplicates import PEOPLE, fill
from benchmarks.site import Site

if TYPE_CHECKING:
    from benchmarks.report import Report

A_BATCH = 5_000
RECORDS = 50_000


def run(report: Report) -> None:
    """Print how long an erasure takes, and the longest that somebody else's writing waits for it."""
    environment = {**os.environ, "DATABASE_URL": report.site.server_url}
    command = [sys.executable, "-m", "benchmarks.bench_erasing"]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        raise RuntimeError(result.stderr[-2000:])
    found = json.loads(result.stdout.splitlines()[-1])
    size = f"{found['people']}-people-{RECORDS}-entries"
    report.figure("erasing.one", found["seconds"], "s", size=size)
    report.figure("erasing.others_wait", found["waited"], "ms", size=size)


def main() -> None:
    """Make a site with nothing in it, fill it, erase, and print one line of JSON."""
    site = Site()
    try:
        if site.server_url:
            site.on_the_server(f'CREATE DATABASE "{site.database}"')
        for command in ("migrate", "createcachetable"):
            site.run("manage.py", command, "--verbosity", "0", settings="development")
        os.environ.update(site.settings("production"))
        measure()
    finally:
        site.close()


def measure() -> None:
    """Fill, erase while somebody else writes, and print the figures."""
    import django

    django.setup()
    from accounts import erasing
    from accounts.models import Person

    people = int(sys.argv[1]) if sys.argv[1:] else PEOPLE
    fill(random.Random(11), people)
    log_in_and_leave_records()
    someone, other = Person.objects.order_by("pk")[people // 2 : people // 2 + 2]
    waits, over = [0.0], threading.Event()
    writer = threading.Thread(target=write_meanwhile, args=(other.pk, waits, over))
    writer.start()
    began = time.perf_counter()
    erasing.erase(person=someone, by=None)
    taken = time.perf_counter() - began
    over.set()
    writer.join()
    print(json.dumps({"people": people, "seconds": taken, "waited": max(waits) * 1000, "writes": len(waits)}))


def log_in_and_leave_records() -> None:
    """Give everybody a login with an address, and the site a history and finished tasks."""
    from allauth.account.models import EmailAddress
    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult
    from wagtail.models import ModelLogEntry

    from accounts.models import Person, User

    keys = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), A_BATCH):
        some = keys[start : start + A_BATCH]
        users = User.objects.bulk_create(
            User(person_id=key, username=f"U{key:07}", email=f"persona{key}@correo.example", password="!")
            for key in some
        )
        EmailAddress.objects.bulk_create(
            EmailAddress(user=user, email=user.email, primary=True) for user in users
        )
    kind, now = ContentType.objects.get_for_model(Person), timezone.now()
    ModelLogEntry.objects.bulk_create(
        (
            ModelLogEntry(content_type=kind, object_id=key, label=f"Persona {key}", action="x", timestamp=now)
            for key in keys[:RECORDS]
        ),
        batch_size=A_BATCH,
    )
    DBTaskResult.objects.bulk_create(
        (
            DBTaskResult(
                task_path="x.y",
                args_kwargs={"args": [f"persona{key}@correo.example"], "kwargs": {}},
                status="SUCCESSFUL",
                run_after=now,
            )
            for key in keys[:RECORDS]
        ),
        batch_size=A_BATCH,
    )


def write_meanwhile(key: int, waits: list[float], over: threading.Event) -> None:
    """Write to somebody else's record again and again, as her profile does; note how long each took."""
    from django.db import connection

    from accounts.models import Person

    while not over.wait(0.02):
        began = time.perf_counter()
        Person.objects.filter(pk=key).update(position="health")
        waits.append(time.perf_counter() - began)
    connection.close()


if __name__ == "__main__":
    main()
