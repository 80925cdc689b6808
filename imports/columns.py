"""Finds out what the columns of a sheet are, by their headers; and which of it somebody said before."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Any

from common.text import fold
from imports.days import DMY, MDY, both_ways, day_in, day_of_header, day_under, is_lone_day, month_in
from imports.headers import NUMBERED, Field, plain, recognised


class Kind(StrEnum):
    """What the lines of a sheet are."""

    PEOPLE = "people"
    ATTENDANCE = "attendance"
    HISTORIC = "historic"


PERSON = (
    Field.NAME,
    Field.GIVEN,
    Field.FAMILY,
    Field.FAMILY2,
    Field.CODE,
    Field.EMAIL,
    Field.PHONE,
    Field.SEX,
    Field.TICKED_SEX,
    Field.BIRTH,
    Field.AGE,
    Field.SEX_AGE,
    Field.OF_AGE,
    Field.CONSENT,
    Field.UNDER_AGE,
    Field.COUNTRY,
    Field.INSTITUTION,
    Field.UNIT,
    Field.POSITION,
)
FIELDS: dict[Kind, tuple[Field, ...]] = {
    Kind.PEOPLE: PERSON,
    Kind.ATTENDANCE: (*PERSON, Field.SESSION, Field.MARK, Field.MINUTES, Field.DAY),
    Kind.HISTORIC: (
        *PERSON,
        Field.TITLE,
        Field.DAY,
        Field.FROM,
        Field.TO,
        Field.HOURS,
        Field.SCORE,
        Field.RESULT,
    ),
}
SEX_TITLES = frozenset({"h", "m", "f", "hombre", "mujer", "hombres", "mujeres", "masculino", "femenino"})
# «18-59», «60+», «60 y más», «menos de 18», «0 a 17 años»: group 1 is open upwards, 2 or 3 is where it ends.
BAND = re.compile(
    r"(?:de )?(?:(\d{1,2} ?(?:\+|y mas|o mas))|\d{1,2} ?(?:-|–|a) ?(\d{1,2})|(?:<|menos de|menor de) ?(\d{1,2}))"
    r"(?: anos)?"
)
ADULT = 18
# What programs of online meetings say of how long somebody was there.
OF_A_MEETING = re.compile(r"minut|\bmin\b|reunion|meeting")
PARTS_OF_A_DAY = frozenset({"dia", "mes", "ano"})
# Of these a sheet may have several.
REPEATED = frozenset({Field.SESSION, Field.TICKED_SEX, Field.UNDER_AGE, Field.LEFT_OUT})


@dataclass(frozen=True)
class Column:
    """A column: where it stands (from 0), its letter, its header, and the header that stands above several."""

    index: int
    letter: str
    title: str
    group: str = ""

    @property
    def whole(self) -> str:
        """Return both headers as one text."""
        return f"{self.group} / {self.title}" if self.group and self.title else self.title or self.group

    @cached_property
    def plain_title(self) -> str:
        """Return the header folded and without signs: every line is compared with it."""
        return plain(self.title)

    @cached_property
    def recognised(self) -> Field | None:
        """Return what the header says by its words."""
        return recognised(self.title)


@dataclass(frozen=True)
class SessionColumn:
    """A column of marks: of which day, or of the how-manieth session (from 1); neither where nobody can tell."""

    day: dt.date | None = None
    ordinal: int | None = None


@dataclass(frozen=True)
class ColumnMapping:
    """What each column is: `columns` by letter, `""` for one that is left out; of sessions, which."""

    columns: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, SessionColumn] = field(default_factory=dict)

    def of(self, which: Field) -> str:
        """Return the letter of the column that says this, or nothing."""
        return next((letter for letter, said in self.columns.items() if said == which), "")

    @property
    def only(self) -> str:
        """Return the letter of the one column that says who was there: a mark, or minutes where no mark stands."""
        said = set(self.columns.values())
        return self.of(Field.MARK) or ("" if Field.SESSION in said else self.of(Field.MINUTES))


def fingerprint(columns: Iterable[Column]) -> str:
    """Return a digest of the headers in their order; days differ from sheet to sheet and do not count."""
    said = [
        "*" if day_of_header(column.title) or is_lone_day(column.title) else plain(column.whole)
        for column in columns
    ]
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


def propose(
    columns: Iterable[Column],
    kind: Kind,
    remembered: Mapping[str, str] | None = None,
    above: Sequence[str] = (),
) -> ColumnMapping:
    """Return what each column probably is; `remembered` (header to field) was said by somebody and goes before.

    `above` is what the sheet's name and title say: the month of «18», the day of a sheet of one day.
    """
    found = ColumnMapping()
    taken: set[str] = set()
    columns = list(columns)
    ticked, young = _ticked(columns), _young(columns)
    birth_year = _birth_year(columns) if kind == Kind.PEOPLE else ""
    order = _order(columns)
    for column in columns:
        which = _of_column(column, kind, remembered or {})
        if (
            which == Field.LEFT_OUT
            and column.letter in ticked
            and plain(column.whole) not in (remembered or {})
        ):
            which = Field.TICKED_SEX
        if plain(column.whole) not in (remembered or {}):
            which = _of_neighbours(column, which, young, birth_year)
        if which in taken and which not in REPEATED:
            which = Field.LEFT_OUT
        taken.add(which)
        found.columns[column.letter] = str(which)
        if which == Field.SESSION:
            found.sessions[column.letter] = _session(column, above, order)
    if (day := day_in(above)) and (only := found.only):
        found.sessions[only] = SessionColumn(day=day)
    return _tidied(found)


def _ticked(columns: Sequence[Column]) -> set[str]:
    """Return the letters of «H» and «M» that stand side by side with no «Sexo» above them: a tick says which."""
    pairs = pairwise(column for column in columns)
    found = [pair for pair in pairs if all(plain(one.title) in SEX_TITLES and not one.group for one in pair)]
    return {one.letter for pair in found if plain(pair[0].title) != plain(pair[1].title) for one in pair}


def _of_column(column: Column, kind: Kind, remembered: Mapping[str, str]) -> Field:
    said = remembered.get(plain(column.whole))
    if said is not None and (said == "" or said in FIELDS[kind]):
        return Field(said)
    which = recognised(column.title) or _by_group(column)
    dated = which in {Field.MARK, Field.DAY} and day_of_header(column.whole)
    if kind == Kind.ATTENDANCE and (dated or (which is None and is_lone_day(column.title))):
        which = Field.SESSION
    if kind == Kind.ATTENDANCE and which == Field.HOURS and OF_A_MEETING.search(fold(column.title)):
        return Field.MINUTES
    return which if which in FIELDS[kind] else Field.LEFT_OUT  # type: ignore[return-value]  # None is in no kind


def _by_group(column: Column) -> Field | None:
    """Return what the header above says. Of «Sexo» over «H» and «M» a tick says which."""
    which = recognised(column.group)
    return Field.TICKED_SEX if which == Field.SEX and column.title else which


def _of_neighbours(column: Column, which: Field, young: set[str], birth_year: str) -> Field:
    """Return what a column is beside the others: «0-17» beside «18-59», the year of «Día · Mes · Año»."""
    if column.letter in young:
        return Field.UNDER_AGE
    if birth_year:
        # Of a birthday in three columns the year alone says something.
        return (
            Field.BIRTH
            if column.letter == birth_year
            else Field.LEFT_OUT
            if which == Field.BIRTH or column.plain_title in PARTS_OF_A_DAY
            else which
        )
    return which


def _young(columns: Sequence[Column]) -> set[str]:
    """Return the letters of bands of ages that end below 18, where others stand beside them: a tick says which."""
    bands = {column.letter: found for column in columns if (found := BAND.fullmatch(fold(column.title)))}
    if len(bands) < 2:
        return set()
    children = {letter for letter, found in bands.items() if not found[1] and _oldest(found) < ADULT}
    return children if len(children) < len(bands) else set()


def _oldest(band: re.Match[str]) -> int:
    """Return the highest age of a band that ends: 17 of «0-17» and of «menos de 18»."""
    return int(band[2]) if band[2] else int(band[3]) - 1


def _birth_year(columns: Sequence[Column]) -> str:
    """Return the letter of the year of a birthday that has a column each for day, month and year; else nothing."""
    for three in zip(columns, columns[1:], columns[2:], strict=False):
        if {one.plain_title for one in three} == {"dia", "mes", "ano"}:
            return next(one.letter for one in three if one.plain_title == "ano")
    return ""


def _order(columns: Sequence[Column]) -> str:
    """Return in which order day and month stand in the headers, where one of them can be read one way alone."""
    found = {
        DMY if first else MDY
        for column in columns
        for first, second in [both_ways(column.title)]
        if bool(first) != bool(second)
    }
    return found.pop() if len(found) == 1 else ""


def _session(column: Column, above: Sequence[str], order: str = "") -> SessionColumn:
    """Return the session of a column by what its header says; by its place among others nothing is ever told."""
    day = both_ways(column.title)[1] if order == MDY else None
    day = (
        day
        or day_of_header(column.title)
        or day_under(column.group, column.title)
        or day_of_header(column.group)
    )
    if not day and is_lone_day(column.title):
        day = day_under(month_in([column.group] if column.group else above), column.title)
    numbered = NUMBERED.fullmatch(plain(column.title))
    return SessionColumn(day=day, ordinal=int(numbered[1]) if numbered and not day else None)


def _tidied(found: ColumnMapping) -> ColumnMapping:
    """A lone «nombre» is the whole name where no column has the family names."""
    given, family = found.of(Field.GIVEN), found.of(Field.FAMILY)
    if given and not family and not found.of(Field.NAME):
        found.columns[given] = str(Field.NAME)
    elif found.of(Field.NAME) and given and family:
        found.columns[found.of(Field.NAME)] = ""
    return found


def as_json(mapping: ColumnMapping) -> dict[str, Any]:
    """Return the mapping as a mapping file holds it."""
    sessions = {
        letter: one.day.isoformat() if one.day else one.ordinal
        for letter, one in mapping.sessions.items()
        if one.day or one.ordinal
    }
    return {"columns": dict(mapping.columns), "sessions": sessions}


def from_json(said: Mapping[str, Any], kind: Kind) -> ColumnMapping:
    """Return what a mapping file says of columns. Raises ValueError for a letter, field or day that is none."""
    columns, sessions = said.get("columns", {}), said.get("sessions", {})
    if not isinstance(columns, Mapping) or not isinstance(sessions, Mapping):
        raise ValueError(json.dumps(said)[:100])
    for letter, which in columns.items():
        if not re.fullmatch(r"[A-Z]{1,3}", str(letter)) or (which and which not in FIELDS[kind]):
            raise ValueError(f"{letter}: {which}")
    read = {letter: _session_of(one) for letter, one in sessions.items()}
    return ColumnMapping({letter: str(which or "") for letter, which in columns.items()}, read)


def _session_of(said: object) -> SessionColumn:
    if isinstance(said, int) and not isinstance(said, bool) and said > 0:
        return SessionColumn(ordinal=said)
    return SessionColumn(day=dt.date.fromisoformat(str(said)))
