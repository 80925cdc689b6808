"""What an administrator forgets on the machine: asked by `check --deploy --database default`, where the site runs.

Without `--database` they say nothing: settings can be tried anywhere, a machine only where it is.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from programme import health

Found = list[checks.CheckMessage]


def on_the_machine(check: Callable[[], Found]) -> Callable[..., Found]:
    """Register a check that looks at this machine; a database out of reach is said by Django itself."""

    @checks.register(checks.Tags.database, deploy=True)
    def asked(app_configs: Any, databases: Any = None, **kwargs: Any) -> Found:
        if not databases:
            return []
        try:
            return check()
        except DatabaseError:
            return []

    return asked


@on_the_machine
def files_can_be_written() -> Found:
    """Refuse a folder of files that the site may not write."""
    folder = Path(settings.VAR_DIR)
    if folder.is_dir() and os.access(folder, os.W_OK):
        return []
    return [
        checks.Error(
            f"The folder of the site's files ({folder}) is not there or cannot be written.",
            hint="Make it, and give it to the user as whom the site runs; SENDA_VAR says where it is.",
            id="programme.E011",
        )
    ]


@on_the_machine
def static_files_are_collected() -> Found:
    """Refuse a site whose pages would all fail for want of their style sheet's name."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if "Manifest" not in settings.STORAGES["staticfiles"]["BACKEND"] or manifest.is_file():
        return []
    return [
        checks.Error(
            "Static files are not collected: every page fails.",
            hint="python manage.py collectstatic --noinput, after every upgrade too.",
            id="programme.E012",
        )
    ]


@on_the_machine
def cache_table_is_there() -> Found:
    """Refuse a site that cannot count guesses: nobody would get in."""
    cache = settings.CACHES["shared"]
    if not cache["BACKEND"].endswith("DatabaseCache"):
        return []
    if cache["LOCATION"] in connection.introspection.table_names():
        return []
    return [
        checks.Error(
            "The table in which guesses are counted is missing: nobody can sign in.",
            hint="python manage.py createcachetable",
            id="programme.E013",
        )
    ]


@on_the_machine
def migrations_are_applied() -> Found:
    """Refuse a database that is older than the code."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return []
    return [
        checks.Error(
            "The database is older than the code.",
            hint="python manage.py migrate",
            id="programme.E014",
        )
    ]


@on_the_machine
def timer_is_alive() -> Found:
    """Warn that nothing is published by date and no night's work is done."""
    if health.timer().state == health.State.OK:
        return []
    return [
        checks.Warning(
            "The timer was not heard of for a quarter of an hour, or never.",
            hint="Start it: python manage.py timer, or every five minutes python manage.py timer --once.",
            id="programme.W015",
        )
    ]


@on_the_machine
def worker_is_alive() -> Found:
    """Warn that work waits: certificates are not drawn, learners do not follow a version."""
    if health.tasks().state == health.State.OK:
        return []
    return [
        checks.Warning(
            "Tasks have been waiting for a worker for more than five minutes.",
            hint="Start it: python manage.py worker.",
            id="programme.W016",
        )
    ]
