"""Reads the cells of a line by what their columns are: values, marks, and what is unclear or refused, and where."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from imports import ages, marks, names, nobody, values
from imports.columns import Column, ColumnMapping
from imports.headers import Field, scale_of
from imports.headers import plain as plain_title
from imports.layout import text_of
from imports.reading import Row
from imports.value_words import Trouble
from imports.values import Asked, Custom, Read, Refused

READERS: dict[Field, values.Reader] = {
    Field.NAME: names.read_name,
    Field.GIVEN: names.read_given,
    Field.FAMILY: names.read_family,
    Field.FAMILY2: names.read_family,
    Field.CODE: values.read_words,
    Field.EMAIL: values.read_email,
    Field.PHONE: values.read_phone,
    Field.SEX: values.read_sex,
    Field.TICKED_SEX: values.read_tick,
    Field.BIRTH: ages.read_birth_year,
    Field.AGE: ages.read_age,
    Field.OF_AGE: ages.read_of_age,
    Field.CONSENT: ages.read_consent,
    Field.UNDER_AGE: ages.read_child,
    Field.COUNTRY: values.read_words,
    Field.INSTITUTION: values.read_words,
    Field.UNIT: values.read_words,
    Field.POSITION: values.read_position,
    Field.SESSION: marks.read_mark,
    Field.MARK: marks.read_mark,
    Field.MINUTES: values.read_minutes,
    Field.TITLE: values.read_words,
    Field.DAY: values.read_days,
    Field.FROM: values.read_day,
    Field.TO: values.read_day,
    Field.HOURS: values.read_hours,
    Field.SCORE: values.read_score,
    Field.RESULT: values.read_result,
}
DAYS = (Field.DAY, Field.FROM, Field.TO)
# A line that says a third of what others say, or less, may be a heading among them.
MUCH = 3
# Marks of a school go up to 10.
TENS = 10
AGREED = (Field.OF_AGE, Field.CONSENT)
NAMES = (Field.GIVEN, Field.FAMILY, Field.FAMILY2)


@dataclass(frozen=True)
class CellTrouble:
    """A cell that is refused, or asks something; `letter` is its column, `""` the line as a whole."""

    letter: str
    value: str
    found: Asked | Refused


@dataclass(frozen=True)
class Settled:
    """What a sheet settles by itself, which signs of attendance stand in it, and how many things a line of it says."""

    custom: Custom
    signs: frozenset[str] = frozenset()


@dataclass
class LineCells:
    """What a line says. `name` is whole; `marks` are by the letter of their column."""

    name: str = ""
    said: dict[Field, Any] = field(default_factory=dict)
    marks: dict[str, marks.SheetMark] = field(default_factory=dict)
    ticked: list[str] = field(default_factory=list)
    troubles: list[CellTrouble] = field(default_factory=list)
    alone: bool = False
    says_more: bool = False
    one_word: bool = False


def read_line(row: Row, mapping: ColumnMapping, custom: Custom, columns: tuple[Column, ...]) -> LineCells:
    """Return what a line says, by the columns of the sheet."""
    line = LineCells()
    for column in columns:
        which = mapping.columns.get(column.letter, "")
        if which:
            _read(line, Field(which), column.letter, row.cell(column.index), custom)
    _settle_ticks(line, custom, {column.letter: column.title for column in columns})
    if len(row.cells) > len(columns):
        line.troubles.append(CellTrouble("", text_of(row.cells[-1]), Refused(Trouble.TOO_MANY_CELLS)))
    line.name = line.said.pop(Field.NAME, "") or _joined(line)
    _look_at_name(line, row, mapping, custom)
    line.alone = bool(line.name) and custom.usual >= MUCH and things_of(row, mapping) * MUCH <= custom.usual
    return line


def _read(line: LineCells, which: Field, letter: str, cell: Any, custom: Custom) -> None:
    if which == Field.SEX_AGE:
        for part, said in zip((Field.SEX, Field.AGE), values.sex_and_age(cell), strict=True):
            _read(line, part, letter, said, custom)
        return
    found = READERS[which](cell, custom)
    if not isinstance(found, Read):
        line.troubles.append(CellTrouble(letter, text_of(cell)[:200], found))
    elif found.value is not None and which == Field.SESSION:
        line.marks[letter] = found.value
    elif found.value is not None and which == Field.TICKED_SEX:
        line.ticked.append(letter)
    elif found.value is not None:
        line.said[which] = found.value


def _look_at_name(line: LineCells, row: Row, mapping: ColumnMapping, custom: Custom) -> None:
    """Look at the whole name, as it was written too: «Por | Confirmar», «Baja | Rivera | Sara», «Rivera (faltó)»."""
    letters = [letter for which in (Field.NAME, *NAMES) if (letter := mapping.of(which))]
    written = _written(row, letters)
    if line.name and (nobody.is_nobody(line.name) or len(line.name.replace(" ", "").replace(".", "")) < 2):
        line.troubles.append(CellTrouble(letters[0], written[:200], Refused(Trouble.NO_NAME)))
    # One word among whole names may be a body, a trade or a meal: «UNICEF», «Chofer», «Receso».
    line.one_word = custom.usual_words > 1 and len(line.name.split()) == 1
    # Where no other line turns its name, «Ana López, Luis Díaz» may be two people.
    listed = not custom.commas and nobody.are_listed(written)
    line.says_more = bool(line.name) and (listed or nobody.says_more(written))


def _written(row: Row, letters: Iterable[str]) -> str:
    return " ".join(str(cell) for letter in letters if (cell := row.cell(_index(letter))) not in (None, ""))


def _settle_ticks(line: LineCells, custom: Custom, titles: Mapping[str, str]) -> None:
    """Read the header of the column that is ticked as if it stood in the cell: «H» is asked about there too."""
    if len(line.ticked) > 1:
        line.troubles.append(CellTrouble(line.ticked[-1], "", Refused(Trouble.TICKS)))
    elif line.ticked and Field.SEX not in line.said:
        (letter,) = line.ticked
        # «Mujeres (18+)»: what stands in brackets is an explanation.
        found = values.read_sex(plain_title(titles[letter]), custom)
        if isinstance(found, Read):
            line.said[Field.SEX] = found.value
        else:
            line.troubles.append(CellTrouble(letter, titles[letter], found))


def _joined(line: LineCells) -> str:
    return " ".join(part for part in (line.said.pop(which, "") for which in NAMES) if part)


def settle(
    rows: Iterable[Row],
    mapping: ColumnMapping,
    answers: Mapping[str, Any],
    today: dt.date | None = None,
    titles: Mapping[str, str] | None = None,
) -> Settled:
    """Return what the whole sheet settles, and the answers (`values` of a mapping file) where it does not.

    `titles` are the headers by letter: those of ticked columns are values of the sheet, too.
    """
    ticked = [letter for letter, which in mapping.columns.items() if which == Field.TICKED_SEX]
    at = {letter: _index(letter) for letter in mapping.columns}
    sex = mapping.of(Field.SEX) or mapping.of(Field.SEX_AGE)
    days = [letter for which in DAYS if (letter := mapping.of(which))]
    marked = [letter for letter, which in mapping.columns.items() if which in {Field.SESSION, Field.MARK}]
    score = mapping.of(Field.SCORE)
    wanted = (*days, *([sex] if sex else []), *marked, *([score] if score else []))
    named = [letter for which in (Field.NAME, *NAMES) if (letter := mapping.of(which))]
    kept, counted, words, commas = [], Counter[int](), Counter[int](), 0
    for row in rows:
        kept.append([row.cell(at[letter]) for letter in wanted])
        counted[things_of(row, mapping)] += 1
        written = _written(row, named)
        words[len(written.split())] += 1
        commas += "," in written
    signs = marks.words_of(
        cell for cells in kept for cell in cells[len(days) + bool(sex) : len(days) + bool(sex) + len(marked)]
    )
    top = values.highest(cells[-1] for cells in kept) if score else None
    said_days = answers.get("days") or ""
    custom = Custom(
        sex=values.sexes_of(
            [
                *(values.sex_and_age(cells[len(days)])[0] for cells in kept if sex),
                *((titles or {}).get(letter, "") for letter in ticked),
            ],
            answers.get("sex") or {},
        ),
        positions=dict(answers.get("position") or {}),
        ages=dict(answers.get("age") or {}),
        agreed={f"{key}:{word}": said for key in AGREED for word, said in (answers.get(key) or {}).items()},
        order=said_days or values.order_of(cell for cells in kept for cell in cells[: len(days)]),
        score=answers.get("score") or "",
        out_of=scale_of((titles or {}).get(score, "")),
        tens=top is not None and 1 < top <= TENS,
        scale=answers.get("scale") or "",
        cross=answers.get("cross") or "",
        a=answers.get("a") or "",
        marks=dict(answers.get("mark") or {}),
        usual=_middle(counted),
        usual_words=_middle(words),
        commas=commas * 2 > words.total(),
        today=today,
    )
    return Settled(custom, signs)


def together(settled: Sequence[Settled]) -> list[Custom]:
    """Return what each sheet of a file settles, its signs of attendance read with those of the others."""
    signs = marks.settled_by(frozenset().union(*(one.signs for one in settled)))
    return [replace(one.custom, signs=signs) for one in settled]


def things_of(row: Row, mapping: ColumnMapping) -> int:
    """Return how many things a line says: its name is one, and a number of the line is none."""
    filled = [at for at, cell in enumerate(row.cells) if cell not in (None, "") and text_of(cell)]
    named = {
        at for letter, which in mapping.columns.items() if which in NAMES and (at := _index(letter)) in filled
    }
    numbers = (
        {at for at in filled if text_of(row.cells[at]).replace(".", "").isdigit()}
        if len(filled) > 1
        else set()
    )
    return len(filled) - max(0, len(named) - 1) - len(numbers - named)


def _middle(counted: Counter[int]) -> int:
    """Return how many things the line in the middle says."""
    left = counted.total() // 2
    for things, lines in sorted(counted.items()):
        left -= lines
        if left < 0:
            return things
    return 0


def _index(letter: str) -> int:
    at = 0
    for sign in letter:
        at = at * 26 + ord(sign) - 64
    return at - 1
