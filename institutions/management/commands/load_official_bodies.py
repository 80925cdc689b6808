"""Load the official catalogue of public bodies: what is missing, and what its file says anew; edited entries stay."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from institutions import official
from programme.models import Country


class Command(BaseCommand):
    """Idempotent; part of `load_starter`, and alone for a site that wants a newer catalogue and nothing else."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what was done."""
        if not Country.objects.exists():
            raise CommandError("No countries yet: run load_starter first.")
        done, edited = official.load()
        for outcome, count in sorted(done.items()):
            self.stdout.write(f"{count:5} {outcome}")
        for name in edited:
            self.stdout.write(f"      {name}")
