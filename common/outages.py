"""Tells an outage that passes (the database is away, the disk is full) from a mistake in our code."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from enum import StrEnum

from django.db import InterfaceError, OperationalError

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
SQLITE_FULL = {"SQLITE_FULL"}
# «no such column» is an OperationalError of SQLite too, and would be ours to mend.
SQLITE_AWAY = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_READONLY")
POSTGRES_FULL = "53100"
# Connection, resources, the operator stops the server, the system below it.
POSTGRES_AWAY = ("08", "53", "57", "58", "25006")


class Outage(StrEnum):
    """What is missing for a while."""

    AWAY = "away"
    FULL = "full"


def outage_of(error: BaseException | None) -> Outage | None:
    """Return which outage an exception tells of, if any."""
    return next((found for cause in _chain(error) if (found := _one(cause))), None)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _one(error: BaseException) -> Outage | None:
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return Outage.FULL
    if isinstance(error, InterfaceError):
        return Outage.AWAY
    if isinstance(error, OperationalError):
        return _of_the_database(error.__cause__)
    # The counts of guesses in Redis: without them nobody may try. Not imported, since a site may run without.
    if type(error).__module__.startswith("django_redis.") and type(error).__name__ == "ConnectionInterrupted":
        return Outage.AWAY
    return None


def _of_the_database(cause: BaseException | None) -> Outage | None:
    name = getattr(cause, "sqlite_errorname", None)
    if name is not None:
        return Outage.FULL if name in SQLITE_FULL else Outage.AWAY if name.startswith(SQLITE_AWAY) else None
    state = getattr(cause, "sqlstate", None)
    if state == POSTGRES_FULL:
        return Outage.FULL
    # Who could not connect at all was told no state.
    return Outage.AWAY if state is None or state.startswith(POSTGRES_AWAY) else None
