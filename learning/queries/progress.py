"""How a group gets on: its people with a bar, who does not get on first, and the table learner by activity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from common import clock
from common.languages import content_language
from courses import versions
from learning.beside import write_address
from learning.matrix import Learner, Matrix, matrix_of
from learning.models import AttendanceMark, Cohort, Session, SessionState
from learning.presence import CODES, Mark
from learning.stuck import WAITS, Why
from learning.words_of_progress import ahead_word, done_word, not_hers_word, say_stuck, tried_words

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import Person

PER_PAGE = 50
ONLY_STUCK = "detenidas"
ORDER = {why: place for place, why in enumerate(Why)}


@dataclass(frozen=True)
class Column:
    """An activity by its number, how many have done it, and of how many it is asked."""

    number: int
    title: str
    done: int
    of: int


@dataclass(frozen=True)
class SessionColumn:
    """A session by its letter; `held`: it counts."""

    letter: str
    session: Session
    day: Any
    held: bool


@dataclass(frozen=True)
class Line:
    """Somebody of the group: how far, why she does not get on, what can be written to her, her row of the table."""

    person: Person
    key: UUID
    done: int
    of: int
    completed: bool
    why: str
    waits: bool
    attended: int | None
    write_url: str
    cells: SafeString


@dataclass(frozen=True)
class ProgressScreen:
    """One page of a group's people, and what all of them together have done."""

    cohort: Cohort
    people: int
    completed: int
    stuck: int
    only_stuck: bool
    page: Page[Any]
    columns: tuple[Column, ...]
    sessions: tuple[SessionColumn, ...]
    previous_url: str
    next_url: str


@dataclass
class Cells:
    """The cells of the table, each kind worded and rendered once: five hundred rows of forty are of ten kinds."""

    made: dict[Hashable, str] = field(default_factory=dict)

    def of(self, state: str, tries: int) -> str:
        """Return the cell of an activity."""
        if (state, tries) not in self.made:
            sign = f"{tries}×" if tries else ""
            self.made[state, tries] = _rendered(state, sign, words_of(state, tries))
        return self.made[state, tries]

    def of_session(self, mark: Mark | None, state: str) -> str:
        """Return the cell of a session in this state; `mark` is None as long as nothing was noted."""
        if (mark, state) not in self.made:
            self.made[mark, state] = _session(mark, state)
        return self.made[mark, state]


def _rendered(state: str, sign: str, words: str) -> str:
    context = {"state": state, "sign": sign, "words": words}
    return render_to_string("learning/matrix_cell.html", context).strip()


def _session(mark: Mark | None, state: str) -> str:
    if mark is None:
        return _rendered("blank", "", ahead_word() if state == SessionState.PLANNED else "")
    return _rendered("mark", CODES[mark], str(AttendanceMark(mark.value).label))


def progress_screen(request: HttpRequest, cohort: Cohort) -> ProgressScreen:
    """Return how `cohort` gets on: the same queries for five people and for five hundred."""
    matrix = matrix_of(cohort, at=clock.now(), today=timezone.localdate())
    titles = titles_of(request, matrix)
    behind = [one for one in matrix.learners if is_stuck(one)]
    only = request.GET.get("ver") == ONLY_STUCK
    shown = sorted(behind if only else matrix.learners, key=_place)
    chosen: Page[Any] = Paginator(shown, PER_PAGE).get_page(request.GET.get("p"))
    chosen.object_list = _lines(matrix, chosen.object_list, titles)
    return ProgressScreen(
        cohort=cohort,
        people=len({one.enrolment.person.canonical_id for one in matrix.learners}),
        completed=len({one.enrolment.person.canonical_id for one in matrix.learners if one.completed}),
        stuck=len(behind),
        only_stuck=only,
        page=chosen,
        columns=_columns(matrix, titles),
        sessions=session_columns(matrix),
        previous_url=_url(only, chosen.previous_page_number()) if chosen.has_previous() else "",
        next_url=_url(only, chosen.next_page_number()) if chosen.has_next() else "",
    )


