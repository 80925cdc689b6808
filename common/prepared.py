"""Asks the few questions of every page without writing their SQL anew: it is compiled once, then only values change.

Django compiles a queryset each time that it runs, which costs three times what PostgreSQL takes to answer it. Here a
queryset is built once with marks in place of the values; its meaning, its fields and converters stay Django's.
PostgreSQL plans such a statement once for a connection too (`common.postgres`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.query import get_related_populators
from django.db.models.sql import Query, UpdateQuery
from django.db.transaction import mark_for_rollback_on_error

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import QuerySet

Value = int | UUID | str
# Values that no row has, one for each place, so that they are found again among the parameters of the SQL.
NUMBERS = tuple(-7_340_000_000 - place for place in range(4))
KEYS = tuple(UUID(int=0x5E9DA << 64 | place) for place in range(4))
NAMES = tuple(f"\x1fmark {place}" for place in range(4))


class _Prepared:
    """A statement with gaps for its values, written once for each connection."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *marks: Value) -> None:
        self.build, self.marks = build, marks
        self.kinds = [type(mark) for mark in marks]
        # SQL belongs to a connection: another database has other words.
        self.written: WeakKeyDictionary[BaseDatabaseWrapper, _Written] = WeakKeyDictionary()

    def query(self) -> Query:
        """Return the statement with marks in its gaps."""
        return self.build(*self.marks).query

    def fitting(self, values: tuple[Value, ...]) -> tuple[Value, ...]:
        """Return `values`. Raises TypeError where one is not of its mark's kind: nobody else's value gets in."""
        if self.kinds != [type(value) for value in values]:
            raise TypeError(f"{values!r} do not fit {self.marks!r}")
        return values

    def _for(self, connection: BaseDatabaseWrapper) -> _Written:
        written = self.written.get(connection)
        if written is None:
            written = self.written[connection] = _Written(connection, self.query(), self.marks)
        return written


class Prepared(_Prepared):
    """A question with gaps for its values: `build` is handed the marks that stand in the gaps.

    Marks are those above, so that a value is a whole number, a UUID or a text wherever its mark is one. No value may
    be None, for which SQL has words of its own.
    """

    def rows(self, *values: Value) -> list[Any]:
        """Return the rows of a question that ends in `values_list`, as tuples."""
        connection = connections[DEFAULT_DB_ALIAS]
        return list(self._for(connection).rows(connection, self.fitting(values)))

    def objects(self, *values: Value) -> list[Any]:
        """Return the objects that are asked for, with joined ones and with what was annotated."""
        connection = connections[DEFAULT_DB_ALIAS]
        written = self._for(connection)
        return [written.as_object(row) for row in written.rows(connection, self.fitting(values))]


class PreparedUpdate(_Prepared):
    """A change with gaps: `build` says of which rows, `become` what their fields become; both are handed the marks."""

    def __init__(
        self, build: Callable[..., QuerySet[Any, Any]], become: Callable[..., dict[str, Any]], *marks: Value
    ) -> None:
        super().__init__(build, *marks)
        self.become = become

    def query(self) -> Query:
        """Return the statement as `QuerySet.update` builds it."""
        query = super().query().chain(UpdateQuery)
        query.add_update_values(self.become(*self.marks))  # type: ignore[attr-defined]  # chained to an UpdateQuery
        return query

    def run(self, *values: Value) -> int:
        """Change the rows and return how many they were; as with `update`, no signal tells of it."""
        connection = connections[DEFAULT_DB_ALIAS]
        with mark_for_rollback_on_error(DEFAULT_DB_ALIAS):
            return self._for(connection).changed(connection, self.fitting(values))


class _Written:
    """The SQL of a statement for one connection, and how its rows are read."""

    def __init__(self, connection: BaseDatabaseWrapper, query: Query, marks: tuple[Value, ...]) -> None:
        self.native_keys = bool(connection.features.has_native_uuid_field)
        compiler = query.get_compiler(using=connection.alias)
        sql, parameters = compiler.as_sql()
        places = {self._parameter(mark): place for place, mark in enumerate(marks)}
        # Each parameter is either itself or the place of the value that goes there.
        found = [
            (parameter, places.get(parameter) if isinstance(parameter, Value) else None)
            for parameter in parameters
        ]
        if {place for _parameter, place in found if place is not None} != set(places.values()):
            raise ValueError("A mark was lost on the way into the SQL.")
        self._plan(connection, sql, found)
        if not isinstance(query, UpdateQuery):
            self.converters = compiler.get_converters([column[0] for column in compiler.select])
            self._read_objects(compiler)

    def _plan(
        self, connection: BaseDatabaseWrapper, sql: str, parameters: list[tuple[Any, int | None]]
    ) -> None:
        """Leave no gaps but those for values where the server keeps the plan; what is fixed helps it to plan."""
        self.sql, self.parameters = sql, parameters
        self.planned = hasattr(connection, "planned_cursor")
        if self.planned:
            self.sql = connection.planned_sql(  # type: ignore[attr-defined]  # common.postgres
                sql, [(parameter, place is None) for parameter, place in parameters]
            )
            self.parameters = [row for row in parameters if row[1] is not None]

    def _read_objects(self, compiler: Any) -> None:
        info = compiler.klass_info
        if info is None:
            return
        start, end = info["select_fields"][0], info["select_fields"][-1] + 1
        self.alias, self.model, self.own = compiler.using, info["model"], slice(start, end)
        self.names = [column[0].target.attname for column in compiler.select[start:end]]
        self.added = dict(compiler.annotation_col_map)
        self.joined = get_related_populators(info, compiler.select, self.alias)  # type: ignore[call-arg]  # stubs of a later Django

    def rows(self, connection: BaseDatabaseWrapper, values: tuple[Value, ...]) -> Iterable[Any]:
        with self._run(connection, values) as cursor:
            found = cursor.fetchall()
        return self._converted(found, connection) if self.converters else found

    def changed(self, connection: BaseDatabaseWrapper, values: tuple[Value, ...]) -> int:
        with self._run(connection, values) as cursor:
            return int(cursor.rowcount)

    def _run(self, connection: BaseDatabaseWrapper, values: tuple[Value, ...]) -> Any:
        own = [self._parameter(value) for value in values]
        cursor = connection.planned_cursor() if self.planned else connection.cursor()  # type: ignore[attr-defined]
        cursor.execute(self.sql, [fixed if place is None else own[place] for fixed, place in self.parameters])
        return cursor

    def _converted(self, rows: Iterable[Any], connection: BaseDatabaseWrapper) -> Iterator[Any]:
        for row in rows:
            values = list(row)
            for place, (converters, column) in self.converters.items():
                for convert in converters:
                    values[place] = convert(values[place], column, connection)
            yield tuple(values)

    def as_object(self, row: Any) -> Any:
        found = self.model.from_db(self.alias, self.names, row[self.own])
        for name, place in self.added.items():
            setattr(found, name, row[place])
        for populator in self.joined:
            populator.populate(row, found)
        return found

    def _parameter(self, value: Value) -> Value:
        """Return `value` as Django hands it to this database."""
        return value.hex if isinstance(value, UUID) and not self.native_keys else value
