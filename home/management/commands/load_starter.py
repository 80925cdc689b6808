"""Load the starter content: countries, sources, support lines, information and help pages, the starter courses."""

from typing import Any

from django.core.management.base import BaseCommand

from home.starter import records
from home.starter.courses import load_course
from home.starter.files import course_folders
from home.starter.groups import make_groups
from home.starter.media import Shelf
from home.starter.site import lay_ground, load_pages
from home.starter.translations import load_translations


class Command(BaseCommand):
    """Idempotent; what a trainer has edited is left alone and named in the report."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Load everything and say what was done."""
        report = records.Report()
        home, index = lay_ground(report)
        make_groups(report)
        load_pages(home, report, resolve=Shelf(None, report))
        for folder in course_folders():
            load_course(folder, index, report)
        load_translations(report)
        for outcome, count in sorted(report.counts.items()):
            self.stdout.write(f"{count:5} {outcome}")
        for name in report.edited:
            self.stdout.write(f"      {name}")
