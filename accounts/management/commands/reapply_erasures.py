"""Erases anew whom a restored backup brought back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import erased_list


class Command(BaseCommand):
    """The way to keep a promise after a restore."""

    help = "Erases whoever stands in the list of erased keys and is in the database again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add which list."""
        parser.add_argument("--list", type=Path, help="a copy of erased.txt; without it the site's own")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say how many."""
        given: Path | None = options["list"]
        looked_at = given or erased_list.path()
        if not looked_at.is_file():
            # Silence would look like success, and people who asked to be forgotten would be back.
            raise CommandError(f"{looked_at} is not there. Nobody was erased.")
        self.stdout.write(f"{erased_list.reapply(given)} accounts erased again.")
