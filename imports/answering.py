"""Keeps what somebody answered of a sheet: meanings, people, lines left out; the same file, brought again, has it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from imports.models import Import
from imports.words import SKIP

# What was said of one file alone. What its columns are is remembered by its headers (imports.staging.remember).
OF_THE_FILE = ("values", "defaults", "answers")
LEAVE = "leave"
# As `imports.planning` names a line.
TOKEN = re.compile(r"[0-9a-f]{16}(?:-\d{1,5})?")


def answered_before(batch: Import) -> dict[str, Any]:
    """Return what the same person said of the very same file, for the same group, the last time she brought it."""
    if batch.by is None:
        return {}
    same = Import.objects.filter(
        kind=batch.kind, sha256=batch.sha256, cohort=batch.cohort, by__canonical=batch.by.canonical_id
    )
    last = same.exclude(pk=batch.pk).exclude(mapping={}).order_by("-made_at", "-pk").first()
    return {part: last.mapping[part] for part in OF_THE_FILE if part in last.mapping} if last else {}


def answer(*, batch: Import, answers: dict[str, str]) -> None:
    """Keep answers to what was asked. Raises nothing: what is no choice is asked again when the lines are checked."""
    _keep(batch, {**batch.mapping.get("answers", {}), **{key: said for key, said in answers.items() if said}})


def leave_out(*, batch: Import, shown: Iterable[str], out: Iterable[str]) -> None:
    """Leave lines out, by their tokens: of those that were `shown`, those in `out` and no others."""
    answers = {**batch.mapping.get("answers", {})}
    there = {token for token in shown if TOKEN.fullmatch(token)}
    for token in there:
        answers.pop(leave_key(token), None)
    _keep(batch, answers | {leave_key(token): SKIP for token in there.intersection(out)})


def forget(*, batch: Import) -> None:
    """Let everything be asked again, of this sheet and whenever it is brought again."""
    batch.mapping = {part: said for part, said in batch.mapping.items() if part not in {"answers", "values"}}
    batch.save(update_fields=["mapping"])


def leave_key(token: str) -> str:
    """Return the key under which somebody says that a line is left out."""
    return f"{LEAVE}:{token}"


def _keep(batch: Import, answers: dict[str, str]) -> None:
    batch.mapping = {**batch.mapping, "answers": answers}
    batch.save(update_fields=["mapping"])
