"""Load the starter content: countries, sources, support lines, information and help pages, the starter courses."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.services import frozen_together
from home.starter import records
from home.starter.courses import load_course
from home.starter.files import course_folders
from home.starter.groups import make_groups
from home.starter.indexing import indexed_at_the_end
from home.starter.media import Shelf
from home.starter.site import lay_ground, load_pages
from home.starter.translations import load_translations
from home.starter.workflow import make_workflow
from institutions import official


class Command(BaseCommand):
    """Idempotent; what a trainer has edited is left alone and named in the report."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Let who loads it choose the courses."""
        parser.add_argument(
            "--course", action="append", metavar="CODE", help="only this one; may be repeated"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load everything and say what was done."""
        folders = _chosen(options["course"])
        report = records.Report()
        with indexed_at_the_end():
            _load(folders, report)
        for outcome, count in sorted(report.counts.items()):
            self.stdout.write(f"{count:5} {outcome}")
        for name in report.edited:
            self.stdout.write(f"      {name}")


def _load(folders: list[Path], report: records.Report) -> None:
    home, index = lay_ground(report)
    _load_official_bodies(report)
    make_groups(report)
    make_workflow(index, report)
    load_pages(home, report, resolve=Shelf(None, report))
    with frozen_together():
        for folder in folders:
            load_course(folder, index, report)
        load_translations(report, folders)


def _load_official_bodies(report: records.Report) -> None:
    done, edited = official.load()
    report.counts.update(done)
    report.edited += edited


def _chosen(codes: list[str] | None) -> list[Path]:
    folders = {folder.name: folder for folder in course_folders()}
    unknown = sorted(set(codes or ()) - set(folders))
    if unknown:
        raise CommandError(f"No starter course {', '.join(unknown)}. There are {', '.join(folders)}.")
    return [folder for code, folder in folders.items() if not codes or code in codes]
