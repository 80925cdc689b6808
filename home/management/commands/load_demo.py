"""Load the demo: the cast's accounts and learners in every state, all invented and marked as demo."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from courses.models import Course
from home.demo.load import COURSE, load
from home.demo.table import as_text


class Command(BaseCommand):
    """Idempotent: who is there is left alone. Refused where SENDA_DEMO_ALLOWED is off, as in production."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and print the accounts the first time; afterwards say where they are kept."""
        if not getattr(settings, "SENDA_DEMO_ALLOWED", False):
            raise CommandError("The demo's passwords are known to everybody: these settings refuse it.")
        if not Course.objects.filter(code=COURSE, versions__isnull=False).exists():
            raise CommandError(f"The demo needs the course {COURSE}. Run load_starter first.")
        with translation.override(settings.LANGUAGE_CODE):
            loaded = load()
        kept = Path(settings.VAR_DIR) / "demo-accounts.txt"
        if loaded.made or not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(as_text(), encoding="utf-8")
            self.stdout.write(as_text())
            self.stdout.write(f"{len(loaded.made)} people made. These accounts are kept in {kept}")
        else:
            self.stdout.write(f"The demo is there already. Its accounts are kept in {kept}")
