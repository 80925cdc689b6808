"""Put in order, from the rows, what events should have reached. Running it twice changes nothing more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from programme import nightly


class Command(BaseCommand):
    """The night's work."""

    help = "Runs every step that the apps registered, one after the other, and reports on each."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the steps; end with an error when one of them failed."""
        reports = nightly.run(at=timezone.now())
        for report in reports:
            self.stdout.write(f"{report.name}: {'done' if report.done else 'FAILED'} {report.words}".rstrip())
        failed = [report.name for report in reports if not report.done]
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. The log tells why.")
