"""Takes a backup that fits together, and restores one into an empty site.

A backup is a folder: `database` (PostgreSQL's own archive, or an SQLite file), `files.tar.gz` (pictures and private
files) and `manifest.json` (how many rows of each kind, a sum of each file). The database goes first: files are added
before the rows that name them and taken away after, so that every row of the dump finds its file.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from contextlib import closing
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

PREFIX = "senda-"
DATABASE, FILES, MANIFEST = "database", "files.tar.gz", "manifest.json"
FOLDERS = ("media", "private")


class Refused(Exception):
    """No backup, or no restoring; the words say why."""


def take(*, into: Path, keep: int) -> Path:
    """Write a new backup below `into` and return it; of older ones, `keep` stay in all."""
    into.mkdir(parents=True, exist_ok=True)
    name = f"{PREFIX}{timezone.now():%Y%m%dT%H%M%SZ}"
    # Under another name until it is whole: what bears the name of a backup is one.
    unfinished = into / f".{name}"
    unfinished.mkdir(mode=0o700)
    try:
        counts = dump(unfinished / DATABASE)
        pack(unfinished / FILES)
        write_manifest(unfinished, counts)
        return unfinished.rename(into / name)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    finally:
        drop_old(into, keep=keep)


def drop_old(into: Path, *, keep: int) -> None:
    """Remove all but the newest `keep` backups."""
    found = sorted(path for path in into.glob(f"{PREFIX}*") if (path / MANIFEST).is_file())
    for old in found[: max(0, len(found) - keep)]:
        shutil.rmtree(old)


def counts_of_rows() -> dict[str, int]:
    """Return how many rows each table of ours and of the libraries holds."""
    models = (model for model in apps.get_models(include_auto_created=True) if model._meta.managed)
    return {model._meta.label: model._base_manager.count() for model in models if not model._meta.proxy}


def dump(to: Path) -> dict[str, int]:
    """Write the database as it is at one moment, and return the counts of that same moment."""
    return _dump_postgres(to) if connection.vendor == "postgresql" else _dump_sqlite(to)


def _dump_postgres(to: Path) -> dict[str, int]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _run("pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={to}")
        return counts_of_rows()


def _dump_sqlite(to: Path) -> dict[str, int]:
    connection.ensure_connection()
    # Writers wait until the copy and its counts are made.
    with transaction.atomic(), closing(sqlite3.connect(to)) as copy:
        with closing(sqlite3.connect(str(connection.settings_dict["NAME"]))) as source:
            source.backup(copy)
        return counts_of_rows()


def pack(to: Path) -> None:
    """Write pictures and private files into an archive; the sizes drawn from pictures are made anew when missing."""
    with tarfile.open(to, "w:gz") as archive:
        for name in FOLDERS:
            folder = Path(settings.VAR_DIR) / name
            if folder.is_dir():
                archive.add(folder, arcname=name)


def write_manifest(folder: Path, counts: dict[str, int]) -> None:
    """Write what the backup holds, so that it can be compared with what comes out of it."""
    manifest = {
        "version": settings.SENDA_VERSION,
        "engine": connection.vendor,
        "taken_at": timezone.now().isoformat(),
        "sums": {name: sum_of(folder / name) for name in (DATABASE, FILES)},
        "rows": counts,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True))


def sum_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def restore(*, folder: Path) -> dict[str, tuple[int, int]]:
    """Bring a backup into this empty site and return the counts that differ, as (backup, now)."""
    manifest = read(folder)
    refuse_unless_empty()
    load = _load_postgres if connection.vendor == "postgresql" else _load_sqlite
    load(folder / DATABASE)
    Path(settings.VAR_DIR).mkdir(parents=True, exist_ok=True)
    with tarfile.open(folder / FILES) as archive:
        archive.extractall(settings.VAR_DIR, filter="data")
    return differences(manifest["rows"], counts_of_rows())


def read(folder: Path) -> dict[str, Any]:
    """Return the manifest of a whole and unharmed backup for this kind of database."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    except (OSError, ValueError):
        raise Refused(f"{folder} is not a backup: it has no {MANIFEST} that can be read.") from None
    harmed = [name for name, known in manifest["sums"].items() if not _has_sum(folder / name, known)]
    if harmed:
        raise Refused(f"Damaged or missing: {', '.join(harmed)}.")
    if manifest["engine"] != connection.vendor:
        raise Refused(f"This backup is of {manifest['engine']}, and the site runs on {connection.vendor}.")
    return manifest


def refuse_unless_empty() -> None:
    """Refuse to restore over what is there."""
    if connection.introspection.table_names():
        raise Refused("The database of this site is not empty. Restore into a new one.")
    if any((Path(settings.VAR_DIR) / name).exists() for name in FOLDERS):
        raise Refused(f"There are files in {settings.VAR_DIR}. Restore into a new folder.")


def differences(before: dict[str, int], now: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Return where the counts differ."""
    labels = sorted({*before, *now})
    return {
        label: (before.get(label, 0), now.get(label, 0))
        for label in labels
        if before.get(label, 0) != now.get(label, 0)
    }


def _has_sum(path: Path, known: str) -> bool:
    return path.is_file() and sum_of(path) == known


def _load_postgres(dump: Path) -> None:
    connection.close()
    name = str(connection.settings_dict["NAME"])
    _run("pg_restore", "--no-owner", "--single-transaction", "--exit-on-error", f"--dbname={name}", str(dump))


def _load_sqlite(dump: Path) -> None:
    connection.close()
    name = Path(str(connection.settings_dict["NAME"]))
    name.unlink(missing_ok=True)
    shutil.copyfile(dump, name)


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; the password goes by its environment, not where everybody reads it."""
    given = connection.settings_dict
    names = {
        "HOST": "PGHOST",
        "PORT": "PGPORT",
        "USER": "PGUSER",
        "PASSWORD": "PGPASSWORD",
        "NAME": "PGDATABASE",
    }
    own = {variable: str(given[name]) for name, variable in names.items() if given.get(name)}
    path = shutil.which(program)
    if path is None:
        raise Refused(f"{program} is not installed: it comes with postgresql-client.")
    ended = subprocess.run(  # noqa: S603 -- a program of the system, with arguments of our own
        [path, *arguments], env={**os.environ, **own}, check=False, capture_output=True, text=True
    )
    if ended.returncode:
        raise Refused(f"{program} failed: {ended.stderr.strip().splitlines()[-1:]}")
