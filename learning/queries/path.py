"""The path of a course for one learner: every activity that she is asked, with its state and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import CharField, F, QuerySet, TextField, Value
from django.urls import reverse

from common.languages import content_language, foreign
from common.prepared import KEYS, NUMBERS, Prepared
from courses import versions
from learning.models import ActivityCompletion, ActivitySkip, Reflection
from learning.queries.consulting import asks

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import Person
    from learning.models import Enrolment
    from programme.scope import Reader

DONE = "done"
CURRENT = "current"
AHEAD = "ahead"
SKIPPED = "skipped"
STATES = (DONE, CURRENT, AHEAD, SKIPPED)


@dataclass(frozen=True)
class Stop:
    """An activity on a learner's path. `state` is done, current, ahead or skipped.

    What was printed of it is kept under it, many times a page: it counts its own hash once.
    """

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

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.key, self.state, self.title, self.url, self.language))

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


@dataclass(frozen=True)
class Forms:
    """Where the forms of an activity lead; empty where it has none of the kind."""

    complete: str
    skip: str
    reflect: str
    quiz: str


class Way:
    """The path of a version for all who are asked the same: every stop in each state that it may have.

    It is remembered and handed out to many, so that nothing in it is one learner's.
    """

    def __init__(
        self, asked: tuple[versions.Activity, ...], words: versions.Outline, enrolment: Enrolment
    ) -> None:
        self.course = words.of(enrolment.course.key)
        self.asked = asked
        self.places = {activity.key: place for place, activity in enumerate(asked)}
        self.stops = tuple(_in_each_state(activity, words, enrolment.reader) for activity in asked)
        self.known_forms: dict[UUID, Forms] = {}

    def seen(self, progress: Progress, here: UUID | None = None) -> tuple[Stop, ...]:
        """Return the stops with a learner's progress; `here` (or the first one not done) is the current one."""
        here = here or self._first_open(progress)
        return tuple(
            stops[_state(activity.key, progress, here)]
            for activity, stops in zip(self.asked, self.stops, strict=True)
        )

    def _first_open(self, progress: Progress) -> UUID | None:
        left = [key for key in self.places if key not in progress.done]
        return next((key for key in left if key not in progress.skipped), left[0] if left else None)

    def forms_of(self, activity: versions.Activity) -> Forms:
        """Return where the forms of one of its activities lead."""
        if activity.key not in self.known_forms:
            self.known_forms[activity.key] = _forms(activity)
        return self.known_forms[activity.key]


def way_of(enrolment: Enrolment, request: HttpRequest) -> Way:
    """Return the way of an enrolment in the reader's language: made once for all who are asked the same."""
    language, version = content_language(), enrolment.version

    def make() -> Way:
        manifest = versions.manifest_of(version)
        words = versions.outline(manifest, language=language, request=request, also=[enrolment.course.key])
        # What its page hides from her since the release is not told, though only a release takes it off the list.
        told = (a for a in manifest.for_reader(enrolment.reader) if asks(enrolment, a.key))
        return Way(tuple(told), words, enrolment)

    return versions.remember(
        f"way.{version.pk}.{version.fingerprint}.{enrolment.course.key}",
        make,
        language=language,
        reader=enrolment.reader,
        sight=versions.LEARNER,
    )


def _forms(activity: versions.Activity) -> Forms:
    key = {"activity": activity.key}
    return Forms(
        complete=reverse("learning:complete", kwargs=key),
        skip=reverse("learning:skip", kwargs=key) if activity.skippable else "",
        reflect=reverse("learning:reflect", kwargs=key),
        quiz=reverse("learning:start_quiz", kwargs=key) if activity.quiz else "",
    )


def _in_each_state(
    activity: versions.Activity, outline: versions.Outline, reader: Reader
) -> Mapping[str, Stop]:
    words = outline.of(activity.key)
    return {
        state: Stop(
            key=activity.key,
            kind=activity.kind,
            title=words.title,
            url=words.url,
            language=words.language,
            state=state,
            minutes=activity.minutes_for(reader),
            required=activity.required,
            skippable=activity.skippable,
            withdrawn=words.withdrawn,
        )
        for state in STATES
    }


def _state(key: UUID, progress: Progress, here: UUID | None) -> str:
    if key in progress.done:
        return DONE
    if key == here:
        return CURRENT
    return SKIPPED if key in progress.skipped else AHEAD
