"""The whole database as text, as a thief of a backup would read it, and every file of the site's folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import connection

from accounts.scrubbing import spellings


def database() -> Iterator[str]:
    """Yield every row of every table as its own engine writes it out, and sessions opened."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        assert isinstance(connection.connection, sqlite3.Connection)
        yield from connection.connection.iterdump()
    else:
        yield from _copied()
    for session in Session.objects.all():
        yield str(session.get_decoded())


def _copied() -> Iterator[str]:
    """COPY is what pg_dump writes; by our own connection it sees what this test has not committed."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            with cursor.cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                yield from (bytes(block).decode() for block in copy)


def files(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield every file's name and content."""
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix not in {".sqlite3", ".db"} and "sqlite" not in path.name:
            yield path.name, path.read_bytes().decode("utf-8", "replace")


def found(texts: Iterator[str], wanted: list[str]) -> list[str]:
    """Return the lines that hold a text in any spelling."""
    known = {spelling.lower() for text in wanted for spelling in spellings(text)}
    return [line[:300] for line in texts if any(each in line.lower() for each in known)]
