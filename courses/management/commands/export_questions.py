"""Writes the questions of a bank as GIFT, Moodle XML or QTI: the same bytes for the same questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.exchange.files import WAYS, Format
from assessments.exchange.giving import given
from assessments.exchange.words import say
from assessments.models import Question
from courses.teams import bank_of


class Command(BaseCommand):
    """All questions of a course's bank, or of all banks, in the language in which they were written."""

    help = "Writes the questions of a bank to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say where to, in which format, and of which course."""
        parser.add_argument("file", help="where they are written")
        parser.add_argument(
            "--format", required=True, choices=[str(each) for each in Format], help="the format"
        )
        parser.add_argument("--course", default="", help="code of the course; none: the questions of all")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file, and say what it does not hold."""
        questions = Question.objects.all()
        if options["course"]:
            collection = bank_of(options["course"])
            if collection is None:
                raise CommandError(f"There is no course {options['course']}.")
            questions = questions.filter(collection=collection)
        data, told = WAYS[Format(options["format"])].write(given(questions))
        Path(options["file"]).write_bytes(data)
        for each in told:
            self.stdout.write(f"{each.name}: {say(each.why)}")
