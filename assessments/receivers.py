"""Listens to Wagtail and to sign-in. Each line calls a service that may be called again at no harm."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.signals import published, unpublished

from assessments import pending, services
from assessments.models import Question, Quiz
from assessments.retention import keep_asked


@receiver(published, sender=Quiz)
def quiz_published(instance: Quiz, **kwargs: Any) -> None:
    """Freeze the quiz."""
    transaction.on_commit(lambda: services.freeze_quiz(quiz=instance))


@receiver([published, unpublished], sender=Question)
def question_changed(instance: Question, **kwargs: Any) -> None:
    """Freeze the quizzes that ask the question; one retired is asked no more."""
    transaction.on_commit(lambda: services.freeze_quizzes_with(question=instance))


@receiver(pre_delete, sender=Question)
@receiver(pre_delete, sender=Quiz)
def going(instance: Question | Quiz, **kwargs: Any) -> None:
    """Keep what was ever asked: this is the last door, behind every way to delete."""
    keep_asked(instance)


@receiver(user_logged_in)
def signed_in(request: Any, user: Any, **kwargs: Any) -> None:
    """Save what was answered while the session had ended."""
    pending.settle(request=request, person=user.person)
