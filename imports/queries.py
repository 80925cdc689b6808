"""What the pages of an import show: one question a screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from accounts.listed import without_secret
from accounts.models import User
from imports import opened, reporting
from imports.cells import shown
from imports.models import UNFINISHED, Import, ImportKind, ImportState, StagedRow, Verdict
from imports.words_of_sheets import days_of, say_plan, say_undone

if TYPE_CHECKING:
    from learning.models import Cohort

A_PAGE = 100
LEAVABLE = frozenset({Verdict.ACCEPTED, Verdict.UNCHANGED, Verdict.ASKED, Verdict.LEFT_OUT})
QUESTIONS_AT_MOST = 50
LATEST = 30
SHOWN_CELLS = 4

TEMPLATES = {
    ImportState.COLUMNS: "columns",
    ImportState.CHECKED: "checked",
    ImportState.REFUSED: "refused",
    ImportState.CHECKING: "progress",
    ImportState.APPLYING: "progress",
    ImportState.UNDOING: "progress",
    ImportState.APPLIED: "applied",
    ImportState.UNDONE: "applied",
}


@dataclass(frozen=True)
class Home:
    """The reader's last imports."""

    imports: tuple[Import, ...]
    groups: bool
    lists: bool


def home(user: User) -> Home:
    """Return the imports that somebody brought: two queries."""
    rows = opened.imports_of(user)[:LATEST]
    return Home(tuple(rows), opened.cohorts_of(user).exists(), opened.may_import_all(user))


@dataclass(frozen=True)
class Question:
    """What is asked, once, however many lines ask it."""

    key: str
    reason: str
    remedy: str
    value: str
    choices: tuple[tuple[str, str], ...]
    lines: int
    first: str


@dataclass(frozen=True)
class LineShown:
    """A line as it stands, with what becomes of it and why."""

    place: str
    text: str
    verdict: str
    tone: str
    becomes: tuple[str, ...]
    reasons: tuple[dict[str, Any], ...]
    # By this the line may be left out; nothing where it is not taken anyway.
    token: str = ""
    left: bool = False


@dataclass(frozen=True)
class Screen:
    """An import, as far as it is."""

    batch: Import
    template: str
    counts: dict[str, int]
    total: int
    done: int
    made: dict[str, int]
    questions: tuple[Question, ...] = ()
    lines: tuple[LineShown, ...] = ()
    page: int = 1
    pages: int = 1
    left_out: tuple[dict[str, Any], ...] = ()
    merges: tuple[dict[str, Any], ...] = ()
    to_print: int = 0
    stayed: int = 0
    # The headers of columns of which nothing is taken.
    unread: tuple[str, ...] = ()
    answered: bool = False

    @property
    def named(self) -> int:
        """Return how many people stand on the page by name."""
        return len(self.lines)

    @property
    def previous(self) -> int:
        """Return the page before this one, 0 on the first."""
        return self.page - 1

    @property
    def next(self) -> int:
        """Return the page after this one, 0 on the last."""
        return self.page + 1 if self.page < self.pages else 0

    @property
    def cohort(self) -> Cohort | None:
        """Return the group whose sheet it is."""
        return self.batch.cohort

    @property
    def taken(self) -> int:
        """Return how many lines are, or were, to be applied."""
        return self.counts[Verdict.ACCEPTED] + self.counts[Verdict.UNCHANGED]


