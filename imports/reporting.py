"""Tells what became of an import: the report as data, and the lines that were not taken as a sheet to mend."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.db.models import Count

from common.tables import safe_cell
from imports.cells import shown
from imports.models import Import, ImportState, StagedRow, Verdict

OPEN = (Verdict.REFUSED, Verdict.ASKED)


def counts(batch: Import) -> dict[str, int]:
    """Return how many lines got each verdict."""
    found = dict(batch.rows.order_by().values_list("verdict").annotate(Count("pk")))
    return {verdict.value: found.get(verdict.value, 0) for verdict in Verdict}


def report(batch: Import) -> dict[str, Any]:
    """Return the report: numbers, each refusal and question with its place, and the merges to be looked at.

    No PIN and no password stands in it: none is made before a slip is printed.
    """
    by_verdict = counts(batch)
    refused = list(_notes(batch, Verdict.REFUSED))
    if batch.trouble:
        refused.insert(0, batch.trouble)
    return {
        "import": str(batch.key),
        "kind": batch.kind,
        "cohort": batch.cohort.code if batch.cohort else "",
        "file": batch.name,
        "state": batch.state,
        "applied": batch.state == ImportState.APPLIED,
        "rows": sum(by_verdict.values()),
        "accepted": by_verdict[Verdict.ACCEPTED] + by_verdict[Verdict.UNCHANGED],
        "unchanged": by_verdict[Verdict.UNCHANGED],
        "refused": refused,
        "asked": list(_notes(batch, Verdict.ASKED)),
        "merges_proposed": batch.left_of("merges"),
        "left_out": [*batch.left_of("rows"), *_left_by_hand(batch)],
        "made": made(batch),
        "mapping": batch.mapping,
    }


def _left_by_hand(batch: Import) -> Iterator[dict[str, Any]]:
    rows = batch.rows.filter(verdict=Verdict.LEFT_OUT).order_by("pk").values_list("sheet", "number")
    for sheet, number in rows:
        yield {"sheet": sheet, "row": number, "reason": str(Verdict.LEFT_OUT.label)}


def made(batch: Import) -> dict[str, int]:
    """Return how much was made, by what it is; before it is applied, how much would be."""
    found = dict.fromkeys(("people", "enrolments", "marks", "trainings"), 0)
    applied = batch.state not in {ImportState.CHECKED, ImportState.CHECKING, ImportState.COLUMNS}
    rows = batch.rows.filter(verdict=Verdict.ACCEPTED)
    for plan, done in rows.values_list("plan", "made").iterator(chunk_size=500):
        one = done if applied else plan
        found["people"] += bool(one.get("person" if applied else "new"))
        found["enrolments"] += bool(one.get("enrolment" if applied else "enrol"))
        found["marks"] += len(one.get("marks") or ())
        found["trainings"] += bool(one.get("past"))
    return found


def _notes(batch: Import, verdict: Verdict) -> Iterator[dict[str, Any]]:
    rows = batch.rows.filter(verdict=verdict).order_by("pk")
    for row in rows.only("sheet", "number", "reasons").iterator(chunk_size=500):
        for note in row.reasons:
            if verdict == Verdict.REFUSED and note["question"]:
                continue
            asked = {"question": note["question"], "choices": note["choices"]} if note["question"] else {}
            yield {
                "sheet": row.sheet,
                "row": row.number,
                "column": note["column"],
                "value": note["value"],
                "reason": note["reason"],
                "remedy": note["remedy"],
                **asked,
            }


class _Echo:
    """A file that gives back what is written: a sheet of thousands of lines leaves as it is made."""

    def write(self, value: str) -> str:
        return value


def rejected_rows(batch: Import, heading: str) -> Iterator[str]:
    """Yield a CSV of the lines that were refused or ask something, as they were, with the reasons in a last column.

    No cell is taken for a formula by the program that opens it.
    """
    yield "\ufeff"
    writer = csv.writer(_Echo())
    titles = {letter: title for sheet in batch.sheets for letter, title in sheet["titles"].items()}
    letters = sorted(titles, key=lambda letter: (len(letter), letter))
    yield writer.writerow([safe_cell(titles[letter]) for letter in letters] + [safe_cell(heading)])
    for row in batch.rows.filter(verdict__in=OPEN).order_by("pk").iterator(chunk_size=500):
        yield writer.writerow(
            [*(safe_cell(shown(row.cells.get(letter))) for letter in letters), _reasons(row)]
        )


def _reasons(row: StagedRow) -> object:
    return safe_cell(" · ".join(f"{note['reason']} {note['remedy']}".strip() for note in row.reasons))
