"""Makes the index of names anew, once the server allows trigrams, and puts searched names in order."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from accounts import name_index
from accounts.models import Person
from accounts.querysets import refolded


class Command(BaseCommand):
    """May be run at any time and twice."""

    help = "Make the index by which people are found by name, and put the searched names in order."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do both and say what was done."""
        looked_at = refolded(Person.objects.not_erased().only("pk", "certificate_name", "display_name"))
        made = name_index.build(connection) or "none needed on this database"
        self.stdout.write(f"{looked_at} names in order; index: {made}")
