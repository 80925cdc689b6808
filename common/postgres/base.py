"""Talks to PostgreSQL as Django does; the questions of every page are planned once for a connection, not each time.

All else goes Django's way, which puts values into the text of a statement, so that the server parses and plans it
anew. For what `common.prepared` asks, that costs the server more than the answer.
"""

from __future__ import annotations

import select
from collections.abc import Iterable
from typing import Any

import psycopg
from django.db.backends.postgresql import base, operations
from psycopg import sql as words


class PlannedCursor(psycopg.Cursor[Any]):
    """Sends a statement's text once and its values each time; Django's own cursors are never planned."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> PlannedCursor:
        """Run the statement that the server keeps under this text."""
        return super().execute(query, params, prepare=True, **how)


class DatabaseOperations(operations.DatabaseOperations):
    """Django's, which also tell what a planned statement said."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """Return the statement for logs and tests; of a planned one its text, the values having gone apart."""
        told: str | None = super().last_executed_query(cursor, sql, params)
        return told or str(sql)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that also gives cursors for planned statements."""

    ops_class = DatabaseOperations

    # Django's own, of which its stubs do not tell.
    health_check_enabled: bool
    health_check_done: bool

    def get_connection_params(self) -> dict[str, Any]:
        """Return Django's, and that statements may be kept; Django rules that out unless told otherwise."""
        params: dict[str, Any] = super().get_connection_params()
        if params.get("prepare_threshold") is None:
            params["prepare_threshold"] = 5
        return params

    def close_if_health_check_failed(self) -> None:
        """Ask the server whether it is there only where the line is not quiet.

        A server that goes says so, and its word lies there to be read. On a quiet line the first question of the
        page itself is as good as «SELECT 1», which would be one more for each page.
        """
        if self.health_check_enabled and not self.health_check_done and self._is_quiet():
            self.health_check_done = True
        super().close_if_health_check_failed()

    def _is_quiet(self) -> bool:
        if self.connection is None or self.connection.closed:
            return False
        line = select.poll()
        line.register(self.connection.fileno(), select.POLLIN)
        return not line.poll(0)

    def planned_cursor(self) -> Any:
        """Return a cursor whose statements the server plans once; counted and timed as any other."""
        # As `_cursor` does, which offers no choice of the kind.
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            return self._prepare_cursor(PlannedCursor(self.connection))  # type: ignore[attr-defined]  # Django's

    def planned_sql(self, sql: str, parameters: Iterable[tuple[Any, bool]]) -> str:
        """Return `sql` with those parameters written out that are fixed; the others stay gaps for values."""
        written = [
            words.Literal(value).as_string(self.connection).replace("%", "%%") if fixed else "%s"
            for value, fixed in parameters
        ]
        return sql.replace("%%", "%%%%") % tuple(written)
