"""Asks the few questions of every page without writing their SQL anew: it is compiled once, then only values change.

Django compiles a queryset each time that it runs, which costs three times what PostgreSQL takes to answer it. Here a
queryset is built once with marks in place of the values; its meaning, its fields and converters stay Django's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.query import get_related_populators

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import QuerySet

# Values that no row has, one for each place, so that they are found again among the parameters of the SQL.
NUMBERS = tuple(-7_340_000_000 - place for place in range(4))
KEYS = tuple(UUID(int=0x5E9DA << 64 | place) for place in range(4))
NAMES = tuple(f"\x1fmark {place}" for place in range(4))


class Prepared:
    """A question with gaps for its values: `build` is handed the marks that stand in the gaps.

    Marks are those above, so that a value is a whole number, a UUID or a text wherever its mark is one. No value may
    be None, for which SQL has words of its own.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *marks: int | UUID | str) -> None:
        self.build, self.marks = build, marks
        # SQL belongs to a connection: another database has other words.
        self.written: WeakKeyDictionary[BaseDatabaseWrapper, _Written] = WeakKeyDictionary()

    def rows(self, *values: int | UUID | str) -> list[Any]:
        """Return the rows of a question that ends in `values_list`, as tuples."""
        return list(self._written().run(self.fitting(values)))

    def objects(self, *values: int | UUID | str) -> list[Any]:
        """Return the objects that are asked for, joined ones included."""
        written = self._written()
        return [written.as_object(row) for row in written.run(self.fitting(values))]

    def fitting(self, values: tuple[int | UUID | str, ...]) -> tuple[int | UUID | str, ...]:
        """Return `values`. Raises TypeError where one is not of its mark's kind: nobody else's value gets in."""
        if [type(mark) for mark in self.marks] != [type(value) for value in values]:
            raise TypeError(f"{values!r} do not fit {self.marks!r}")
        return values

    def _written(self) -> _Written:
        connection = connections[DEFAULT_DB_ALIAS]
        if connection not in self.written:
            self.written[connection] = _Written(connection.alias, self.build(*self.marks), self.marks)
        return self.written[connection]


class _Written:
    """The SQL of a question for one connection, and how its rows are read."""

    def __init__(self, alias: str, queryset: QuerySet[Any, Any], marks: tuple[int | UUID | str, ...]) -> None:
        self.alias = alias
        compiler = queryset.query.get_compiler(using=alias)
        self.sql, parameters = compiler.as_sql()
        places = {_parameter(alias, mark): place for place, mark in enumerate(marks)}
        # Each parameter is either itself or the place of the value that goes there.
        self.parameters = [
            (parameter, places.get(parameter) if isinstance(parameter, int | UUID | str) else None)
            for parameter in parameters
        ]
        if {place for _parameter, place in self.parameters if place is not None} != set(places.values()):
            raise ValueError("A mark was lost on the way into the SQL.")
        self.converters = compiler.get_converters([column[0] for column in compiler.select])
        self._read_objects(compiler)

    def _read_objects(self, compiler: Any) -> None:
        info = compiler.klass_info
        if info is None:
            return
        start, end = info["select_fields"][0], info["select_fields"][-1] + 1
        self.model, self.own = info["model"], slice(start, end)
        self.names = [column[0].target.attname for column in compiler.select[start:end]]
        self.joined = get_related_populators(info, compiler.select, self.alias)  # type: ignore[call-arg]  # stubs of a later Django

    def run(self, values: tuple[int | UUID | str, ...]) -> Iterable[Any]:
        connection = connections[self.alias]
        own = [_parameter(self.alias, value) for value in values]
        with connection.cursor() as cursor:
            cursor.execute(
                self.sql, [fixed if place is None else own[place] for fixed, place in self.parameters]
            )
            found = cursor.fetchall()
        return self._converted(found, connection) if self.converters else found

    def _converted(self, rows: Iterable[Any], connection: BaseDatabaseWrapper) -> Iterator[Any]:
        for row in rows:
            values = list(row)
            for place, (converters, column) in self.converters.items():
                for convert in converters:
                    values[place] = convert(values[place], column, connection)
            yield tuple(values)

    def as_object(self, row: Any) -> Any:
        found = self.model.from_db(self.alias, self.names, row[self.own])
        for populator in self.joined:
            populator.populate(row, found)
        return found


def _parameter(alias: str, value: int | UUID | str) -> int | UUID | str:
    """Return `value` as Django hands it to this database."""
    if isinstance(value, UUID) and not connections[alias].features.has_native_uuid_field:
        return value.hex
    return value
