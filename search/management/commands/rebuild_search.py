"""Writes the search index anew from the state of the database."""

from typing import Any

from django.core.management.base import BaseCommand

from search.services import rebuild


class Command(BaseCommand):
    """`manage.py rebuild_search`"""

    help = "Write the search index anew. Visitors go on searching the old one until it is done."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, then say what the index holds."""
        self.stdout.write("Rebuilding the search index…")
        done = rebuild()
        for kind, count in done.counts.items():
            self.stdout.write(f"  {kind:<12}{count:>8}")
        self.stdout.write(
            self.style.SUCCESS(f"{done.total} entries in {done.seconds:.1f} s ({done.rate:.0f} a second).")
        )