def titles_of(request: HttpRequest, matrix: Matrix) -> dict[UUID, str]:
    """Return how the activities are called, those of former versions too."""
    found: dict[UUID, str] = {}
    for version in {one.enrolment.version for one in matrix.learners}:
        words = versions.outline(versions.manifest_of(version), language=content_language(), request=request)
        found.update({key: word.title for key, word in words.words.items()})
    return found


def session_columns(matrix: Matrix) -> tuple[SessionColumn, ...]:
    """Return the sessions with the letters by which the table calls them."""
    return tuple(
        SessionColumn(_letter(place), one, one.local_date, one.state == SessionState.HELD)
        for place, one in enumerate(matrix.sessions)
    )


def is_stuck(learner: Learner) -> bool:
    """Say whether she does not get on, rather than waits for what is not hers to do."""
    return learner.stuck is not None and learner.stuck.why not in WAITS


def _letter(place: int) -> str:
    """Return A … Z, A2 … Z2, and so on."""
    turn, rest = divmod(place, 26)
    return f"{chr(65 + rest)}{turn + 1 if turn else ''}"


def _place(learner: Learner) -> tuple[int, int]:
    if learner.completed:
        return len(ORDER) + 1, 0
    return (ORDER[learner.stuck.why], -learner.stuck.number) if learner.stuck else (len(ORDER), 0)


def _url(only: bool, page: int) -> str:
    return "?" + urlencode({**({"ver": ONLY_STUCK} if only else {}), "p": page})


def _columns(matrix: Matrix, titles: dict[UUID, str]) -> tuple[Column, ...]:
    asked, done = Counter[UUID](), Counter[UUID]()
    for each, people in Counter(learner.asked for learner in matrix.learners).items():
        asked.update(dict.fromkeys(each.keys, people))
    for learner in matrix.learners:
        done.update(key for key in learner.done if key in learner.asked.keys)
    return tuple(
        Column(number, titles.get(one.key, ""), done[one.key], asked[one.key])
        for number, one in enumerate(matrix.activities, start=1)
    )


def _lines(matrix: Matrix, learners: Iterable[Learner], titles: dict[UUID, str]) -> list[Line]:
    cells = Cells()
    return [_line(matrix, learner, titles, cells) for learner in learners]


def _line(matrix: Matrix, learner: Learner, titles: dict[UUID, str], cells: Cells) -> Line:
    row = [cells.of(*activity_state(learner, one.key)) for one in matrix.activities]
    row += [cells.of_session(_mark(learner, one), one.state) for one in matrix.sessions]
    person = learner.enrolment.person
    return Line(
        person=person,
        key=learner.enrolment.key,
        done=learner.so_far,
        of=len(learner.asked.required),
        completed=learner.completed,
        why=why_of(learner, titles),
        waits=learner.stuck is not None and learner.stuck.why in WAITS,
        attended=share_of(learner, matrix),
        write_url=write_address(learner.enrolment),
        cells=mark_safe("".join(row)),  # noqa: S308  each cell came out of a template
    )


def _mark(learner: Learner, session: Session) -> Mark | None:
    noted = learner.marks.get(session.pk)
    return noted.mark if noted else None


def why_of(learner: Learner, titles: dict[UUID, str]) -> str:
    """Return in words why she does not get on; empty if she does."""
    stuck = learner.stuck
    return say_stuck(stuck, titles.get(stuck.activity, "") if stuck.activity else "") if stuck else ""


def share_of(learner: Learner, matrix: Matrix) -> int | None:
    """Return which percentage of the minutes held she was there for; None before the first session."""
    if not matrix.held_minutes:
        return None
    return min(100, learner.attended * 100 // matrix.held_minutes)


def activity_state(learner: Learner, key: UUID) -> tuple[str, int]:
    """Return how she stands with an activity, in a word for the sheet of styles, and how often she tried in vain."""
    if key in learner.done:
        return "done", 0
    if key not in learner.asked.keys:
        return "none", 0
    tried = learner.tried.get(key)
    return ("tried", tried.failed) if tried and tried.failed else ("ahead", 0)


def words_of(state: str, tries: int) -> str:
    """Return the same in words for people."""
    if state == "tried":
        return tried_words(tries)
    return {"done": done_word, "none": not_hers_word, "ahead": ahead_word}[state]()
