"""Plans lines: whom each means and what it would make. Changes nothing; a chunk costs a fixed number of queries.

Every kind of sheet has the person's part (`imports.plan_people`); attendance adds marks (`imports.plan_marks`),
former trainings their own entry (`imports.plan_past`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from accounts.models import Person, User
from common import clock
from imports import matching, opened, plan_marks, plan_past, plan_people
from imports.answering import leave_key
from imports.lines import Line, Note, fill_words
from imports.matching import Directory, Known
from imports.models import Import, ImportKind, StagedRow, Verdict
from imports.places import Countries, Places
from imports.reading_lines import settle_phone
from imports.who import Earlier, Who, decide
from imports.words import PERSON, REASONS, REMEDIES, SKIP, Why, choice


@dataclass
class Planner:
    """What is known while the lines of one import are planned, chunk after chunk, in their order."""

    batch: Import
    at: dt.datetime = field(default_factory=clock.now)

    def __post_init__(self) -> None:
        """Take the answers out of the mapping."""
        mapping = self.batch.mapping
        self.answers: dict[str, str] = mapping.get("answers", {})
        self.defaults: dict[str, str] = mapping.get("defaults", {})
        self.places = Places(self.answers)
        self.countries = Countries()
        self.earlier = Earlier(repeats=self.batch.kind != ImportKind.PEOPLE)
        self.directory = Directory(sight=_sight(self.batch))
        self.cohort = self.batch.cohort
        if self.cohort is not None:
            self.directory.roll = matching.roll_of(self.cohort)
        self.directory.team = matching.team_of(self.batch)
        self.directory.sight.tell(self.directory.team.people)
        self.seen: dict[str, int] = {}
        self.tokens: dict[str, int] = {}
        self.described: set[int] = set()
        self.past_said: set[tuple[str, ...]] = set()
        self.marks = plan_marks.Sessions(self) if self.batch.kind == ImportKind.ATTENDANCE else None

    def plan(self, rows: Sequence[StagedRow], lines: Sequence[Line]) -> list[dict[str, Any]]:
        """Write verdict, plan and reasons on each row. Returns the merges that somebody may want to make."""
        for line in lines:
            fill_words(line)
            self.countries.settle(line)
        self.places.look_up(lines)
        for line in lines:
            plan_people.settle_country(self, line, self.places.found.get(line.where))
            settle_phone(line)
            self._count(line)
            line.token = self._token(line)
            line.skipped = line.skipped or self.answers.get(leave_key(line.token)) == SKIP
        matching.fill(self.directory, lines, self.places)
        whom = [self._who(line) for line in lines]
        known = self._knowledge(whom)
        merges = []
        for row, line, who in zip(rows, lines, whom, strict=True):
            plan = self._plan(line, who, known)
            _write(row, line, plan)
            merges += [_merge(row, line, who, self.directory.sight)] if who.merges else []
        plan_people.foresee(self, rows, lines)
        self._forget()
        return merges

    def _token(self, line: Line) -> str:
        """Name a line for answers about it alone: where a sheet has several lines of one person, each has its own."""
        digest = line.identity()[:16]
        self.tokens[digest] = number = self.tokens.get(digest, 0) + 1
        return digest if number == 1 else f"{digest}-{number}"

    def disputed(self) -> dict[str, list[Note]]:
        """Return what is asked of lines that contradict each other, by line: known when all were planned."""
        return self.marks.disputed() if self.marks is not None else {}

    def _count(self, line: Line) -> None:
        """Number equal lines: the second «María López» of a sheet without anything else may be another woman."""
        if self.earlier.repeats:
            return
        digest = line.identity()
        line.occurrence = self.seen[digest] = self.seen.get(digest, 0) + 1

    def _who(self, line: Line) -> Who:
        place = self.places.settle(line)
        if (line.alone or line.says_more or line.one_word) and self.answers.get(
            f"alone:{line.token}"
        ) == SKIP:
            line.skipped = True
        if line.skipped:
            line.notes.clear()
            return Who(open=True)
        if not line.name and not line.strong:
            plan_people.refuse_nameless(line)
            return Who(open=True)
        who = decide(line, self.directory, self.earlier, place, self.answers)
        if not who.open:
            one = Known(
                who.pk or 0,
                "",
                line.name,
                line.words,
                line.birth_year,
                who.ref or line.ref,
            )
            self.earlier.add(line, one)
            self._ask_whether_she_is_meant(line, who)
        else:
            self.earlier.hold(line)
        return who

    def _ask_whether_she_is_meant(self, line: Line, who: Who) -> None:
        """A name with nothing beside it, where other lines say more, may be a heading, or whoever signed the list.

        One beside which «baja» or «(faltó)» stands may be nobody's of this list any more.
        """
        question = f"alone:{line.token}"
        asked = line.says_more or ((line.alone or line.one_word) and not who.pk)
        if asked and self.answers.get(question) != PERSON:
            why = Why.SAYS_MORE if line.says_more else Why.ALONE if line.alone else Why.ONE_WORD
            choices = [choice(PERSON), choice(SKIP)]
            line.ask(question, REASONS[why], REMEDIES[why], choices, of="name", value=line.name)

    def _knowledge(self, whom: Iterable[Who]) -> plan_people.Knowledge:
        people = {who.pk for who in whom if who.pk}
        matching.learn(self.directory, people)
        return plan_people.knowledge(self, people)

    def _plan(self, line: Line, who: Who, known: plan_people.Knowledge) -> dict[str, Any]:
        if who.open:
            return {}
        plan = plan_people.plan(self, line, who, known)
        if self.marks is not None:
            plan |= self.marks.plan(line, who, known)
        if self.batch.kind == ImportKind.HISTORIC:
            plan |= plan_past.plan(self, line, who, known)
        return plan

    def _forget(self) -> None:
        """What was looked up for one chunk is not kept for the next: a sheet of 10,000 lines stays small."""
        now = self.directory
        self.directory = Directory(rosters=now.rosters, roll=now.roll, team=now.team, sight=now.sight)


def _sight(batch: Import) -> matching.Sight:
    if batch.by is None:
        return matching.Sight()
    user = User.objects.filter(person__canonical=batch.by.canonical_id).first()
    return matching.Sight(opened.people_of(user) if user else Person.objects.none())


def _write(row: StagedRow, line: Line, plan: dict[str, Any]) -> None:
    row.identity = line.identity()
    row.plan = {**plan, "token": line.token}
    row.reasons = [note.as_json() for note in line.notes]
    row.verdict = Verdict.LEFT_OUT if line.skipped else verdict_of(line.notes, plan)


def verdict_of(notes: Sequence[Note], plan: dict[str, Any]) -> Verdict:
    """Return what is to become of a line: one refusal refuses it, one open question holds it back."""
    if any(not note.question for note in notes):
        return Verdict.REFUSED
    if notes:
        return Verdict.ASKED
    todo = any(plan.get(part) for part in ("new", "fill", "join", "enrol", "marks", "past"))
    return Verdict.ACCEPTED if todo else Verdict.UNCHANGED


def _merge(row: StagedRow, line: Line, who: Who, sight: matching.Sight) -> dict[str, Any]:
    return {
        "sheet": row.sheet,
        "row": row.number,
        "name": line.name,
        "with": [{"key": one.key, "name": one.name if sight.of(one.pk) else ""} for one in who.merges],
    }
