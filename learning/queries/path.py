"""The path of a course for one learner: every activity that she is asked, with its state and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import CharField, F, QuerySet, TextField, Value

from common.languages import foreign
from common.prepared import KEYS, NUMBERS, Prepared
from courses import versions
from learning.models import ActivityCompletion, ActivitySkip, Reflection

if TYPE_CHECKING:
    from accounts.models import Person
    from learning.models import Enrolment
    from programme.scope import Reader

DONE = "done"
CURRENT = "current"
AHEAD = "ahead"
SKIPPED = "skipped"


@dataclass(frozen=True)
class Stop:
    """An activity on a learner's path. `state` is done, current, ahead or skipped."""

    key: UUID
    kind: str
    title: str
    url: str
    language: str
    state: str
    minutes: int
    required: bool
    skippable: bool
    withdrawn: bool

    @property
    def lang(self) -> str:
        """Return the language of the title where it differs from the interface's."""
        return foreign(self.language)


@dataclass(frozen=True)
class Progress:
    """What the database holds of one enrolment: ways by activity done, activities skipped, notes by block."""

    done: Mapping[UUID, str]
    skipped: frozenset[UUID]
    notes: Mapping[str, str]


def progress_of(
    enrolment: Enrolment, *, notes_of: UUID | None = None, reader: Person | None = None
) -> Progress:
    """Return an enrolment's progress, with what `reader` noted at activity `notes_of`: one query for all three.

    Notes are the login's own, also of people who were merged: a merge of two strangers by mistake opens no notebook.
    """
    if notes_of:
        return _sorted_out(WITH_NOTES.rows(enrolment.pk, reader.pk if reader else 0, notes_of))
    return _sorted_out(WAYS.rows(enrolment.pk))


def _blank() -> Value:
    return Value("", output_field=TextField())


def _done(enrolment: int) -> QuerySet:
    rows = ActivityCompletion.objects.filter(enrolment=enrolment)
    return rows.values_list("activity", F("way"), Value("", output_field=CharField()), _blank())


def _skipped(enrolment: int) -> QuerySet:
    rows = ActivitySkip.objects.filter(enrolment=enrolment)
    kind = Value(SKIPPED, output_field=CharField())
    return rows.values_list("activity", kind, Value("", output_field=CharField()), _blank())


def _with_notes(enrolment: int, person: int, activity: UUID) -> QuerySet:
    notes = Reflection.objects.filter(person_id=person, activity=activity)
    kind = Value("note", output_field=CharField())
    written = notes.values_list("activity", kind, F("block"), F("text"))
    return _done(enrolment).union(_skipped(enrolment), written, all=True)


WAYS = Prepared(lambda enrolment: _done(enrolment).union(_skipped(enrolment), all=True), NUMBERS[0])
WITH_NOTES = Prepared(_with_notes, NUMBERS[0], NUMBERS[1], KEYS[0])


def _sorted_out(rows: list[tuple]) -> Progress:
    return Progress(
        done={row[0]: row[1] for row in rows if row[1] not in {SKIPPED, "note"}},
        skipped=frozenset(row[0] for row in rows if row[1] == SKIPPED),
        notes={row[2]: row[3] for row in rows if row[1] == "note"},
    )


def path_of(
    enrolment: Enrolment, progress: Progress, words: versions.Outline, *, here: UUID | None = None
) -> tuple[Stop, ...]:
    """Return the stops of an enrolment; `here` (or the first one not done) is the current one."""
    asked = versions.manifest_of(enrolment.version).for_reader(enrolment.reader)
    if here is None:
        here = next(
            (a.key for a in asked if a.key not in progress.done and a.key not in progress.skipped), None
        )
        here = here or next((a.key for a in asked if a.key not in progress.done), None)
    return tuple(
        _stop(activity, progress, words.of(activity.key), here, enrolment.reader) for activity in asked
    )


def _stop(
    activity: versions.Activity,
    progress: Progress,
    words: versions.ActivityWords,
    here: UUID | None,
    reader: Reader,
) -> Stop:
    return Stop(
        key=activity.key,
        kind=activity.kind,
        title=words.title,
        url=words.url,
        language=words.language,
        state=_state(activity.key, progress, here),
        minutes=activity.minutes_for(reader),
        required=activity.required,
        skippable=activity.skippable,
        withdrawn=words.withdrawn,
    )


def _state(key: UUID, progress: Progress, here: UUID | None) -> str:
    if key in progress.done:
        return DONE
    if key == here:
        return CURRENT
    return SKIPPED if key in progress.skipped else AHEAD
