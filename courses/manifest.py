"""What one version of a course asks, as plain data: no database, no page.

JSON form: `{"activities": [{…}], "rules": [{…}]}` with keys as hyphenated UUIDs, minutes as whole numbers and
shares in percent. `Manifest.from_json(m.to_json()) == m` for every manifest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from typing import Any
from uuid import UUID

from courses.minutes import rounded
from programme.scope import Reader, Scope, concerns

LESSON = "lesson"
QUIZ = "quiz"
SELF_PACED = "self_paced"
IN_ROOM = "in_room"
BLENDED = "blended"
BEFORE = "before"
AFTER = "after"


@dataclass(frozen=True)
class Part:
    """What an activity asks for that only some readers are shown, in `units` of 1/150 minute."""

    units: int
    countries: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()

    @property
    def scope(self) -> Scope:
        """Return whom this part concerns."""
        return Scope.of(self.countries, self.routes)


@dataclass(frozen=True)
class Activity:
    """A lesson or quiz as the version asks it. `countries` and `routes` (stages) empty mean all.

    `minutes` are nominal. Where not everybody is shown the same, `parts` say what each reader's minutes are made of,
    and `minutes` are those of the country that is asked most.
    """

    key: UUID
    module: UUID
    kind: str
    required: bool = True
    skippable: bool = False
    minutes: int = 0
    countries: tuple[str, ...] = ()
    quiz: UUID | None = None
    pass_mark: int | None = None
    max_attempts: int | None = None
    routes: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    # Of a pair of tests that tells what was learned: «before» or «after».
    moment: str = ""

    @property
    def scope(self) -> Scope:
        """Return whom this activity is asked of."""
        return Scope.of(self.countries, self.routes)

    @property
    def is_before(self) -> bool:
        """Say whether it is the test before the course."""
        return self.moment == BEFORE

    @property
    def is_after(self) -> bool:
        """Say whether it is the test after the course."""
        return self.moment == AFTER

    def concerns(self, reader: Reader) -> bool:
        """Say whether `reader` is asked this activity."""
        return concerns(self.scope, reader)

    def minutes_for(self, reader: Reader) -> int:
        """Return the minutes of what `reader` is shown of it: nobody's hours count what she was not shown."""
        if not self.parts:
            return self.minutes
        return rounded(sum(part.units for part in self.parts if concerns(part.scope, reader)))

    def requirement(self) -> dict[str, Any]:
        """Return what a learner must do, without what merely describes it (minutes)."""
        words = _plain(self)
        words.pop("minutes")
        words.pop("parts")
        # What came with a later release of Senda counts only where it is used: an upgrade alone proposes no version.
        for name in ("routes", "moment"):
            if not words[name]:
                words.pop(name)
        return words


# A course says what completes it in the room, blended or alone. What a group does besides goes by the nearest rule:
# live online are sessions with people in them, and supervision is met in the room.
NEAREST = {"online": ("blended", "in_room"), "supervision": ("in_room", "blended")}


@dataclass(frozen=True)
class Rule:
    """What completes the course in one modality.

    `activities`: all required activities must be done. `attendance_share`: percent of the minutes of sessions that
    were held (never of those that were only planned), None where no room is part of it. `room_minutes`: what the
    workshop is worth.
    """

    modality: str
    activities: bool = True
    attendance_share: int | None = None
    room_minutes: int = 0


