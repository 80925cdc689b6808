"""Turns the cells of a row into a line: what each column says, and what its cells ask or refuse, at their place."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from common.text import fold
from imports import columns as naming
from imports.columns import Column, ColumnMapping, Kind, SessionColumn
from imports.days import Span
from imports.headers import Field
from imports.line_cells import CellTrouble, LineCells, read_line
from imports.lines import Line
from imports.marks import SheetMark
from imports.matching import code_of, phone_of
from imports.value_words import CHOICES
from imports.value_words import REASONS as OF_CELLS
from imports.value_words import REMEDIES as OF_CELLS_REMEDIES
from imports.values import Asked, Custom
from imports.words import REASONS, REMEDIES, SKIP, TAKE, Why, choice

if TYPE_CHECKING:
    from imports.reading import Row

HIDDEN, STRUCK = "hidden", "struck"
# Marks of which nothing says when: those of a column among several, and those of the only column of marks.
WHICH, ONLY = "?", "*"
PARTIAL = "partial"
PAST = {
    Field.TITLE: "title",
    Field.DAY: "on",
    Field.FROM: "from",
    Field.TO: "to",
    Field.HOURS: "hours",
    Field.SCORE: "mark",
}
# Questions of which each word of a column has its own answer; the others are answered once for the sheet.
OF_A_WORD = ("sex", "position", "age", "of_age", "consent", "mark")
OF_THE_SHEET = ("days", "score", "scale", "cross", "a")
COLUMN_OF = {
    Field.NAME: "name",
    Field.GIVEN: "name",
    Field.CODE: "code",
    Field.EMAIL: "email",
    Field.PHONE: "phone",
    Field.SEX: "sex",
    Field.BIRTH: "birth_year",
    Field.AGE: "age",
    Field.SEX_AGE: "age",
    Field.COUNTRY: "country",
    Field.INSTITUTION: "institution",
    Field.POSITION: "position",
    Field.TITLE: "title",
    Field.DAY: "on",
    Field.FROM: "on",
    Field.SCORE: "mark",
}


def mapping_of(batch_mapping: Mapping[str, Any], proposed: ColumnMapping, kind: str) -> ColumnMapping:
    """Return what the columns of a sheet are: as somebody said, and where nobody did, as was proposed.

    Raises ValueError where a mapping file names a column, field or day that is none.
    """
    said = naming.from_json(batch_mapping, Kind(kind))
    columns = {**proposed.columns, **said.columns}
    if said.columns:
        columns = {letter: which for letter, which in columns.items() if letter in proposed.columns}
    sessions = {**proposed.sessions, **said.sessions}
    only = ColumnMapping(columns).only
    wanted = [letter for letter, which in columns.items() if which == Field.SESSION or letter == only]
    given = Counter(sessions[letter] for letter in wanted if letter in sessions)
    # Morning and afternoon of one day are two sessions: which is which is asked.
    alone = {letter: one for letter, one in sessions.items() if given[one] == 1}
    return ColumnMapping(columns, {letter: alone.get(letter) or SessionColumn() for letter in wanted})


def answers_of(batch_mapping: Mapping[str, Any]) -> dict[str, Any]:
    """Return the meanings that were answered: `values` of a mapping file, and answers given on the page."""
    found: dict[str, Any] = {key: {} for key in OF_A_WORD} | dict.fromkeys(OF_THE_SHEET, "")
    given = batch_mapping.get("values", {})
    for key, empty in found.items():
        if given.get(key):
            found[key] = dict(given[key]) if isinstance(empty, dict) else str(given[key])
    for question, answer in batch_mapping.get("answers", {}).items():
        part, key, value = [*question.split(":", 2), "", ""][:3]
        if part == "values" and isinstance(found.get(key), dict):
            found[key][value] = answer
        elif part == "values" and key in found:
            found[key] = answer
    for key in OF_A_WORD:
        found[key] = {fold(word).strip(". "): which for word, which in found[key].items()}
    return found


def line_of(
    row: Row,
    sheet: str,
    mapping: ColumnMapping,
    custom: Custom,
    columns: tuple[Column, ...],
    given: Mapping[str, Any],
) -> Line:
    """Return what a row says. `given` is the mapping of the import: defaults and answers."""
    cells = read_line(row, mapping, custom, columns)
    line = Line(f"{sheet}:{row.number}", name=cells.name, alone=cells.alone)
    line.marked_columns = bool(mapping.sessions)
    line.says_more, line.one_word = cells.says_more, cells.one_word
    for letter, which in mapping.columns.items():
        if which:
            line.columns.setdefault(COLUMN_OF.get(Field(which), which), letter)
    _identify(line, cells)
    _describe(line, cells, given)
    _mark(line, sheet, cells, mapping)
    line.headers = columns
    for trouble in cells.troubles:
        _note(line, trouble)
    if row.hidden:
        # A filter may have hidden a line that nobody wanted to bring, or one that everybody forgot.
        _ask_of_all(line, HIDDEN, Why.HIDDEN, given.get("answers", {}))
    if row.struck:
        _ask_of_all(line, STRUCK, Why.STRUCK, given.get("answers", {}))
    return line


def _identify(line: Line, cells: LineCells) -> None:
    said = cells.said
    line.email = said.get(Field.EMAIL) or ""
    line.code = code_of(said[Field.CODE]) if said.get(Field.CODE) else ""
    line.place = said.get(Field.INSTITUTION) or ""
    line.unit = said.get(Field.UNIT) or ""
    line.written_country = said.get(Field.COUNTRY) or ""
    line.written_phone = said.get(Field.PHONE) or ""


def _describe(line: Line, cells: LineCells, given: Mapping[str, Any]) -> None:
    said = cells.said
    known = {
        "sex": said.get(Field.SEX),
        "birth_year": said.get(Field.BIRTH),
        "position": said.get(Field.POSITION),
    }
    line.known = {name: value for name, value in known.items() if value}
    line.age = said.get(Field.AGE)
    line.past = {name: said[which] for which, name in PAST.items() if said.get(which) is not None}
    if isinstance(span := line.past.get("on"), Span):
        line.past |= {
            "on": span.first,
            "from": line.past.get("from", span.first),
            "to": line.past.get("to", span.last),
        }
    passed = said.get(Field.RESULT)
    if passed is not None:
        line.past["result"] = "passed" if passed else "not_passed"


def _mark(line: Line, sheet: str, cells: LineCells, mapping: ColumnMapping) -> None:
    for letter, mark in cells.marks.items():
        _note_mark(line, _session_name(mapping.sessions[letter], f"{WHICH}{sheet}!{letter}"), letter, mark)
    only, minutes = cells.said.get(Field.MARK), cells.said.get(Field.MINUTES)
    letter = mapping.only
    if only is None and minutes and letter == mapping.of(Field.MINUTES):
        # The list of an online meeting: who was in it, and how long.
        only, line.measured = SheetMark(PARTIAL), True
    if only is not None and letter:
        of = _session_name(mapping.sessions[letter], f"{ONLY}{sheet}!{letter}")
        day = cells.said.get(Field.DAY)
        if isinstance(day, dt.date) and not mapping.sessions[letter].day:
            # A line for each person and day: its own date says of which session the mark is.
            of = day.isoformat()
        _note_mark(line, of, letter, only if minutes is None else SheetMark(only.mark, minutes))


def _note_mark(line: Line, of: str, letter: str, mark: SheetMark) -> None:
    line.columns[of] = letter
    line.marks[of] = (mark.mark, mark.minutes)


def _session_name(session: SessionColumn, unsaid: str) -> str:
    if session.day:
        return session.day.isoformat()
    return f"#{session.ordinal}" if session.ordinal else unsaid


def _note(line: Line, trouble: CellTrouble) -> None:
    found = trouble.found
    reason, remedy = OF_CELLS[found.trouble], OF_CELLS_REMEDIES[found.trouble]
    line.columns[trouble.letter] = trouble.letter
    if not isinstance(found, Asked):
        line.refuse(reason, remedy, trouble.letter, trouble.value)
        return
    words = CHOICES[found.key]
    choices = [(each, str(words[each])) for each in found.choices]
    question = f"values:{found.key}"
    if found.key in OF_A_WORD:
        question = f"{question}:{trouble.value}"
    line.ask(question, reason, remedy, choices, of=trouble.letter, value=trouble.value)


def _ask_of_all(line: Line, question: str, why: Why, answers: Mapping[str, str]) -> None:
    """Ask once for all such lines of the file whether they are taken or left out."""
    answer = answers.get(question, "")
    if answer == SKIP:
        line.skipped = True
    elif answer != TAKE:
        line.ask(
            question, REASONS[why], REMEDIES[why], [choice(TAKE), choice(SKIP)], of="name", value=line.name
        )


def settle_phone(line: Line) -> None:
    """Write the telephone as it is kept, once the country is known."""
    if not line.written_phone:
        return
    line.phone = phone_of(line.written_phone, line.country)
    if not line.phone:
        line.refuse(REASONS[Why.BAD_PHONE], REMEDIES[Why.BAD_PHONE], "phone", line.written_phone)
