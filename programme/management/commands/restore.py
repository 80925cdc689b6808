"""Brings a backup into an empty site: a new database, a new folder."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from programme import backups


class Command(BaseCommand):
    """The way back."""

    help = "Restores a backup into an empty database and an empty folder, and compares what came out."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Add which backup."""
        parser.add_argument("folder", type=Path, help="the backup's own folder")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Restore, and fail loudly where a count differs."""
        try:
            different = backups.restore(folder=folder)
        except (backups.Refused, OSError) as refusal:
            raise CommandError(f"Nothing was restored. {refusal}") from refusal
        for label, (before, now) in different.items():
            self.stderr.write(f"{label}: {before} in the backup, {now} now")
        if different:
            raise CommandError("The rows do not agree with the backup's list.")
        self.stdout.write("Restored; every count of rows agrees with the backup's list.")
        self.stdout.write(
            "Before the site opens: copy the newest erased.txt into its folder and run reapply_erasures, so that "
            "nobody who was erased since comes back."
        )
