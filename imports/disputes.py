"""Finds the lines of a sheet that say two things of one person in one session, and asks which holds."""

from __future__ import annotations

import hashlib

from django.utils.translation import gettext as _

from imports.lines import Line, Note
from imports.words import REASONS, REMEDIES, Why
from learning.models import AttendanceMark


class Disputes:
    """What the lines of one import say of one person in one session: nothing is settled by the order of lines."""

    def __init__(self, answers: dict[str, str]) -> None:
        self.answers = answers
        # By person and session: what is said, with the lines and columns that say it.
        self._said: dict[tuple[str, str], dict[str, list[tuple[str, str]]]] = {}
        # The key of the question, and whose name stands in it.
        self._asked: dict[tuple[str, str], tuple[str, str]] = {}

    def holds(self, line: Line, human: str, of: str, session: str, noted: tuple[str, int | None]) -> bool:
        """Say whether a mark is to be taken: the first that says it, unless somebody answered that another holds."""
        said = f"{noted[0]}:{noted[1] or ''}".rstrip(":")
        answer = self.answers.get(self._question(line, session), "")
        if answer and answer != said:
            return False
        where = self._said.setdefault((human, session), {})
        self._asked.setdefault((human, session), (self._question(line, session), line.name))
        where.setdefault(said, []).append((line.ref, line.columns.get(of, "")))
        return len(where) == 1 and len(where[said]) == 1

    def _question(self, line: Line, session: str) -> str:
        """Return the key of the question: by the name as it is written, which a second run has too."""
        name = hashlib.sha256(" ".join(sorted(line.folded_words)).encode()).hexdigest()[:16]
        return f"marks:{name}:{session}"

    def notes(self, titles: dict[str, str]) -> dict[str, list[Note]]:
        """Return the questions of each line that contradicts another, or itself."""
        found: dict[str, list[Note]] = {}
        why = Why.TWO_MARKS
        for key, said in self._said.items():
            if len(said) < 2:
                continue
            question, name = self._asked[key]
            choices = tuple((mark, _with_lines(mark, where)) for mark, where in said.items())
            for mark, where in said.items():
                value = f"{name}, {titles.get(key[1], key[1])}: {_with_lines(mark, [])}"
                for ref, column in where:
                    note = Note(str(REASONS[why]), str(REMEDIES[why]), column, value, question, choices)
                    found.setdefault(ref, []).append(note)
        return found


def _with_lines(said: str, where: list[tuple[str, str]]) -> str:
    mark, _colon, minutes = said.partition(":")
    words = say_mark(mark, int(minutes) if minutes else None)
    lines = ", ".join(dict.fromkeys(ref.rsplit(":", 1)[-1] for ref, _column in where))
    return _("%(mark)s (line %(lines)s)") % {"mark": words, "lines": lines} if lines else words


def say_mark(mark: str, minutes: int | None = None) -> str:
    """Return a mark in the reader's words."""
    words = str(AttendanceMark(mark).label)
    return f"{words} {minutes}′" if minutes else words
