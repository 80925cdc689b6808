"""Freezes every published quiz from its state, and says which questions are left out and why."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from assessments.freezing import compose
from assessments.models import Quiz
from assessments.services import freeze_quiz
from assessments.wording import left_out_words


class Command(BaseCommand):
    """Reach by state what the receivers reach by events. Running it again changes nothing."""

    help = "Freezes every published quiz whose questions, key or limits changed since its newest version."

    def handle(self, *args: Any, **options: Any) -> None:
        """Freeze one quiz after another."""
        quizzes = {
            quiz.translation_key: quiz for quiz in Quiz.objects.filter(live=True).order_by("-locale_id")
        }
        for quiz in quizzes.values():
            version = freeze_quiz(quiz=quiz)
            state = f"version {version.number}" if version else "nothing to ask"
            self.stdout.write(f"{quiz.title}: {state}")
            for left_out in compose(quiz=quiz).left_out:
                self.stdout.write(f"  {left_out_words(left_out)}")
