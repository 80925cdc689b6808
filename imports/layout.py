"""Finds header, people and foot in the rows of a sheet: each row is one of them, or is left out by name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain, islice

from common.text import fold
from imports.columns import Column
from imports.headers import Field, is_known, plain, recognised
from imports.reading import Cell, FileFault, Formula, Row, Sheet, Unreadable, letter
from imports.reading.sheet import Merge

# Letterheads are long: logos, ministry, title, place, period, hours, facilitators.
HEAD_ROWS = 40


class Why(StrEnum):
    """Why a row below the header is no line of a person."""

    EMPTY = "empty"
    TOTAL = "total"
    SIGNATURE = "signature"
    NOTE = "note"
    REPEATED_HEADER = "repeated_header"


FOOT: tuple[tuple[Why, re.Pattern[str]], ...] = (
    (
        Why.TOTAL,
        re.compile(r"(sub|gran )?total(es)?\b|suma\b|promedio\b|average\b"),
    ),
    (Why.TOTAL, re.compile(r"(no\.? de |numero de )?(mujeres|hombres|participantes|asistentes)\b")),
    (
        Why.SIGNATURE,
        re.compile(
            r"_{4,}|firma\b|nombre y firma|responsable\b|facilitador|capacitador|instructor|ponente\b|elabor|revis[oa]"
            r"|autoriz|vo\.? ?bo|visto bueno|sello\b|signature\b|coordinador|testigo|lugar y fecha"
        ),
    ),
    (
        Why.NOTE,
        re.compile(
            r"nota\s*[:.]|notas\s*[:.]|observaci|fuente\s*:|\*|pagina \d|hoja \d|page \d|c\.?c\.?p"
            r"|continua|los datos |aviso de|fin de |ultima linea|(lugar|fecha|hora|horario|sede|tema)\s*:"
        ),
    ),
)
# Groups of columns about somebody beside each person of the list.
SOMEBODY_ELSES = re.compile(
    r"emergencia|contacto|jef[ea]|superior|supervis|responsable|referencia|familiar|tutor|director|coordina|facilita|enlace"
    r"|emergency|contact|manager|urgence"
)
# A line of signatures or notes has little beside it; a person has a row of cells.
FEW_CELLS = 3
# A lone cell of so many words is a sentence.
SENTENCE = 9
# A person's line is known by these; what somebody does («Coordinadora») never makes a foot of it.
NAMES = (Field.NAME, Field.GIVEN, Field.FAMILY, Field.FAMILY2)
# Of these a cell that goes through several lines is a slip of the hand: nobody shares them.
OF_ONE_PERSON = frozenset(
    {
        *NAMES,
        Field.CODE,
        Field.EMAIL,
        Field.PHONE,
        Field.SEX,
        Field.BIRTH,
        Field.SESSION,
        Field.MARK,
        Field.MINUTES,
        Field.SCORE,
        Field.RESULT,
        Field.LEFT_OUT,
    }
)


@dataclass(frozen=True)
class LeftOut:
    """A row that was not taken as a line, and why."""

    row: int
    why: Why


@dataclass
class Layout:
    """Where things stand. `data` is read once; `left_out` is complete when it has been read to its end."""

    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    data: Iterator[Row]
    title_rows: tuple[int, ...] = ()
    # The sheet's name, and what stands above its header.
    above: tuple[str, ...] = ()
    left_out: list[LeftOut] = field(default_factory=list)


def lay_out(sheet: Sheet) -> Layout:
    """Return the layout of a sheet. Raises Unreadable where no row says what the columns are."""
    rows = iter(sheet.rows)
    head = list(islice(rows, HEAD_ROWS))
    at = _header(head)
    if at is None:
        empty = all(row.empty for row in head)
        raise Unreadable(FileFault.EMPTY if empty else FileFault.NO_HEADER, sheet=sheet.name)
    first, last = _span(head, at, sheet.merges)
    header = head[first : last + 1]
    columns = _columns(header, sheet.merges)
    _refuse_doubles(columns, header[-1].number, sheet.name)
    layout = Layout(
        header_rows=tuple(row.number for row in header),
        columns=columns,
        data=iter(()),
        title_rows=tuple(row.number for row in head[:first]),
        above=(sheet.name, *(words for row in head[:first] for _at, words in _said(row))),
    )
    layout.data = _lines(
        chain(head[last + 1 :], rows),
        layout,
        _bands(sheet.merges, len(columns)),
        _Downwards(sheet.merges, columns),
    )
    return layout


def text_of(cell: Cell) -> str:
    """Return a cell as a header says it: days and numbers as text."""
    if isinstance(cell, Formula):
        cell = cell.value
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return " ".join(str(cell).split())


def _known(row: Row) -> int:
    """Return how many cells of a row are headers that everybody uses; a day alone is none."""
    found = [recognised(text_of(cell)) for cell in row.cells]
    return sum(which is not None and which != Field.SESSION for which in found)


def _header(head: list[Row]) -> int | None:
    """Return which row has the most known headers: two at least, or one that says who it is."""
    best, most = None, 0
    for at, row in enumerate(head):
        known = _known(row)
        if known > most and (known > 1 or _says_who(row)):
            best, most = at, known
    return best


def _says_who(row: Row) -> bool:
    names = {Field.NAME, Field.GIVEN, Field.CODE, Field.EMAIL}
    return any(recognised(text_of(cell)) in names for cell in row.cells)


def _span(head: list[Row], at: int, merges: tuple[Merge, ...]) -> tuple[int, int]:
    """Return the first and last row of the header: a row of groups above it, or one of days and details below."""
    row = head[at]
    below = head[at + 1] if at + 1 < len(head) and head[at + 1].number == row.number + 1 else None
    if below and _is_second(row, below, merges):
        return at, at + 1
    above = head[at - 1] if at and head[at - 1].number == row.number - 1 else None
    if above and _is_group(above, row, merges):
        return at - 1, at
    return at, at


def _is_second(row: Row, below: Row, merges: tuple[Merge, ...]) -> bool:
    """Say whether a row goes on with the header: it fills where the header is blank, and is blank below its names."""
    if any(one.first_row == row.number and one.last_row == below.number for one in merges):
        return True
    filled = [at for at, cell in enumerate(below.cells) if text_of(cell)]
    names = [
        at
        for at, cell in enumerate(row.cells)
        if recognised(text_of(cell)) in {Field.NAME, Field.GIVEN, Field.FAMILY, Field.EMAIL, Field.CODE}
    ]
    under_blank = [at for at in filled if not text_of(row.cell(at))]
    # Below «Datos generales» may stand as many known headers as beside it; a line of somebody's has hardly two.
    known = _known(below)
    return bool(under_blank) and not set(filled) & set(names) and (known < _known(row) or known > 1)


def _is_group(above: Row, row: Row, merges: tuple[Merge, ...]) -> bool:
    """Say whether a row above names groups of columns, and is no title of the sheet."""
    filled = [at for at, cell in enumerate(above.cells) if text_of(cell)]
    wide = [one for one in merges if one.first_row == above.number and one.last_column > one.first_column]
    if wide:
        return not any(one.first_column == 1 and one.last_column >= len(row.cells) for one in wide)
    return (
        len(filled) > 1
        and len(filled) < len(row.cells)
        and not any(":" in text_of(above.cell(at)) for at in filled)
    )


def _columns(header: list[Row], merges: tuple[Merge, ...]) -> tuple[Column, ...]:
    width = max(len(row.cells) for row in header)
    if len(header) == 1:
        return tuple(Column(at, letter(at), _last_part(text_of(header[0].cell(at)))) for at in range(width))
    upper, lower = header
    made, group = [], ""
    for at in range(width):
        above, below = text_of(upper.cell(at)), text_of(lower.cell(at))
        reaches = above or (group if below and _under(upper.number, at, merges) else "")
        group = above or group
        title, over = (below, reaches) if below else (reaches if above else "", "")
        made.append(Column(at, letter(at), _last_part(title), over))
    return tuple(made)


def _under(row: int, at: int, merges: tuple[Merge, ...]) -> bool:
    """Say whether a blank cell belongs to the group at its left: by a merge, or, without any in this row, by place."""
    wide = [one for one in merges if one.first_row == row and one.last_column > one.first_column]
    return not wide or any(one.first_column <= at + 1 <= one.last_column for one in wide)


def _last_part(title: str) -> str:
    """Return «nombres» of «grupo_datos/nombres»: KoboToolbox puts groups before the name. A day keeps its strokes."""
    if is_known(title):
        return title
    parts = title.split("/")
    if len(parts) > 1 and recognised(parts[-1]):
        return parts[-1].strip("_ ")
    looks_like_kobo = len(parts) > 1 and " " not in title and not any(part.isdigit() for part in parts)
    return (
        parts[-1].replace("_", " ") if looks_like_kobo and len(parts[-1]) > 1 else title.strip("_ ") or title
    )


def _refuse_doubles(columns: tuple[Column, ...], row: int, sheet: str) -> None:
    """Raise Unreadable for two columns of one header, where the header is one of those that are read."""
    seen: set[str] = set()
    for column in columns:
        words = plain(column.whole)
        if words in seen and column.recognised not in {None, Field.LEFT_OUT}:
            raise Unreadable(
                FileFault.SAME_HEADER, sheet=sheet, row=row, column=column.letter, value=column.whole
            )
        seen.add(words)
    _refuse_two_tables(columns, row, sheet)


def _refuse_two_tables(columns: tuple[Column, ...], row: int, sheet: str) -> None:
    """Raise Unreadable for «Turno A | Turno B», each with its names: of two lists side by side one would be lost.

    Whoever stands beside each person («Contacto de emergencia», «Datos de la jefa») is no second list.
    """
    told = [column for column in columns if column.group and column.recognised in OF_ONE_PERSON - {None}]
    by_group: dict[str, list[str]] = {}
    for column in told:
        by_group.setdefault(plain(column.group), []).append(column.plain_title)
    for at, column in enumerate(told):
        if column.recognised not in NAMES or SOMEBODY_ELSES.search(fold(column.group)):
            continue
        same = next((one for one in told[:at] if one.plain_title == column.plain_title), None)
        beside = by_group[plain(column.group)]
        if same and (beside == by_group[plain(same.group)] or len(beside) > 1):
            raise Unreadable(
                FileFault.TWO_TABLES, sheet=sheet, row=row, column=column.letter, value=column.whole
            )


def _bands(merges: tuple[Merge, ...], width: int) -> frozenset[int]:
    """Return the rows that one cell goes through for the most part: «Grupo 2: Hospital Regional»."""
    wide = max(2, width // 2 + 1)
    return frozenset(one.first_row for one in merges if one.last_column - one.first_column + 1 >= wide)


class _Downwards:
    """What one cell says for several lines below each other: the hospital of three people, and never a name."""

    def __init__(self, merges: tuple[Merge, ...], columns: tuple[Column, ...]) -> None:
        shared = {column.index for column in columns if column.recognised not in OF_ONE_PERSON}
        self._first: dict[int, list[Merge]] = {}
        for one in merges:
            if one.last_row > one.first_row and one.first_column - 1 in shared:
                self._first.setdefault(one.first_row, []).append(one)
        self._now: dict[int, tuple[int, Cell]] = {}

    def pass_over(self, row: Row) -> None:
        """Keep what begins in this row."""
        for one in self._first.get(row.number, ()):
            self._now[one.first_column - 1] = one.last_row, row.cell(one.first_column - 1)

    def filled(self, row: Row) -> Row:
        """Return the row with what cells above say for it too."""
        due = {at: cell for at, (last, cell) in self._now.items() if row.number <= last and cell is not None}
        if not due or all(row.cell(at) == cell for at, cell in due.items()):
            return row
        width = max(len(row.cells), max(due) + 1)
        cells = tuple(due.get(at) if row.cell(at) in (None, "") else row.cell(at) for at in range(width))
        return replace(row, cells=cells)


def _lines(
    rows: Iterable[Row], layout: Layout, bands: frozenset[int], downwards: _Downwards
) -> Iterator[Row]:
    before: Why | None = None
    for row in rows:
        downwards.pass_over(row)
        why = why_left_out(row, layout.columns)
        if not why and before == Why.SIGNATURE and _is_below_signature(row, layout.columns):
            why = Why.SIGNATURE
        if not why and row.number in bands and len(_said(row)) == 1:
            why = Why.NOTE
        # Blank rows stand between the lines of signatures.
        before = before if why == Why.EMPTY else why
        if why:
            layout.left_out.append(LeftOut(row.number, why))
        else:
            yield downwards.filled(row)


def _is_below_signature(row: Row, columns: tuple[Column, ...]) -> bool:
    """Say whether these are the names of those who signed: few cells, in a sheet of many columns."""
    return len(_said(row)) <= FEW_CELLS < len(columns) and not _is_numbered(row, columns)


def _is_numbered(row: Row, columns: tuple[Column, ...]) -> bool:
    first = columns[0]
    return first.recognised == Field.LEFT_OUT and text_of(row.cell(first.index)).isdigit()


def _said(row: Row) -> list[tuple[int, str]]:
    return [(at, text_of(cell)) for at, cell in enumerate(row.cells) if text_of(cell)]


def why_left_out(row: Row, columns: tuple[Column, ...]) -> Why | None:
    """Return why a row is no line; None for one that has to be read."""
    said = _said(row)
    if not said or _only_numbered(said, columns):
        return Why.EMPTY
    if _repeats(said, columns):
        return Why.REPEATED_HEADER
    words = [(at, fold(text)) for at, text in said if not text.replace(".", "").isdigit()]
    if not words or _is_of_a_name(words, columns):
        return None
    if len(said) == 1 and len(words[0][1].split()) >= SENTENCE:
        return Why.NOTE
    return _foot(words[0][1], len(said))


def _foot(words: str, cells: int) -> Why | None:
    for why, pattern in FOOT:
        if (why == Why.TOTAL or cells <= FEW_CELLS) and pattern.match(words):
            return why
    return None


def _is_of_a_name(words: list[tuple[int, str]], columns: tuple[Column, ...]) -> bool:
    """Say whether words stand before a name, in a sheet that begins with what people do."""
    named = [at for at, _text in words if at < len(columns) and columns[at].recognised in NAMES]
    first = words[0][0]
    before = columns[first].recognised if first < len(columns) else None
    return bool(named) and first not in named and before == Field.POSITION


def _only_numbered(said: list[tuple[int, str]], columns: tuple[Column, ...]) -> bool:
    """Say whether nothing but the number of the line stands there, as in forms that were printed for thirty."""
    if len(said) > 1 or not said[0][1].replace(".", "").isdigit():
        return False
    at = said[0][0]
    return at < len(columns) and columns[at].recognised in {None, Field.LEFT_OUT}


def _repeats(said: list[tuple[int, str]], columns: tuple[Column, ...]) -> bool:
    same = [
        at
        for at, text in said
        if at < len(columns) and columns[at].plain_title and plain(text) == columns[at].plain_title
    ]
    return len(same) > 1 and len(same) * 2 > len(said)
