"""Takes a backup of database, pictures and private files; meant for every night."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from programme import backups


class Command(BaseCommand):
    """The backup."""

    help = "Writes database, pictures and private files, as they are at one moment, into a new folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add where to, and how many stay."""
        parser.add_argument("into", type=Path, help="the folder that holds the backups")
        parser.add_argument("--keep", type=int, default=14, help="how many backups stay, the new one too")

    def handle(self, *args: Any, into: Path, keep: int, **options: Any) -> None:
        """Take one and say where it is."""
        if keep < 1:
            raise CommandError("--keep takes a number from 1.")
        try:
            self.stdout.write(str(backups.take(into=into, keep=keep)))
        except (backups.Refused, OSError) as refusal:
            raise CommandError(f"No backup was taken. {refusal}") from refusal
