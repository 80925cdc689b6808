"""Reads one cell as what its column says. A reader returns what stands there, a question, or why it is refused."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.timezone import localdate

from common.text import fold
from imports import days
from imports.meanings import FAILED as NOT_PASSED
from imports.meanings import (
    MAN,
    MARK,
    MISSING,
    NONE_GIVEN,
    OTHER,
    PASSED,
    POSITIONS,
    SEX,
    SEXES,
    UNSAID,
    WOMAN,
)
from imports.reading import Cell, Formula
from imports.value_words import CHOICES, Trouble

NAME_CHARACTERS = 150
WORDS_CHARACTERS = 200
MINUTES_A_DAY = 24 * 60
HOURS_AT_MOST = 2_000
AN_EMAIL = re.compile(r"[^\s@;,/]+@[^\s@;,/]+")
SEX_THEN_AGE = re.compile(r"(?P<sex>[^\W\d_][^\d/,;|–-]*?)\.?[ /,;|–-]*(?P<age>\d.*)")
AGE_THEN_SEX = re.compile(r"(?P<age>\d+(?: ?[-–a] ?\d+)?(?: ?años)?)[ /,;|–-]*(?P<sex>[^\W\d_].*)")
OUT_OF = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?) ?(?:/|de|of|sur) ?(\d{1,3})")
HOURS = re.compile(r"(\d+(?:[.,]\d+)?) ?(?:h|hs|hrs?|horas?|hours?)\.?")
LASTED = re.compile(r"(?:(\d{1,2}) ?h[a-z]*\.? ?)?(?:(\d{1,4}) ?m[a-z]*\.? ?)?(?:(\d{1,2}) ?s[a-z]*\.?)?")
# What Excel shows where a calculation failed, in English and in Spanish.
FAILED = re.compile(
    r"#(?:REF!|N/A|N/D|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|¡.*|¿.*|NOMBRE\?|NULO!|SPILL!|CALC!)?$"
)
NO_LETTERS = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
CALCULATES = re.compile(r"[=@]|[+\-](?=\S*\()")


@dataclass(frozen=True)
class Read:
    """What stands there; None where nothing does."""

    value: Any = None


@dataclass(frozen=True)
class Asked:
    """A question that only a person answers. `key` names it in the mapping file: `values.<key>.<value>`."""

    key: str
    trouble: Trouble
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Refused:
    """Why the cell is not taken."""

    trouble: Trouble


Result = Read | Asked | Refused
Reader = Callable[[Cell, "Custom"], Result]
NOTHING = Read()


@dataclass(frozen=True)
class Signs:
    """What the signs of a file settle together, or leave open.

    `crossed`: marks who was there with a sign of its own and with an X besides. `a_open`: an «A» beside «F», or where
    nothing else says who was there, may be «asistió». `f_absent`: beside «P» an «F» is «falta».
    """

    crossed: bool = False
    a_open: bool = False
    f_absent: bool = False


@dataclass(frozen=True)
class Custom:
    """What the whole sheet, or somebody who was asked, settled: the meaning of a letter, the order of days."""

    sex: dict[str, str] = field(default_factory=dict)
    positions: dict[str, str] = field(default_factory=dict)
    # Bands of ages that reach below 18; and answers that are neither yes nor no, by `consent:<answer>`.
    ages: dict[str, str] = field(default_factory=dict)
    agreed: dict[str, str] = field(default_factory=dict)
    order: str = ""
    score: str = ""
    # What the highest mark of the sheet could be, by its header («sobre 10»); and what was answered of marks up to 10.
    out_of: int = 0
    tens: bool = False
    scale: str = ""
    # What the signs of attendance settle, and what somebody answered of an X and of an A.
    signs: Signs = field(default_factory=Signs)
    cross: str = ""
    a: str = ""
    # What was answered of signs that nobody knows, by the sign.
    marks: dict[str, str] = field(default_factory=dict)
    # How many things the line in the middle of the sheet says.
    usual: int = 0
    # Whether names are written «APELLIDOS, NOMBRES» in it.
    commas: bool = False
    # How many words the name in the middle of the sheet has.
    usual_words: int = 0
    today: dt.date | None = None

    @property
    def now(self) -> dt.date:
        """Return the day by which ages are judged."""
        return self.today or localdate()


def plain(cell: Cell) -> Cell | Refused:
    """Return what a spreadsheet shows in a cell, without what is not seen. Raises nothing: a failure is refused."""
    if isinstance(cell, Formula):
        if cell.value is None:
            return Refused(Trouble.FORMULA)
        cell = cell.value
    if isinstance(cell, str):
        text = unicodedata.normalize("NFC", NO_LETTERS.sub("", cell).replace("\xa0", " ")).strip()
        if FAILED.match(text) and text.startswith("#"):
            return Refused(Trouble.FAILED)
        return Refused(Trouble.DIRECTION) if "\u202e" in cell else text
    return cell


def text(cell: Cell) -> str | Refused:
    """Return a cell as words on one line; a whole number without its «.0»."""
    said = plain(cell)
    if isinstance(said, Refused):
        return said
    if isinstance(said, float) and said.is_integer():
        said = int(said)
    words = "" if said is None else " ".join(str(said).split())
    return "" if fold(words) in MISSING else words


def read_words(cell: Cell, custom: Custom) -> Result:
    """Read an institution, a position, a title: words on one line."""
    said = text(cell)
    if isinstance(said, Refused):
        return said
    if CALCULATES.match(said):
        return Refused(Trouble.FORMULA)
    return Refused(Trouble.TOO_LONG) if len(said) > WORDS_CHARACTERS else Read(said or None)


def read_email(cell: Cell, custom: Custom) -> Result:
    """Read one e-mail address."""
    said = text(cell)
    if isinstance(said, Refused) or not said:
        return said if isinstance(said, Refused) else NOTHING
    # Blanks about the @ and signs at the end are slips of the hand; a blank elsewhere may be a letter that is missing.
    if fold(said).strip(". ") in NONE_GIVEN:
        return NOTHING
    said = re.sub(r" ?@ ?", "@", said.removeprefix("mailto:")).rstrip(";,. ")
    try:
        if isinstance(cell, str) and "\n" in cell.strip():
            raise ValidationError("")
        validate_email(said)
    except ValidationError:
        return Refused(Trouble.SEVERAL_EMAILS if len(AN_EMAIL.findall(said)) > 1 else Trouble.EMAIL)
    return Read(said.lower())


def read_phone(cell: Cell, custom: Custom) -> Result:
    """Read the signs of a telephone number; whether a country has such numbers is asked where the country is known."""
    said = text(cell)
    if isinstance(said, Refused) or not said:
        return said if isinstance(said, Refused) else NOTHING
    if fold(said).strip(". ") in NONE_GIVEN:
        return NOTHING
    digits = re.sub(r"[\s().\-]", "", said)
    return Read(digits) if re.fullmatch(r"\+?\d{7,15}", digits) else Refused(Trouble.PHONE)


def sexes_of(column: Iterable[Cell], answers: dict[str, str] | None = None) -> dict[str, str]:
    """Return what «H» and «M» mean in a column, as far as its other values settle it or somebody answered.

    Beside F, M is a man. Beside H, M may be «mujer» or «masculino» and H «hombre» or «hembra»: that is asked. Beside
    words («Hombre», «Mujer») a letter stays unclear.
    """
    found = {fold(str(said)) for cell in column if isinstance(said := text(cell), str)}
    settled = {"m": MAN} if "f" in found and "h" not in found else {}
    for value, answer in (answers or {}).items():
        meant = answer if answer in SEXES else SEX.get(fold(answer))
        if meant:
            settled[fold(value)] = meant
    return settled


def read_sex(cell: Cell, custom: Custom) -> Result:
    """Read what a person answered. What may mean two things is asked, never guessed."""
    said = text(cell)
    if isinstance(said, Refused) or not said:
        return said if isinstance(said, Refused) else NOTHING
    word = fold(said).strip(". ")
    if meant := custom.sex.get(word) or SEX.get(word):
        return Read(meant)
    return Asked("sex", Trouble.SEX, (WOMAN, MAN, OTHER, UNSAID))


def sex_and_age(cell: Cell) -> tuple[Cell, Cell]:
    """Return the two things that «F/34», «34 M» or «Mujer, 34 años» says; a cell that says one of them says that one.

    >>> sex_and_age("34 años / F")
    ('F', '34 años')
    """
    said = text(cell)
    if isinstance(said, Refused):
        return None, cell
    found = SEX_THEN_AGE.fullmatch(said) or AGE_THEN_SEX.fullmatch(said)
    if found:
        return found["sex"], found["age"]
    return (said, None) if not any(sign.isdigit() for sign in said) else (None, said)


def read_tick(cell: Cell, custom: Custom) -> Result:
    """Read whether a cell is ticked; whatever says no, or says nothing, is no tick."""
    said = text(cell)
    if isinstance(said, Refused):
        return said
    word = fold(said).strip(". ")
    if MARK.get(word) == "present" or word in SEX or word in {"h", "m"}:
        return Read(value=True)
    return NOTHING if not word or MARK.get(word) == "absent" else Refused(Trouble.TICK)


def order_of(column: Iterable[Cell]) -> str:
    """Return in which order the numbers of days stand in a column, where one of them can be read one way alone."""
    for cell in column:
        first, second = days.both_ways(said) if isinstance(said := text(cell), str) else (None, None)
        if bool(first) != bool(second):
            return days.DMY if first else days.MDY
    return ""


def read_day(cell: Cell, custom: Custom) -> Result:
    """Read a day. Where 03/04/26 may be two days, it is asked which comes first."""
    said = plain(cell)
    if isinstance(said, Refused):
        return said
    if isinstance(said, dt.datetime):
        return Read(said.date())
    if isinstance(said, dt.date):
        return Read(said)
    words = text(said)
    if isinstance(words, Refused) or not words:
        return words if isinstance(words, Refused) else NOTHING
    if words.isdigit() and int(words) in days.SERIALS:
        return Read(days.EPOCH + dt.timedelta(days=int(words)))
    if found := days.by_iso(words) or days.by_words(words):
        return Read(found)
    return _by_order(*days.both_ways(words), custom.order)


def read_days(cell: Cell, custom: Custom) -> Result:
    """Read the day of a training, or its days: «12 al 14 de marzo de 2024»."""
    said = text(cell)
    span = days.span_of(said) if isinstance(said, str) else None
    return Read(span) if span else read_day(cell, custom)


def _by_order(first: dt.date | None, second: dt.date | None, order: str) -> Result:
    if first and second and first != second and not order:
        return Asked("days", Trouble.WHICH_DAY, (days.DMY, days.MDY))
    found = second if order == days.MDY else first
    return Read(found) if found else Refused(Trouble.DAY)


def _number(cell: Cell) -> Decimal | Refused | None:
    said = plain(cell)
    if isinstance(said, bool):
        return Refused(Trouble.NUMBER)
    if isinstance(said, int | float):
        return Decimal(str(said))
    words = text(said) if not isinstance(said, Refused) else said
    if isinstance(words, Refused) or not words:
        return words or None
    try:
        number = Decimal(words.replace("%", "").replace(",", ".").strip())
    except InvalidOperation:
        return Refused(Trouble.NUMBER)
    return number if number.is_finite() else Refused(Trouble.NUMBER)


def _between(cell: Cell, low: int, high: int, trouble: Trouble) -> Result:
    number = _number(cell)
    if isinstance(number, Refused) or number is None:
        return number or NOTHING
    return Read(number) if low <= number <= high else Refused(trouble)


def read_score(cell: Cell, custom: Custom) -> Result:
    """Read a mark in per cent, 0 to 100. Excel keeps 85 % as 0.85: a share of 1 is asked about, once a sheet.

    «9.5/10» and a header «(sobre 10)» say of how many; where all marks of the sheet are up to 10, it is asked.
    """
    said = text(cell)
    if isinstance(said, str) and (parts := OUT_OF.fullmatch(said)):
        return _scaled(parts[1], int(parts[2]))
    if custom.out_of or (custom.tens and custom.scale == "ten"):
        return _scaled(cell, custom.out_of or 10)
    found = _between(cell, 0, 100, Trouble.SCORE)
    if custom.tens and isinstance(found, Read) and found.value and "%" not in str(cell):
        return found if custom.scale == "hundred" else Asked("scale", Trouble.TEN, ("ten", "hundred"))
    if not isinstance(found, Read) or found.value is None or not 0 < found.value <= 1 or "%" in str(cell):
        return found
    if not custom.score:
        return Asked("score", Trouble.SHARE, ("share", "percent"))
    return Read(found.value * 100) if custom.score == "share" else found


def _scaled(cell: Cell, most: int) -> Result:
    """Return a mark out of `most` in per cent."""
    if not most:
        return Refused(Trouble.SCORE)
    found = _between(cell, 0, most, Trouble.SCORE)
    if not isinstance(found, Read) or found.value is None:
        return found
    return Read((found.value * 100 / most).quantize(Decimal("0.01")))


def highest(column: Iterable[Cell]) -> Decimal | None:
    """Return the highest mark that stands in a column; None where one says of how many it is, or none is a number."""
    numbers = [
        found for cell in column if isinstance(found := _number(cell), Decimal) and "%" not in str(cell)
    ]
    return max(numbers, default=None)


def read_hours(cell: Cell, custom: Custom) -> Result:
    """Read hours: 0 to 2,000."""
    said = text(cell)
    if isinstance(said, str) and (found := HOURS.fullmatch(fold(said))):
        cell = found[1]
    return _between(cell, 0, HOURS_AT_MOST, Trouble.HOURS)


def read_minutes(cell: Cell, custom: Custom) -> Result:
    """Read whole minutes of one day; of «1 h 20 min 5 s», as programs of meetings write it, the whole minutes."""
    said = text(cell)
    if (
        isinstance(said, str)
        and any(sign.isalpha() for sign in said)
        and (parts := LASTED.fullmatch(fold(said)))
    ):
        hours, minutes, _seconds = (int(part or 0) for part in parts.groups())
        cell = hours * 60 + minutes
    found = _between(cell, 0, MINUTES_A_DAY, Trouble.MINUTES)
    if not isinstance(found, Read) or found.value is None:
        return found
    return Read(int(found.value)) if found.value == int(found.value) else Refused(Trouble.MINUTES)


def read_result(cell: Cell, custom: Custom) -> Result:
    """Read whether somebody passed."""
    said = text(cell)
    if isinstance(said, Refused) or not said:
        return said if isinstance(said, Refused) else NOTHING
    word = fold(said)
    if word in PASSED:
        return Read(True)
    if word in NOT_PASSED:
        return Read(False)
    return Refused(Trouble.RESULT)


def read_position(cell: Cell, custom: Custom) -> Result:
    """Read what somebody does, in the few categories that are kept; words that name none are asked about once."""
    said = text(cell)
    if isinstance(said, Refused) or not said:
        return said if isinstance(said, Refused) else NOTHING
    words = fold(said)
    if answer := custom.positions.get(words):
        return Read(answer)
    for category, beginnings in POSITIONS.items():
        if any(re.search(rf"\b{re.escape(beginning)}", words) for beginning in beginnings):
            return Read(category)
    return Asked("position", Trouble.POSITION, tuple(CHOICES["position"]))
