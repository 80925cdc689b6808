"""Writes what a batch of lines makes besides people: blanks filled, memberships, enrolments, marks, former trainings.

Everything is asked of the services of the room whose it is, for all lines together. What each line made is kept with
it, so that the import can be undone.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.models import Person
from common import clock
from imports.models import Import, ImportKind, PastParticipation, PastTraining, StagedRow, Verdict
from imports.words import REASONS, REMEDIES, Why
from institutions.models import Institution, Membership, MembershipState
from institutions.services import DEFAULT_TIME_ZONE
from learning import attendance, listing, services
from learning.models import AttendanceWay, Enrolment, EnrolmentState, EnrolmentWay, Session
from learning.words_of_groups import VERDICTS, say_refused

if TYPE_CHECKING:
    from imports.lines import Note


def nobody_now() -> dict[str, Any]:
    """Return the reason of a line whose person is gone since it was checked."""
    return told(_("The person whom this line means is not here any more."), _("Check the sheet again."))


def told(reason: Any, remedy: Any) -> dict[str, Any]:
    """Return a reason as it is kept with a line."""
    kept = {"reason": str(reason), "remedy": str(remedy)}
    return {"column": "", "value": "", "question": "", "choices": [], **kept}


@dataclass
class Maker:
    """One batch of lines with their people."""

    batch: Import
    at: dt.datetime
    people: dict[int, Person]
    enrolments: dict[int, Enrolment] = field(default_factory=dict)

    def _each(self, rows: Sequence[StagedRow], part: str) -> list[tuple[StagedRow, Any, Person]]:
        return [
            (row, row.plan[part], self.people[row.person_id])
            for row in rows
            if row.plan.get(part) and row.person_id in self.people and row.verdict == Verdict.ACCEPTED
        ]

    def fill(self, rows: Sequence[StagedRow]) -> None:
        """Write the blanks and what somebody said should replace what was kept; the line keeps what stood there."""
        for row, said, person in self._each(rows, "fill"):
            row.made["filled"] = {name: [getattr(person, name), value] for name, value in said.items()}
            for name, value in said.items():
                setattr(person, name, value)
            person.save(update_fields=list(said))

    def join(self, rows: Sequence[StagedRow]) -> None:
        """Note where people work, as said by others than themselves: claimed, until the institution confirms it."""
        lines = self._each(rows, "join")
        places = Institution.objects.in_bulk({pk for _row, pk, _person in lines})
        open_ones = set(
            Membership.objects.filter(
                person__canonical__in={person.canonical_id for _row, _pk, person in lines},
                ends_on__isnull=True,
            ).values_list("person__canonical_id", "institution_id")
        )
        new: dict[tuple[int | None, int], tuple[StagedRow, Membership]] = {}
        for row, pk, person in lines:
            key = (person.canonical_id, pk)
            if pk in places and key not in open_ones and key not in new:
                new[key] = row, self._membership(person, pk)
        made = Membership.objects.bulk_create([membership for _row, membership in new.values()])
        for (row, _unsaved), membership in zip(new.values(), made, strict=True):
            row.made["membership"] = membership.pk

    def _membership(self, person: Person, institution: int) -> Membership:
        zone = person.country.time_zone if person.country else DEFAULT_TIME_ZONE
        return Membership(
            person=person,
            institution_id=institution,
            position=person.position,
            starts_on=clock.local_date(self.at, zone),
            state=MembershipState.CLAIMED,
        )

    def enrol(self, rows: Sequence[StagedRow]) -> None:
        """Enrol those whose line says so; of whom the group refuses, or has no seat, the line tells."""
        cohort = self.batch.cohort
        lines = self._each(rows, "enrol")
        if cohort is None or not lines:
            return
        before = self._standing([person for _row, _way, person in lines])
        lines = [line for line in lines if line[2].canonical_id not in before]
        late = self.batch.kind == ImportKind.ATTENDANCE
        people = [person for _row, _way, person in lines]
        try:
            result = listing.enrol_list(
                cohort=cohort, people=people, by=self.batch.by, way=EnrolmentWay.IMPORT, late=late, at=self.at
            )
        except services.Refused as refused:
            for row, _way, _person in lines:
                self._not_enrolled(row, say_refused(refused.reason))
            return
        after = self._standing(people)
        for (row, _way, person), listed in zip(lines, result.lines, strict=True):
            human = person.canonical_id or person.pk
            if listed.verdict in listing.DONE and human in after:
                row.made["enrolment"] = after[human].pk
                row.made["enrolled"] = str(listed.verdict)
            elif listed.verdict == listing.Verdict.REFUSED and listed.reason:
                self._not_enrolled(row, say_refused(listed.reason))
            elif listed.verdict == listing.Verdict.WAITING:
                row.made["waiting"] = True
                row.reasons = [*row.reasons, told(VERDICTS[listed.verdict], "")]

    def _standing(self, people: Sequence[Person]) -> dict[int, Enrolment]:
        humans = [person.canonical_id for person in people]
        rows = Enrolment.objects.filter(cohort=self.batch.cohort_id, person__canonical__in=humans)
        rows = (
            rows.exclude(state=EnrolmentState.WITHDRAWN)
            .select_related("person")
            .order_by("enrolled_at", "pk")
        )
        return {row.person.canonical_id or row.person_id: row for row in rows}

    def _not_enrolled(self, row: StagedRow, words: str) -> None:
        row.reasons = [*row.reasons, told(f"{REASONS[Why.NOT_ENROLLED]} {words}", REMEDIES[Why.NOT_ENROLLED])]
        if not row.made:
            row.verdict = Verdict.REFUSED

    def mark(self, rows: Sequence[StagedRow]) -> None:
        """Take the attendance that the lines give, session by session; a mark that changed meanwhile is asked about."""
        lines = self._each(rows, "marks")
        if not lines:
            return
        here = self._standing([person for _row, _marks, person in lines])
        by_session: dict[str, list[tuple[StagedRow, attendance.Line]]] = defaultdict(list)
        for row, marks, person in lines:
            enrolment = here.get(person.canonical_id or person.pk)
            if enrolment is None:
                self._not_enrolled(row, "")
                continue
            for session, mark, minutes, seen in marks:
                by_session[session].append((row, attendance.Line(enrolment, mark, minutes, seen)))
        for session, noted in by_session.items():
            self._record(self._session(session), noted)

    def _session(self, said: str) -> Session:
        from imports.plan_marks import MAKE, make_session

        if said.startswith(f"{MAKE}:"):
            return make_session(self.batch, said.partition(":")[2])
        return Session.objects.get(key=said)

    def _record(self, session: Session, noted: list[tuple[StagedRow, attendance.Line]]) -> None:
        once: dict[int, tuple[StagedRow, attendance.Line]] = {}
        for row, line in noted:
            once.setdefault(line.participant.pk, (row, line))
        reason = _("Imported from a sheet")
        try:
            recorded = attendance.record(
                session=session,
                lines=[line for _row, line in once.values()],
                by=self.batch.by,
                way=AttendanceWay.SHEET,
                reason=reason,
                at=self.at,
            )
        except attendance.Refused:
            for row, _line in once.values():
                row.reasons = [*row.reasons, told(REASONS[Why.SESSION_CLOSED], REMEDIES[Why.SESSION_CLOSED])]
            return
        for changed in recorded.changed:
            row, _line = once[changed.enrolment_id or 0]
            row.made.setdefault("marks", []).append([changed.pk, changed.stamp])
        for conflict in recorded.conflicts:
            row, _line = once[conflict.line.participant.pk]
            row.reasons = [*row.reasons, told(REASONS[Why.OTHER_MARK], REMEDIES[Why.OTHER_MARK])]
        for line, _wrong in recorded.wrong:
            row, _line = once[line.participant.pk]
            row.reasons = [*row.reasons, told(REASONS[Why.WRONG_MARK], REMEDIES[Why.WRONG_MARK])]

    def keep_past(self, rows: Sequence[StagedRow]) -> None:
        """Keep trainings of before: one entry for all who took part, one participation for each person."""
        for row, said, person in self._each(rows, "past"):
            training = _training(said)
            mark = Decimal(said["mark"]) if said["mark"] is not None else None
            given = {"mark": mark, "result": said["result"], "withdrawn_at": None}
            standing = PastParticipation.objects.filter(
                training=training, person__canonical=person.canonical_id
            )
            kept = standing.first()
            if kept is None:
                more = {"batch": self.batch, "recorded_at": self.at}
                kept = PastParticipation.objects.create(training=training, person=person, **given, **more)
                row.made["past"] = kept.pk
            elif said.get("over") == kept.pk or kept.withdrawn_at:
                old = [
                    str(kept.mark) if kept.mark is not None else None,
                    kept.result,
                    bool(kept.withdrawn_at),
                ]
                standing.filter(pk=kept.pk).update(**given)
                row.made["past_over"] = [kept.pk, *old]


def _training(said: dict[str, Any]) -> PastTraining:
    more = {
        "title": said["title"],
        "hours": Decimal(said["hours"]) if said["hours"] is not None else None,
        "place": said["place"],
        "trainer": said["trainer"],
    }
    return PastTraining.objects.get_or_create(
        folded_title=said["folded"], starts_on=said["from"], ends_on=said["to"], defaults=more
    )[0]


def notes_of(row: StagedRow) -> list[Note]:
    """Return the reasons of a line as they were noted."""
    from imports.lines import Note

    return [
        Note(
            note["reason"],
            note["remedy"],
            note["column"],
            note["value"],
            note["question"],
            tuple((key, words) for key, words in note["choices"]),
        )
        for note in row.reasons
    ]
