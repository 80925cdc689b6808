"""Reads questions of GIFT, Moodle XML or QTI, says what was understood, changed and refused, and takes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.exchange.files import Format
from assessments.exchange.items import BadFile
from assessments.exchange.taking import Report, take_file
from assessments.exchange.words import say
from courses.teams import bank_of


class Command(BaseCommand):
    """A dry run, unless `--apply` is given. What is taken are drafts, which no quiz asks yet."""

    help = "Reads questions from a file: a dry run, unless --apply is given."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what is read, how, into which bank, and where the report goes."""
        parser.add_argument("file", help="the file")
        parser.add_argument(
            "--format", required=True, choices=[str(each) for each in Format], help="its format"
        )
        parser.add_argument(
            "--course", default="", help="code of the course whose bank it is; none: shared by all"
        )
        parser.add_argument("--apply", action="store_true", help="take them; without it nothing changes")
        parser.add_argument("--report", required=True, help="where the report is written, as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, take if asked to, report."""
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        collection = bank_of(options["course"])
        if collection is None:
            raise CommandError(f"There is no course {options['course']}.")
        try:
            report = take_file(
                data=path.read_bytes(),
                form=Format(options["format"]),
                collection=collection,
                by=None,
                apply=options["apply"],
            )
        except BadFile as bad:
            where = f" ({bad.where})" if bad.where else ""
            self._write(options["report"], Report())
            raise CommandError(f"{say(bad.why)}{where}") from bad
        self._write(options["report"], report)
        counts = f"{len(report.understood)} understood, {len(report.changed)} changed, {len(report.refused)} refused"
        self.stdout.write(f"{counts}; {report.made} {'made' if options['apply'] else 'to be made'}")

    def _write(self, name: str, report: Report) -> None:
        text = json.dumps(report.as_json(), ensure_ascii=False, indent=2)
        Path(name).write_text(text, encoding="utf-8")
