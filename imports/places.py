"""Answers which institution a sheet means by a name: one by just this name, or a question; none is ever made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.text import fold
from imports.lines import Line
from imports.words import REASONS, REMEDIES, SKIP, Why, choice
from institutions.models import Institution
from programme.models import Country

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 8


class Places:
    """The institutions that a sheet names, each asked of the database once. `found`: primary key of the kept one."""

    def __init__(self, answers: dict[str, str]) -> None:
        self.answers = answers
        # By the names of institution and unit; the unit's, where the institution has just this one.
        self.found: dict[tuple[str, str], int | None] = {("", ""): None}
        self.country_of: dict[int, str] = {}
        self.parent_of: dict[int, int] = {}
        self._asked: dict[str, list[tuple[str, str]]] = {}

    def look_up(self, lines: Iterable[Line]) -> None:
        """Find those that were not asked for yet."""
        for line in lines:
            whole = (line.place, "")
            if whole not in self.found:
                self.found[whole] = self._find(line.place, line.country)
            if line.where not in self.found:
                self.found[line.where] = self._unit(line.unit, line.place, self.found[whole])

    def settle(self, line: Line) -> int | None:
        """Return the institution of a line, asking where the name means none or several."""
        if line.place in self._asked:
            why = Why.PLACE
            line.ask(
                self.question(line.place),
                REASONS[why],
                REMEDIES[why],
                self._asked[line.place],
                of="institution",
                value=line.place,
            )
        return self.found.get(line.where)

    def question(self, name: str) -> str:
        """Return the key of the question which institution a name means: asked once, however many lines bear it."""
        return f"institution:{fold(name)[:80]}"

    def _unit(self, name: str, of: str, parent: int | None) -> int | None:
        """Return the one unit of an institution that bears just this name, else the institution: a ward is none."""
        if of and parent is None:
            return None
        rows = Institution.objects.standing().named(name)
        rows = rows.filter(parent__canonical=parent) if parent else rows
        wanted = " ".join(fold(name).split())
        exact = [row for row in rows.order_by("pk")[: MOST * 4] if wanted in row.folded_name.split("\n")]
        if len(exact) != 1:
            return parent
        self.country_of[exact[0].pk] = exact[0].country_id
        if parent:
            self.parent_of[exact[0].pk] = parent
        return exact[0].pk

    def _find(self, name: str, country: str) -> int | None:
        rows = list(Institution.objects.standing().named(name).order_by("pk")[: MOST * 4])
        wanted = " ".join(fold(name).split())
        exact = [row for row in rows if wanted in row.folded_name.split("\n")]
        near = [row for row in exact if country and row.country_id == country]
        exact = near if len(near) == 1 else exact
        answer = self.answers.get(self.question(name), "")
        if answer == SKIP:
            return None
        chosen = [row for row in (exact or rows) if str(row.key) == answer]
        if not chosen and answer:
            chosen = list(Institution.objects.standing().filter(key=answer)) if _is_key(answer) else []
        if not chosen and len(exact) == 1:
            chosen = exact
        if chosen:
            self.country_of[chosen[0].pk] = chosen[0].country_id
            return chosen[0].pk
        offered = (exact or rows)[:MOST]
        self._asked[name] = [*((str(row.key), f"{row} · {row.country_id}") for row in offered), choice(SKIP)]
        return None


class Countries:
    """The countries by their names in three languages, and by their two letters."""

    def __init__(self) -> None:
        self.by_word: dict[str, str] = {}
        for row in Country.objects.all():
            for word in (row.code, row.name_es, row.name_en, row.name_fr):
                self.by_word[fold(word)] = row.code

    def settle(self, line: Line) -> None:
        """Write the country of a line as it is kept, or refuse a word that is none."""
        if not line.written_country:
            return
        line.country = self.by_word.get(" ".join(fold(line.written_country).split()).rstrip("."), "")
        if not line.country:
            why = Why.UNKNOWN_COUNTRY
            line.refuse(REASONS[why], REMEDIES[why], "country", line.written_country)


def _is_key(text: str) -> bool:
    from uuid import UUID

    try:
        UUID(text)
    except ValueError:
        return False
    return True
