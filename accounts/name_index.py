"""Keeps the index by which people are found by name: trigrams on PostgreSQL, where the extension may be made.

Without the extension `pg_trgm` (a provider may forbid to make it) a plain index takes its place: then a name is found
as well, only that the server reads all of them. A system check says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

TRIGRAMS = "person_folded_name_trigrams"
PLAIN = "person_folded_name_plain"
TABLE = "accounts_person"


def build(connection: BaseDatabaseWrapper) -> str:
    """Make the best index that this server allows, once; returns its name, or nothing where none is needed."""
    if connection.vendor != "postgresql":
        return ""
    if _try(
        connection,
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        f"CREATE INDEX IF NOT EXISTS {TRIGRAMS} ON {TABLE} USING gin (folded_name gin_trgm_ops)",
        f"DROP INDEX IF EXISTS {PLAIN}",
    ):
        return TRIGRAMS
    _try(connection, f"CREATE INDEX IF NOT EXISTS {PLAIN} ON {TABLE} (folded_name varchar_pattern_ops)")
    return PLAIN


def drop(connection: BaseDatabaseWrapper) -> None:
    """Take both away. The extension stays: others may use it."""
    if connection.vendor == "postgresql":
        _try(connection, f"DROP INDEX IF EXISTS {TRIGRAMS}", f"DROP INDEX IF EXISTS {PLAIN}")


def has_trigrams(connection: BaseDatabaseWrapper) -> bool:
    """Say whether names are found by trigrams here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_indexes WHERE indexname = %s", [TRIGRAMS])
        return cursor.fetchone() is not None


def _try(connection: BaseDatabaseWrapper, *statements: str) -> bool:
    """Run all of them, or none and say no: a server that refuses must not stop the migration around it."""
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    except DatabaseError:
        return False
    return True
