"""Hears what happens in the rooms below."""

from typing import Any

from django.dispatch import receiver

from assessments.events import attempt_marked
from courses.events import version_published
from learning.following import follow_later
from learning.services import credit_quiz


@receiver(attempt_marked)
def attempt_was_marked(sender: type, attempt_id: int, **kwargs: Any) -> None:
    """Let a passed quiz complete its activity."""
    from assessments.models import Attempt

    credit_quiz(attempt=Attempt.objects.get(pk=attempt_id))


@receiver(version_published)
def version_was_published(sender: type, version_id: int, **kwargs: Any) -> None:
    """Let those in progress follow the new version, in the background."""
    follow_later(version_id=version_id)
