"""Remembers what the loader made, so that it never writes over a trainer's edit and never twice."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from home.models import StarterRecord

MADE = "made"
RENEWED = "renewed"
KEPT = "kept"
EDITED = "edited by hand, left alone"


def digest_of(content: Any) -> str:
    """Return the SHA-256 (hex) of what a starter file says."""
    text = json.dumps(content, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class Report:
    """How many things were made, renewed, kept, or left to their editors."""

    counts: Counter[str] = field(default_factory=Counter)
    edited: list[str] = field(default_factory=list)

    def note(self, outcome: str, name: str) -> None:
        """Count one thing."""
        self.counts[outcome] += 1
        if outcome == EDITED:
            self.edited.append(name)


def row(model: type[models.Model], report: Report, *, lookup: dict[str, Any], fields: dict[str, Any]) -> Any:
    """Make a plain row that is not there yet; one that is there belongs to its editors."""
    found, created = model._default_manager.get_or_create(**lookup, defaults=fields)
    report.note(MADE if created else KEPT, str(found))
    return found


def revised(
    name: str,
    content: Any,
    report: Report,
    *,
    find: Callable[[], Any],
    make: Callable[[], Any],
    fill: Callable[[Any], None],
    publish: bool = True,
) -> Any:
    """Make or renew something with revisions (a page, a question, a quiz) from `content`, and publish it.

    Found but changed since by somebody else: returned as it is.
    """
    digest = digest_of(content)
    record = StarterRecord.objects.filter(name=name).first()
    thing = find()
    if thing is not None and (record is None or thing.latest_revision_id != record.revision_id):
        report.note(EDITED, name)
        return thing
    if record is not None and (thing is None or record.digest == digest):
        report.note(KEPT, name)
        return thing
    report.note(MADE if thing is None else RENEWED, name)
    thing = make() if thing is None else thing
    fill(thing)
    revision = thing.save_revision()
    if publish:
        revision.publish()
    StarterRecord.objects.update_or_create(
        name=name, defaults={"digest": digest, "object_id": thing.pk, "revision_id": revision.pk}
    )
    return thing
