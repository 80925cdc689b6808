"""What a line of a sheet says, once its cells are read: who is meant, what is known of her, and what was unclear."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from accounts.names import words_of
from common.text import fold
from imports.ages import Age
from imports.columns import Column
from institutions.likeness import telling

# Columns that say who is meant or what she is; the others belong to a kind.
OF_THE_PERSON = ("sex", "birth_year", "position")


@dataclass(frozen=True)
class Note:
    """What keeps a line from being taken: a question, when `question` is its key, or a refusal."""

    reason: str
    remedy: str
    column: str = ""
    value: str = ""
    question: str = ""
    choices: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept with the line."""
        return {
            "column": self.column,
            "value": self.value,
            "reason": self.reason,
            "remedy": self.remedy,
            "question": self.question,
            "choices": [list(choice) for choice in self.choices],
        }


@dataclass
class Line:
    """A line with its values. `place` and `unit` are as they were written; `columns` says where each stood."""

    ref: str
    name: str = ""
    code: str = ""
    email: str = ""
    phone: str = ""
    country: str = ""
    place: str = ""
    unit: str = ""
    known: dict[str, Any] = field(default_factory=dict)
    marks: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    past: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    occurrence: int = 1
    folded_words: list[str] = field(default_factory=list)
    written_country: str = ""
    written_phone: str = ""
    headers: tuple[Column, ...] = ()
    # Whether any column of the sheet is one of marks.
    marked_columns: bool = False
    # A program measured the minutes: from its opening to its end, which the session may not have lasted.
    measured: bool = False
    # Somebody said that this line, or hidden ones, are left out.
    skipped: bool = False
    # Nothing but a name stands in it, in a sheet whose lines say more.
    alone: bool = False
    # Something that is no name stands beside the name.
    says_more: bool = False
    # One word is the name, where other lines have whole ones.
    one_word: bool = False
    age: Age | None = None
    # By this the line is named in answers, whatever they make of it.
    token: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words of the name that tell people apart, folded."""
        return telling(self.folded_words)

    @property
    def birth_year(self) -> int | None:
        """Return the year of birth, if the sheet gives one."""
        return self.known.get("birth_year")

    @property
    def strong(self) -> bool:
        """Say whether something stands there that only one person has."""
        return bool(self.code or self.email or self.phone)

    @property
    def where(self) -> tuple[str, str]:
        """Return where she works as the sheet names it: the institution, and its unit."""
        return self.place, self.unit

    def header(self, of: str) -> str:
        """Return the letter and header of the column where something stood: what a person looks for in her sheet."""
        letter = self.columns.get(of, "")
        title = next((column.whole for column in self.headers if column.letter == letter), "")
        return f"{letter} · {title}" if title else letter

    def identity(self) -> str:
        """Return a digest of what says who is meant; equal lines of one sheet are told apart by their number."""
        said = [
            self.code,
            self.email,
            self.phone,
            " ".join(sorted(self.folded_words)),
            fold(self.place) + (f"\x1e{fold(self.unit)}" if self.unit else ""),
            str(self.birth_year or ""),
            str(self.occurrence) if self.occurrence > 1 else "",
        ]
        return hashlib.sha256("\x1f".join(said).encode()).hexdigest()

    def refuse(self, reason: Any, remedy: Any, of: str = "", value: object = "") -> None:
        """Note why the line is not taken."""
        self.notes.append(Note(str(reason), str(remedy), self.columns.get(of, ""), _shown(value)))

    def ask(
        self,
        question: str,
        reason: Any,
        remedy: Any,
        choices: list[tuple[str, str]],
        *,
        of: str = "",
        value: object = "",
    ) -> None:
        """Note what somebody has to answer before the line is taken."""
        column = self.columns.get(of, "")
        self.notes.append(Note(str(reason), str(remedy), column, _shown(value), question, tuple(choices)))


def fill_words(line: Line) -> None:
    """Fold the name once: it is compared with many."""
    line.folded_words = words_of(line.name)


def _shown(value: object) -> str:
    return "" if value is None else str(value)[:200]
