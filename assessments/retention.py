"""Whether a question or quiz must stay: what was ever in a frozen quiz is retired, never deleted."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import Model

from assessments.models import FrozenQuestion, Question, Quiz, QuizVersion


class AskedError(PermissionDenied):
    """Raised where what learners may have been asked would be deleted, by whatever way."""


def must_stay(instance: Model) -> bool:
    """Say whether `instance`, in any of its languages, ever stood in a `QuizVersion`."""
    if isinstance(instance, Question):
        return FrozenQuestion.objects.filter(question_key=instance.translation_key).exists()
    if isinstance(instance, Quiz):
        return QuizVersion.objects.of_quiz(instance.translation_key).exists()
    return False


def those_that_stay(instances: Iterable[Model]) -> list[Model]:
    """Return those of `instances` that must not be deleted."""
    return [instance for instance in instances if must_stay(instance)]


def keep_asked(instance: Model) -> None:
    """Raise AskedError for what must not be deleted."""
    if must_stay(instance):
        raise AskedError(f"{instance} stood in a frozen quiz: unpublish it instead.")