def screen(batch: Import, page: str) -> Screen:
    """Return what the page of an import shows; the same number of queries for ten lines and for ten thousand."""
    counts = reporting.counts(batch)
    total = sum(counts.values())
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1
    pages = max(1, -(-total // A_PAGE))
    number = min(max(1, number), pages)
    lines: tuple[LineShown, ...] = ()
    running = batch.state in UNFINISHED
    if not running and batch.state != ImportState.COLUMNS:
        sessions = (
            days_of(batch.cohort.sessions.all())
            if batch.kind == ImportKind.ATTENDANCE and batch.cohort
            else {}
        )
        rows = _ordered(batch)[(number - 1) * A_PAGE : number * A_PAGE]
        lines = tuple(_line(row, sessions) for row in rows)
    return Screen(
        batch=batch,
        template=TEMPLATES[ImportState(batch.state)],
        counts=counts,
        total=total,
        done=batch.rows.filter(applied_at__isnull=False).count(),
        made={} if running else reporting.made(batch),
        questions=questions(batch) if batch.state == ImportState.CHECKED else (),
        lines=lines,
        page=number,
        pages=pages,
        left_out=tuple(batch.left_of("rows")),
        merges=tuple(batch.left_of("merges")),
        to_print=len(without_slip(batch)) if batch.state == ImportState.APPLIED else 0,
        answered=batch.state == ImportState.CHECKED
        and any(batch.mapping.get(part) for part in ("answers", "values")),
        unread=_unread(batch) if batch.state == ImportState.CHECKED else (),
        stayed=_stayed(batch) if batch.state == ImportState.UNDONE else 0,
    )


def _unread(batch: Import) -> tuple[str, ...]:
    """Return the headers of columns of which nothing is taken, as the sheet says them."""
    said = batch.mapping.get("columns", {})
    titles = [
        title
        for sheet in batch.sheets
        for letter, title in sheet["titles"].items()
        if not said.get(letter, sheet["columns"].get(letter))
    ]
    return tuple(dict.fromkeys(titles))


def _ordered(batch: Import) -> Any:
    """Return what asks or was refused first: it is what somebody has to do something about."""
    from django.db.models import Case, IntegerField, Value, When

    order = {
        Verdict.ASKED: 0,
        Verdict.REFUSED: 1,
        Verdict.ACCEPTED: 2,
        Verdict.UNCHANGED: 3,
        Verdict.LEFT_OUT: 4,
    }
    cases = [When(verdict=verdict, then=Value(place)) for verdict, place in order.items()]
    return batch.rows.annotate(place=Case(*cases, default=Value(5), output_field=IntegerField())).order_by(
        "place", "pk"
    )


def _line(row: StagedRow, sessions: dict[str, str]) -> LineShown:
    tones = {Verdict.ASKED: "wait", Verdict.REFUSED: "off", Verdict.LEFT_OUT: "off"}
    cells = [shown(cell).strip() for cell in row.cells.values()]
    place = f"{row.sheet}:{row.number}" if row.sheet else str(row.number)
    return LineShown(
        place=place,
        text=" · ".join([cell for cell in cells if cell][:SHOWN_CELLS]),
        verdict=_verdict(row),
        tone=tones.get(Verdict(row.verdict), "") if row.verdict else "",
        becomes=_becomes(row, sessions),
        reasons=tuple(row.reasons),
        token=row.plan.get("token", "") if row.verdict in LEAVABLE else "",
        left=row.verdict == Verdict.LEFT_OUT,
    )


def _becomes(row: StagedRow, sessions: dict[str, str]) -> tuple[str, ...]:
    if row.undone:
        return tuple(say_undone(row.undone))
    return tuple(say_plan(row.plan, sessions)) if row.verdict in {Verdict.ACCEPTED, Verdict.ASKED} else ()


def _verdict(row: StagedRow) -> str:
    if not row.verdict:
        return ""
    if row.undone:
        return gettext("Line taken back")
    if row.verdict == Verdict.ACCEPTED and row.applied_at:
        return gettext("Line taken")
    return str(Verdict(row.verdict).label)


def questions(batch: Import) -> tuple[Question, ...]:
    """Return what the sheet asks, each question once; at most so many at a time."""
    found: dict[str, Question] = {}
    rows = batch.rows.filter(verdict=Verdict.ASKED).order_by("pk").only("sheet", "number", "reasons")
    for row in rows.iterator(chunk_size=500):
        for note in row.reasons:
            key = note["question"]
            if key in found:
                before = found[key]
                found[key] = Question(**{**before.__dict__, "lines": before.lines + 1})
            elif key and len(found) < QUESTIONS_AT_MOST:
                choices = tuple((value, words) for value, words in note["choices"])
                first = str(row.number)
                found[key] = Question(key, note["reason"], note["remedy"], note["value"], choices, 1, first)
    return tuple(found.values())


def without_slip(batch: Import) -> Sequence[User]:
    """Return the logins that this import made and that nobody can open yet."""
    made = batch.rows.filter(made__has_key="person", person__isnull=False)
    return without_secret(made.values_list("person_id", flat=True))


def _stayed(batch: Import) -> int:
    """Return how many lines left something behind that had been used since."""
    undone = batch.rows.exclude(undone={}).values_list("undone", flat=True)
    return sum(1 for came in undone if set(came.values()) - {"gone"})
