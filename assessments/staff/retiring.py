"""Says, beside the button that retires a question, what becomes of the quizzes and attempts that ask it."""

from __future__ import annotations

from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast
from wagtail.snippets.views.snippets import UnpublishView

from assessments.models import Attempt, Question, Quiz
from assessments.services import listed_ids


def open_attempts(question: Question) -> int:
    """Return how many attempts that are not handed in ask a question. SQLite cannot look into a JSON list."""
    rows = Attempt.objects.filter(submitted_at__isnull=True).annotate(keys=Cast("questions", TextField()))
    return rows.filter(keys__contains=f'"{question.translation_key}"').count()


class RetireQuestionView(UnpublishView):
    """Asks whether a question is retired, with what that changes and what it leaves."""

    template_name = "assessments/staff/retire.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the quizzes that list it and the attempts that ask it just now."""
        quizzes = [quiz for quiz in Quiz.objects.only("items", "title") if self.object.pk in listed_ids(quiz)]
        more = {"quizzes": quizzes, "open_attempts": open_attempts(self.object)}
        return super().get_context_data(**kwargs) | more