@dataclass(frozen=True)
class Manifest:
    """The ordered activities of a version and one rule for each modality that the course offers."""

    activities: tuple[Activity, ...]
    rules: tuple[Rule, ...]

    def __iter__(self) -> Iterator[Activity]:
        return iter(self.activities)

    def find(self, key: UUID) -> Activity | None:
        """Return the activity with this key, or None when the version does not ask it."""
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> dict[UUID, Activity]:
        return {activity.key: activity for activity in self.activities}

    @cached_property
    def pair(self) -> tuple[Activity, Activity] | None:
        """Return the tests before and after the course, where there is one of each; None where nothing is compared."""
        found = [[one for one in self.activities if one.moment == moment] for moment in (BEFORE, AFTER)]
        return (found[0][0], found[1][0]) if [len(each) for each in found] == [1, 1] else None

    def forms_of(self, activity: Activity) -> frozenset[UUID]:
        """Return the quizzes that may stand for an activity: its own, and of a pair both parallel forms."""
        both = self.pair if activity.moment else None
        return frozenset(one.quiz for one in both or (activity,) if one.quiz)

    def for_reader(self, reader: Reader) -> tuple[Activity, ...]:
        """Return the activities that are asked of `reader`."""
        return tuple(activity for activity in self.activities if activity.concerns(reader))

    @property
    def countries(self) -> frozenset[str]:
        """Return the countries of which anything in this version speaks apart."""
        scopes = [activity.scope for activity in self.activities]
        scopes += [part.scope for activity in self.activities for part in activity.parts]
        return frozenset().union(*(scope.countries for scope in scopes))

    def rule(self, modality: str) -> Rule:
        """Return the rule of `modality`; where the course does not offer it, that of its nearest, at last the one at
        one's own pace.
        """
        named = {rule.modality: rule for rule in self.rules}
        asked = (modality, *NEAREST.get(modality, ()), SELF_PACED)
        return next((named[name] for name in asked if name in named), Rule(SELF_PACED))

    def required(self, *, modality: str, reader: Reader) -> tuple[Activity, ...]:
        """Return the activities that complete the course for `reader`; none where the workshop alone does."""
        if not self.rule(modality).activities:
            return ()
        return tuple(activity for activity in self.for_reader(reader) if activity.required)

    def minutes(self, *, modality: str, reader: Reader) -> int:
        """Return the nominal minutes of the whole course for one modality and reader.

        Where nobody knows the reader's country, they are those of the country that is asked most: a visitor who
        reads «6 h» is not told of the lessons of four countries, nor of those of none.
        """
        rule = self.rule(modality)
        if not rule.activities:
            return rule.room_minutes
        readers = (
            [reader] if reader.country else [Reader(code, reader.routes) for code in ("", *self.countries)]
        )
        return max(self._alone(each) for each in readers) + rule.room_minutes

    def _alone(self, reader: Reader) -> int:
        return sum(activity.minutes_for(reader) for activity in self.for_reader(reader) if activity.required)

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"activities": [_plain(a) for a in self.activities], "rules": [asdict(r) for r in self.rules]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Manifest:
        """Read the JSON form; fields that later versions of Senda added take their defaults."""
        return cls(
            activities=tuple(_activity(row) for row in data["activities"]),
            rules=tuple(Rule(**_known(Rule, row)) for row in data["rules"]),
        )

    def fingerprint(self) -> str:
        """Return the SHA-256 (hex) of the requirements: it changes when what a learner must do changes."""
        asked = {
            "activities": [a.requirement() for a in self.activities],
            "rules": sorted((asdict(r) for r in self.rules), key=lambda rule: rule["modality"]),
        }
        text = json.dumps(asked, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Difference:
    """What changes from one manifest to the next, by activity key."""

    added: tuple[UUID, ...]
    removed: tuple[UUID, ...]
    changed: tuple[UUID, ...]
    moved: bool
    rules_changed: bool

    @property
    def removes_requirement(self) -> bool:
        """Say whether somebody might be complete for no other reason than that less is asked."""
        return bool(self.removed or self.changed or self.rules_changed)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.moved or self.rules_changed)


def difference(old: Manifest, new: Manifest) -> Difference:
    """Return what changes for learners when `new` takes the place of `old`."""
    before = {a.key: a.requirement() for a in old}
    after = {a.key: a.requirement() for a in new}
    kept_before = [key for key in before if key in after]
    kept_after = [key for key in after if key in before]
    return Difference(
        added=tuple(key for key in after if key not in before),
        removed=tuple(key for key in before if key not in after),
        changed=tuple(key for key in kept_after if before[key] != after[key]),
        moved=kept_before != kept_after,
        rules_changed=set(old.rules) != set(new.rules),
    )


def _plain(activity: Activity) -> dict[str, Any]:
    words = asdict(activity)
    for name in ("key", "module", "quiz"):
        words[name] = str(words[name]) if words[name] else None
    words["countries"], words["routes"] = sorted(words["countries"]), sorted(words["routes"])
    words["parts"] = [
        {"units": part.units, "countries": list(part.countries), "routes": list(part.routes)}
        for part in activity.parts
    ]
    return words


def _activity(row: dict[str, Any]) -> Activity:
    known = _known(Activity, row)
    for name in ("key", "module", "quiz"):
        known[name] = UUID(known[name]) if known.get(name) else None
    known["countries"], known["routes"] = tuple(known.get("countries", ())), tuple(known.get("routes", ()))
    known["parts"] = tuple(_part(part) for part in known.get("parts", ()))
    return Activity(**known)


def _part(row: dict[str, Any]) -> Part:
    known = _known(Part, row)
    return Part(known["units"], tuple(known.get("countries", ())), tuple(known.get("routes", ())))


def _known(kind: type, row: dict[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in row.items() if name in names}
