"""Plans marks of attendance: to which session a column belongs, and whether another mark stands there already."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from imports.disputes import Disputes, say_mark
from imports.lines import Line, Note
from imports.reading_lines import ONLY, WHICH
from imports.who import Who
from imports.words import KEEP, REASONS, REMEDIES, SKIP, TAKE, Why, choice
from learning import presence
from learning.attendance import refusal_of
from learning.meeting import time_zone_of
from learning.models import Attendance, Session, SessionState
from learning.presence import Wrong

if TYPE_CHECKING:
    from imports.models import Import
    from imports.plan_people import Knowledge
    from imports.planning import Planner

MAKE = "make"
# Nobody can say yet which session it is.
OPEN = "?"


class Sessions:
    """The sessions of the group, and which of them each column or date of the sheet means."""

    def __init__(self, planner: Planner) -> None:
        self.planner = planner
        rows = planner.cohort.sessions.exclude(state=SessionState.CANCELLED) if planner.cohort else ()
        self.rows: list[Session] = list(rows)
        self.by_key = {str(row.key): row for row in self.rows}
        self._known: dict[str, Session | str | None] = {}
        self._disputes = Disputes(planner.answers)

    def learn(self, known: Knowledge) -> None:
        """Ask for the marks of those who are meant: one query."""
        enrolled = {row.pk for row in known.standing.values()}
        rows = Attendance.objects.filter(enrolment__in=enrolled, session__in=[row.pk for row in self.rows])
        for row in rows.select_related("session"):
            known.marks[row.session_id, row.enrolment_id or 0] = row

    def plan(self, line: Line, who: Who, known: Knowledge) -> dict[str, Any]:
        """Return the marks that a line would make: by session, what is noted and the stamp that was seen."""
        by = self.planner.batch.by
        if by is not None and who.pk and who.pk == by.canonical_id:
            line.refuse(REASONS[Why.ONESELF], REMEDIES[Why.ONESELF], "name", line.name)
            return {}
        if not line.marks and not line.notes:
            why = Why.NOTHING_MARKED if line.marked_columns else Why.NO_MARKS
            line.refuse(REASONS[why], REMEDIES[why], "name", line.name)
        standing = known.standing.get(who.pk or 0)
        here = (
            standing.pk if standing is not None and standing.cohort_id == self.planner.batch.cohort_id else 0
        )
        human = str(who.pk) if who.pk else who.ref or line.ref
        marks = [self._mark(line, human, of, here, known) for of in line.marks]
        return {"marks": [mark for mark in marks if mark]}

    def disputed(self) -> dict[str, list[Note]]:
        """Return what is asked of lines that say different things of one person, by line."""
        return self._disputes.notes({str(row.key): row.title for row in self.rows})

    def _mark(self, line: Line, human: str, of: str, enrolment: int, known: Knowledge) -> list[Any] | None:
        session, noted = self._session(line, of), line.marks[of]
        if session is None:
            return None
        mark, minutes = noted
        length = session.length if isinstance(session, Session) else 24 * 60
        if line.measured and minutes:
            seen = presence.measured(minutes, length=length)
            noted = mark, minutes = seen.mark, seen.minutes
        read = presence.read(mark, minutes, length=length)
        if isinstance(read, Wrong):
            why = Why.NEEDS_MINUTES if read == Wrong.MINUTES_NEEDED else Why.WRONG_MARK
            line.refuse(REASONS[why], REMEDIES[why], of, say_mark(mark, minutes))
            return None
        token = str(session.key) if isinstance(session, Session) else session
        if not self._disputes.holds(line, human, of, token, noted):
            return None
        if not isinstance(session, Session):
            return [session, mark, minutes, 0]
        before = known.marks.get((session.pk, enrolment)) if enrolment else None
        if before is None:
            return [str(session.key), mark, minutes, 0]
        if before.noted == read:
            return None
        return self._over(line, of, before, [str(session.key), mark, minutes, before.stamp])

    def _over(self, line: Line, of: str, before: Attendance, planned: list[Any]) -> list[Any] | None:
        """Ask whether the mark that stands gives way: the second of two sees the first's, and decides."""
        question = f"mark:{line.identity()[:16]}:{planned[0]}"
        answer = self.planner.answers.get(question, "")
        if answer == TAKE:
            return planned
        if answer != KEEP:
            reason = f"{REASONS[Why.OTHER_MARK]} ({before.get_mark_display()})"
            choices = [choice(KEEP), choice(TAKE)]
            line.ask(
                question, reason, REMEDIES[Why.OTHER_MARK], choices, of=of, value=say_mark(*planned[1:3])
            )
        return None

    def _session(self, line: Line, of: str) -> Session | str | None:
        """Return the session of a column; `make:<date>` for one that is to be planned; None: asked, or left out."""
        if of not in self._known:
            self._known[of] = self._find(of)
        found = self._known[of]
        if isinstance(found, Session) and refusal_of(found, at=self.planner.at):
            line.refuse(REASONS[Why.SESSION_CLOSED], REMEDIES[Why.SESSION_CLOSED], of, of)
            return None
        if found == OPEN:
            self._ask(line, of)
            return None
        return found

    def _find(self, of: str) -> Session | str | None:
        answer = self.planner.answers.get(self._question(of), "")
        if answer == SKIP:
            return None
        if answer in self.by_key:
            return self.by_key[answer]
        if of[0] in {WHICH, ONLY}:
            return self.rows[0] if of[0] == ONLY and len(self.rows) == 1 else OPEN
        day = _day(of)
        if answer == MAKE and day:
            return f"{MAKE}:{day.isoformat()}"
        if day is None:
            number = int(of[1:])
            return self.rows[number - 1] if 0 < number <= len(self.rows) else OPEN
        on_day = [row for row in self.rows if row.local_date == day]
        return on_day[0] if len(on_day) == 1 else OPEN

    def _question(self, of: str) -> str:
        return f"session:{of}"

    def _ask(self, line: Line, of: str) -> None:
        choices = [(str(row.key), f"{row.title} · {row.local_date:%Y-%m-%d}") for row in self.rows[:20]]
        day = _day(of)
        if day and day <= self.planner.at.date():
            choices.append((MAKE, _("Plan a session on that day, from 9 to 17")))
        unsaid = of[0] in {WHICH, ONLY}
        why = Why.WHICH_SESSION if unsaid else Why.NO_SESSION
        value = line.header(of) if unsaid else of
        line.ask(
            self._question(of), REASONS[why], REMEDIES[why], [*choices, choice(SKIP)], of=of, value=value
        )


def _day(of: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(of)
    except ValueError:
        return None


def make_session(batch: Import, day: str) -> Session:
    """Plan the session that somebody asked for; the same day twice is one session."""
    from learning import meeting

    cohort = batch.cohort
    if cohort is None:
        raise ValueError("Attendance is of a group")
    hours = meeting.Hours(dt.date.fromisoformat(day), dt.time(9), dt.time(17))
    title = f"{hours.day:%Y-%m-%d}"
    starts, _ends = hours.at(time_zone_of(cohort))
    meeting.plan(cohort=cohort, title=title, hours=hours, by=batch.by)
    return Session.objects.get(cohort=cohort, title=title, starts_at=starts)
