"""Compares what the tables hold about people before and after something was done to pages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from assessments.models import Attempt, AttemptAnswer, FrozenQuestion, QuizVersion
from certificates.models import Certificate
from courses.models import CourseVersion
from learning.models import (
    ActivityCompletion,
    ActivitySkip,
    Completion,
    CompletionAnnulment,
    Enrolment,
    Reflection,
)

LEARNERS_TABLES: tuple[type[Model], ...] = (
    Enrolment,
    ActivityCompletion,
    ActivitySkip,
    Reflection,
    Completion,
    CompletionAnnulment,
    Attempt,
    AttemptAnswer,
    Certificate,
)
# Rows may be added here by a publication; those that are there never change and never go.
FROZEN_TABLES: tuple[type[Model], ...] = (CourseVersion, QuizVersion, FrozenQuestion)

Snapshot = dict[str, tuple[int, str]]


def _digest(rows: list[dict]) -> str:
    return hashlib.sha256(json.dumps(rows, cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()


def records_snapshot() -> Snapshot:
    """Return count and SHA-256 of every table that holds what learners did."""
    found = {}
    for model in LEARNERS_TABLES:
        rows = list(model._base_manager.order_by("pk").values())
        found[model._meta.label] = (len(rows), _digest(rows))
    return found


def frozen_rows() -> dict[tuple[str, int], str]:
    """Return the SHA-256 of every frozen row."""
    return {
        (model._meta.label, row["id"]): _digest([row])
        for model in FROZEN_TABLES
        for row in model._base_manager.values()
    }


@contextmanager
def records_unchanged() -> Iterator[None]:
    """Fail if anything that learners did, or anything frozen, is different after the block."""
    before, frozen = records_snapshot(), frozen_rows()
    yield
    assert records_snapshot() == before
    after = frozen_rows()
    assert {row: after.get(row) for row in frozen} == frozen
