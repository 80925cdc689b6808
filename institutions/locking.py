"""Lets one at a time change who stands above, after or in place of whom."""

from __future__ import annotations

from django.db import connection

# «Under B» for A and «under A» for B touch different rows and would pass each other: no lock on rows sees the circle.
LINEAGE = 5_304_311


def lock_lineage() -> None:
    """Wait for whoever else changes parents, successors or merges; released at the end of the transaction.

    SQLite needs none: its transactions begin IMMEDIATE, so that the second one reads what the first has written.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("lock_lineage() holds for a transaction, and there is none")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LINEAGE])
