"""Imports a sheet from the command line: a dry run unless `--apply`, with a report as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError, CommandParser

from imports.applying import apply_all
from imports.models import Import, ImportKind, ImportState
from imports.reporting import report
from imports.staging import dry_run, stage
from learning.models import Cohort


class Command(BaseCommand):
    """Reads people, attendance or trainings of before out of a sheet. Prints numbers, never a name or a secret."""

    help = "Import a sheet of people, attendance or trainings of before: a dry run, unless --apply is given."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what is read, how, and where the report goes."""
        parser.add_argument("file", help="the sheet: .xlsx or .csv")
        parser.add_argument("--kind", required=True, choices=ImportKind.values, help="what its lines are")
        parser.add_argument("--cohort", default="", help="code of the group into which people are enrolled")
        parser.add_argument("--mapping", default="", help="JSON file with columns, values and answers")
        parser.add_argument(
            "--apply", action="store_true", help="apply what is accepted; without it nothing changes"
        )
        parser.add_argument("--report", required=True, help="where the report is written, as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, apply if asked to, report."""
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        batch = self._stage(path, options)
        if batch.state != ImportState.REFUSED:
            dry_run(batch=batch)
        if options["apply"] and batch.state == ImportState.CHECKED:
            apply_all(batch=batch)
        batch.refresh_from_db()
        said = report(batch)
        text = json.dumps(said, ensure_ascii=False, indent=2, default=str)
        Path(options["report"]).write_text(text, encoding="utf-8")
        self._tell(batch, said)

    def _stage(self, path: Path, options: dict[str, Any]) -> Import:
        cohort = self._cohort(options["cohort"], options["kind"])
        mapping = self._mapping(options["mapping"])
        with path.open("rb") as opened:
            return stage(
                kind=options["kind"],
                file=File(opened, name=path.name),
                by=None,
                cohort=cohort,
                mapping=mapping,
            )

    def _cohort(self, code: str, kind: str) -> Cohort | None:
        if not code:
            if kind == ImportKind.ATTENDANCE:
                raise CommandError("Attendance is of a group: give its code with --cohort.")
            return None
        cohort = Cohort.objects.filter(code=code).select_related("institution", "country").first()
        if cohort is None:
            raise CommandError(f"No group has the code {code}.")
        return cohort

    def _mapping(self, name: str) -> dict[str, Any]:
        if not name:
            return {}
        try:
            said = json.loads(Path(name).read_text(encoding="utf-8-sig"))
        except (OSError, ValueError) as error:
            raise CommandError(f"The mapping file {name} cannot be read: {error}") from None
        if not isinstance(said, dict) or not all(isinstance(part, dict) for part in said.values()):
            raise CommandError(
                f"The mapping file {name} is no object of objects: see docs/reference/imports.md."
            )
        return said

    def _tell(self, batch: Import, said: dict[str, Any]) -> None:
        words = "applied" if said["applied"] else "dry run, nothing applied"
        self.stdout.write(
            f"{words}: {said['rows']} rows, {said['accepted']} accepted ({said['unchanged']} unchanged), "
            f"{len(said['refused'])} refusals, {len(said['asked'])} questions, "
            f"{len(said['merges_proposed'])} merges proposed"
        )
        if batch.state == ImportState.REFUSED:
            raise CommandError(f"The file was refused: {batch.trouble.get('reason', '')}")
