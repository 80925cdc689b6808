"""Takes a sheet in: keeps the file where nobody fetches it, reads it, and writes its lines down to be planned.

Nothing of what the sheet says is applied here. A file that cannot be read is refused whole, with the place and the
remedy.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files import File
from django.db import transaction
from django_tasks import task

from common import clock
from imports import answering
from imports import columns as naming
from imports.cells import packed
from imports.columns import ColumnMapping, Kind
from imports.headers import is_of_a_document, plain
from imports.layout import Layout, lay_out
from imports.line_cells import Settled, settle, together
from imports.models import Import, ImportKind, ImportState, RememberedMapping, StagedRow, Verdict
from imports.planning import Planner
from imports.reading import FileFault, Row, Unreadable, letter, read
from imports.reading_lines import answers_of, line_of, mapping_of
from imports.values import Custom
from imports.words_of_sheets import BadMapping, say_left_out, say_unreadable

if TYPE_CHECKING:
    from accounts.models import Person
    from learning.models import Cohort

A_CHUNK = 200
LEFT_AT_MOST = 500
NAME_AT_MOST = 200
SHEET_AT_MOST = 80
PASSED_OVER = frozenset({FileFault.EMPTY, FileFault.NO_HEADER})


@dataclass(frozen=True)
class Table:
    """A sheet of the file with its columns, and what each of them is."""

    name: str
    layout: Layout
    mapping: ColumnMapping

    def as_json(self) -> dict[str, Any]:
        """Return what is kept of it with the import."""
        return {
            "name": self.name,
            "fingerprint": naming.fingerprint(self.layout.columns),
            "titles": {column.letter: column.whole for column in self.layout.columns if column.whole},
            "columns": dict(self.mapping.columns),
        }


def stage(
    *,
    kind: str,
    file: File[bytes],
    by: Person | None,
    cohort: Cohort | None = None,
    mapping: dict[str, Any] | None = None,
) -> Import:
    """Keep a file that somebody brought and propose what its columns are. The state says whether it can be read."""
    batch = Import(
        kind=kind,
        cohort=cohort,
        name=Path(file.name or "").name[:NAME_AT_MOST],
        sha256=_digest(file),
        mapping=mapping or {},
        by=by,
        made_at=clock.now(),
    )
    batch.mapping = batch.mapping or answering.answered_before(batch)
    batch.save()
    batch.file.save(batch.name, file)
    try:
        batch.sheets = [table.as_json() for table in tables(batch)]
    except (Unreadable, BadMapping) as refusal:
        _refuse(batch, refusal)
    batch.save(update_fields=["sheets", "state", "trouble"])
    return batch


def _digest(file: File[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _refuse(batch: Import, refusal: Unreadable | BadMapping) -> None:
    batch.state = ImportState.REFUSED
    batch.trouble = say_unreadable(refusal)


def tables(batch: Import) -> Iterator[Table]:
    """Yield the sheets of the file that have columns of this kind, each laid out; lines are read as they are asked.

    A sheet without a header (instructions, a logo) is passed over. Raises Unreadable where no sheet has any.
    """
    book = read(Path(batch.file.path), batch.name)
    found, first = 0, None
    for sheet in book.sheets:
        try:
            layout = lay_out(sheet)
        except Unreadable as refusal:
            if refusal.fault not in PASSED_OVER:
                raise
            first = first or refusal
            continue
        found += 1
        proposed = naming.propose(
            layout.columns, Kind(batch.kind), remembered(batch.kind, layout), layout.above
        )
        try:
            mapping = mapping_of(batch.mapping, proposed, batch.kind)
        except ValueError as error:
            raise BadMapping(str(error)) from None
        yield Table(sheet.name, layout, mapping)
    if not found:
        raise first or Unreadable(FileFault.EMPTY)


def remembered(kind: str, layout: Layout) -> dict[str, str]:
    """Return what somebody said of a sheet with these headers before: field by header."""
    digest = naming.fingerprint(layout.columns)
    kept = RememberedMapping.objects.filter(kind=kind, fingerprint=digest).first()
    return kept.mapping if kept else {}


def remember(*, batch: Import) -> None:
    """Keep what the columns of this sheet are, for the next sheet with the same headers. Answers are not kept."""
    said = batch.mapping.get("columns", {})
    for sheet in batch.sheets[:1]:
        kept = {plain(title): said[letter] for letter, title in sheet["titles"].items() if letter in said}
        RememberedMapping.objects.update_or_create(
            kind=batch.kind,
            fingerprint=sheet["fingerprint"],
            defaults={"mapping": kept, "by": batch.by, "said_at": clock.now()},
        )


def begin_check(*, batch: Import) -> None:
    """Let the lines be read and planned in the background. Asked twice it begins anew: nothing is applied by it."""
    startable = [ImportState.COLUMNS, ImportState.CHECKED, ImportState.CHECKING]
    if Import.objects.filter(pk=batch.pk, state__in=startable).update(state=ImportState.CHECKING):
        transaction.on_commit(lambda: check_in_background.enqueue(batch=batch.pk))


@task()
def check_in_background(batch: int) -> int:
    """Read and plan the lines of an import that waits for it. Returns how many there are."""
    row = Import.objects.select_related("cohort", "by").filter(pk=batch, state=ImportState.CHECKING).first()
    return dry_run(batch=row) if row else 0


def dry_run(*, batch: Import) -> int:
    """Read the whole file again, write its lines down and plan each; returns how many there are.

    Done again it forgets the former lines: none of them was applied.
    """
    if batch.rows.filter(applied_at__isnull=False).exists():
        return 0
    batch.rows.all().delete()
    batch.left, batch.trouble = [], {}
    planner, count = Planner(batch), 0
    try:
        customs = together([_settled(batch, table) for table in tables(batch)])
        for table, custom in zip(tables(batch), customs, strict=True):
            count += _check(batch, table, planner, custom)
        _hold_back(batch, planner)
        if not count:
            raise Unreadable(FileFault.NO_LINES)
    except (Unreadable, BadMapping) as refusal:
        batch.rows.all().delete()
        _refuse(batch, refusal)
    else:
        batch.state = ImportState.CHECKED
    batch.save(update_fields=["state", "left", "trouble"])
    return count


def _settled(batch: Import, table: Table) -> Settled:
    """Read a sheet once for what it settles as a whole: what «M» means beside «F», which number is the day."""
    titles = {column.letter: column.title for column in table.layout.columns}
    return settle(table.layout.data, table.mapping, answers_of(batch.mapping), titles=titles)


def _check(batch: Import, table: Table, planner: Planner, custom: Custom) -> int:
    count = 0
    columns = table.layout.columns
    unkept = {column.index for column in columns if is_of_a_document(column.whole)}
    for chunk in _chunks(table.layout.data):
        rows = [_row(batch, table.name, each, unkept) for each in chunk]
        lines = [line_of(each, table.name, table.mapping, custom, columns, batch.mapping) for each in chunk]
        merges = planner.plan(rows, lines)
        with transaction.atomic():
            StagedRow.objects.bulk_create(rows)
        count += len(rows)
        _note(batch, "merges", merges)
    _note(batch, "rows", [say_left_out(table.name, left) for left in table.layout.left_out])
    return count


def _hold_back(batch: Import, planner: Planner) -> None:
    """Ask of lines that contradict others: which of them comes first in the file settles nothing."""
    for ref, notes in planner.disputed().items():
        sheet, _colon, number = ref.rpartition(":")
        row = batch.rows.get(sheet=sheet[:SHEET_AT_MOST], number=int(number))
        row.reasons = [*row.reasons, *(note.as_json() for note in notes)]
        row.verdict = row.verdict if row.verdict == Verdict.REFUSED else Verdict.ASKED
        row.save(update_fields=["reasons", "verdict"])


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rows = iter(rows)
    while chunk := list(islice(rows, A_CHUNK)):
        yield chunk


def _row(batch: Import, sheet: str, read_row: Row, unkept: Collection[int]) -> StagedRow:
    cells = {
        letter(index): packed(cell)
        for index, cell in enumerate(read_row.cells)
        if cell is not None and index not in unkept
    }
    return StagedRow(
        batch=batch,
        sheet=sheet[:SHEET_AT_MOST],
        number=read_row.number,
        cells=cells,
        hidden=bool(read_row.hidden),
    )


def _note(batch: Import, part: str, said: list[dict[str, Any]]) -> None:
    free = LEFT_AT_MOST - len(batch.left)
    batch.left += [{"part": part, "said": each} for each in said[: max(0, free)]]


def map_columns(
    *, batch: Import, columns: dict[str, str], more: dict[str, dict[str, str]] | None = None
) -> None:
    """Keep what each column is, remember it for the next sheet with the same headers, and check the lines."""
    mapping = {**batch.mapping, "columns": columns}
    for part, said in (more or {}).items():
        mapping[part] = {**mapping.get(part, {}), **said}
    batch.mapping = mapping
    batch.save(update_fields=["mapping"])
    if batch.kind in ImportKind.values:
        remember(batch=batch)
    begin_check(batch=batch)
