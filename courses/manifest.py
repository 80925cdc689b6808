"""What one version of a course asks, as plain data: no database, no page.

JSON form: `{"activities": [{…}], "rules": [{…}]}` with keys as hyphenated UUIDs, minutes as whole numbers and
shares in percent. `Manifest.from_json(m.to_json()) == m` for every manifest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any
from uuid import UUID

LESSON = "lesson"
QUIZ = "quiz"
SELF_PACED = "self_paced"
IN_ROOM = "in_room"
BLENDED = "blended"


@dataclass(frozen=True)
class Activity:
    """A lesson or quiz as the version asks it. `countries` empty means all; `minutes` are nominal."""

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

    def concerns(self, country: str) -> bool:
        """Say whether somebody who works in `country` (ISO code) is asked this activity."""
        return not self.countries or country in self.countries

    def requirement(self) -> dict[str, Any]:
        """Return what a learner must do, without what merely describes it (minutes)."""
        words = _plain(self)
        words.pop("minutes")
        return words


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
        return next((activity for activity in self.activities if activity.key == key), None)

    def for_country(self, country: str) -> tuple[Activity, ...]:
        """Return the activities that concern somebody who works in `country`."""
        return tuple(activity for activity in self.activities if activity.concerns(country))

    def rule(self, modality: str) -> Rule:
        """Return the rule of `modality`; where the course does not offer it, the one at one's own pace."""
        named = {rule.modality: rule for rule in self.rules}
        return named.get(modality) or named.get(SELF_PACED) or Rule(SELF_PACED)

    def minutes(self, *, modality: str, country: str) -> int:
        """Return the nominal minutes of the whole course for one modality and country."""
        rule = self.rule(modality)
        alone = sum(a.minutes for a in self.for_country(country) if a.required) if rule.activities else 0
        return alone + rule.room_minutes

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
    words["countries"] = sorted(words["countries"])
    return words


def _activity(row: dict[str, Any]) -> Activity:
    known = _known(Activity, row)
    for name in ("key", "module", "quiz"):
        known[name] = UUID(known[name]) if known.get(name) else None
    known["countries"] = tuple(known.get("countries", ()))
    return Activity(**known)


def _known(kind: type, row: dict[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in row.items() if name in names}
