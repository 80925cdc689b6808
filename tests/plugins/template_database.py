"""Gives every test run a migrated database in a second, copied from a template that was migrated once.

Migrating takes half a minute. The template is kept under var/test-templates (SQLite) or as a database of its
own on the server (PostgreSQL), named by a fingerprint of everything that migrating depends on.

A test with transactions of its own (`transactional_db`, `live_server`) leaves the tables empty: Wagtail's
root page, locale and site gone with them, and what our migrations wrote. So the template is copied again.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = ROOT / "var" / "test-templates"
KEPT = 4


class Template(Protocol):
    """A migrated database that is never written to, and the way to begin again from it."""

    def build(self) -> None: ...
    def copy(self) -> None: ...
    def drop(self) -> None: ...


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_modify_db_settings: None,
) -> Iterator[Callable[[], None]]:
    """In place of pytest-django's own, which migrates each time. Gives the way to begin again from the template."""
    from django.db import connection
    from django.test import TransactionTestCase

    worker = getattr(request.config, "workerinput", {}).get("workerid", "gw")
    template = template_for(connection, worker)
    with django_db_blocker.unblock():
        with one_builder():
            template.build()
        template.copy()
    begin_again = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
    TransactionTestCase._fixture_teardown = lambda case: template.copy()  # type: ignore[attr-defined]
    yield template.copy
    TransactionTestCase._fixture_teardown = begin_again  # type: ignore[attr-defined]
    with django_db_blocker.unblock():
        template.drop()


def template_for(connection: Any, worker: str) -> Template:
    if connection.vendor == "sqlite":
        return FileTemplate(connection, worker)
    if connection.vendor == "postgresql":
        return ServerTemplate(connection, worker)
    raise pytest.UsageError(f"Tests run on SQLite and PostgreSQL, not on {connection.vendor}.")


@contextmanager
def one_builder() -> Iterator[None]:
    """With pytest-xdist the first worker migrates, the others wait and find it done."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    with (TEMPLATES / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fingerprint() -> str:
    """Changes with migrations, libraries (theirs migrate too), settings and receivers of `post_migrate`."""
    digest = hashlib.sha256()
    for pattern in ("*/migrations/*.py", "requirements.txt", "lms/settings/*.py", "*/apps.py"):
        for path in sorted(ROOT.glob(pattern)):
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def migrate_into(connection: Any, name: str) -> None:
    """Points the connection at an empty database and migrates it, as Django's own test runner would."""
    from django.core.management import call_command

    point_at(connection, name)
    call_command("migrate", verbosity=0, interactive=False, database=connection.alias)
    call_command("createcachetable", verbosity=0, database=connection.alias)
    connection.close()


def point_at(connection: Any, name: str) -> None:
    """For this thread and for those of the live server, which read the settings when they connect."""
    from django.conf import settings

    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = name
    connection.settings_dict["NAME"] = name


class FileTemplate:
    """SQLite: one file, copied. Not memory, since the live server's threads want connections of their own."""

    def __init__(self, connection: Any, worker: str) -> None:
        self.connection = connection
        self.source = TEMPLATES / f"{fingerprint()}.sqlite3"
        self.folder = Path(tempfile.mkdtemp(prefix=f"senda-test-{worker}-"))
        self.target = self.folder / "test.sqlite3"

    def build(self) -> None:
        if self.source.exists():
            os.utime(self.source)
            return
        draft = self.folder / "draft.sqlite3"
        migrate_into(self.connection, str(draft))
        with self.connection.cursor() as cursor:
            # One file without a write-ahead log beside it, whatever the settings ask for.
            cursor.execute("VACUUM INTO %s", [str(self.folder / "template.sqlite3")])
        self.connection.close()
        shutil.move(self.folder / "template.sqlite3", self.source)
        self.forget_old_ones()

    def forget_old_ones(self) -> None:
        for old in sorted(TEMPLATES.glob("*.sqlite3"), key=lambda path: -path.stat().st_mtime)[KEPT:]:
            old.unlink(missing_ok=True)

    def copy(self) -> None:
        point_at(self.connection, str(self.target))
        # A log that stayed behind would be replayed over the fresh copy.
        for suffix in ("-wal", "-shm", ""):
            Path(f"{self.target}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(self.source, self.target)

    def drop(self) -> None:
        self.connection.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class ServerTemplate:
    """PostgreSQL: `CREATE DATABASE … TEMPLATE`, which copies files on the server."""

    def __init__(self, connection: Any, worker: str) -> None:
        self.connection = connection
        name = str(connection.settings_dict["NAME"])
        self.source = f"test_{name}_template_{fingerprint()}"
        self.target = f"test_{name}_{worker}"

    def build(self) -> None:
        if self.exists(self.source):
            return
        draft = f"{self.source}_draft"
        self.on_the_server(f'DROP DATABASE IF EXISTS "{draft}" WITH (FORCE)', f'CREATE DATABASE "{draft}"')
        migrate_into(self.connection, draft)
        self.on_the_server(f'ALTER DATABASE "{draft}" RENAME TO "{self.source}"')

    def copy(self) -> None:
        self.connection.close()
        self.drop()
        self.on_the_server(f'CREATE DATABASE "{self.target}" TEMPLATE "{self.source}"')
        point_at(self.connection, self.target)

    def drop(self) -> None:
        """FORCE, since a thread of the live server may still hold a connection that nobody will use again."""
        self.connection.close()
        self.on_the_server(f'DROP DATABASE IF EXISTS "{self.target}" WITH (FORCE)')

    def exists(self, name: str) -> bool:
        with self.connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return cursor.fetchone() is not None

    def on_the_server(self, *statements: str) -> None:
        with self.connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
