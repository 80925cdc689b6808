"""Ends what is past its term, or only says what would be ended."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import retention
from common.clock import now


class Command(BaseCommand):
    """The terms."""

    help = "Counts, or ends, what is kept longer than its term, and writes a report."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add whether it is meant."""
        either = parser.add_mutually_exclusive_group(required=True)
        either.add_argument("--dry-run", action="store_true", help="only count")
        either.add_argument("--apply", action="store_true", help="do it; it cannot be undone")
        parser.add_argument("--report", type=Path, help="write the report to this file, as JSON")

    def handle(self, *args: Any, dry_run: bool, report: Path | None, **options: Any) -> None:
        """Run every rule and report on each."""
        at = now()
        outcomes = retention.run(dry_run=dry_run, at=at)
        for each in outcomes:
            term = f"older than {each.older_than[:10]}" if each.older_than else "no term set"
            self.stdout.write(f"{each.rule}: {each.what}, {term}: {each.found} found, {each.ended} ended")
        if report:
            made = {"at": at.isoformat(), "dry_run": dry_run, "rules": [asdict(each) for each in outcomes]}
            report.write_text(json.dumps(made, indent=1), encoding="utf-8")
        failed = [each.rule for each in outcomes if each.failed]
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. The others are done.")
