"""Computes anew which people may be one and the same."""

from typing import Any

from django.core.management.base import BaseCommand

from institutions.duplicates import suggest


class Command(BaseCommand):
    """May be run at any time and twice. What was decided stays decided."""

    help = "Compute anew which people may be one and the same, by name, institution and year of birth."

    def handle(self, *args: Any, **options: Any) -> None:
        """Search and say what was found."""
        found = suggest()
        self.stdout.write(f"{found.suggested} pairs to look at; {found.compared} compared")
