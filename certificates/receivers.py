"""Hears of completions, and of people who completed their details."""

from typing import Any

from django.dispatch import receiver

from accounts.events import profile_saved
from accounts.models import Person
from certificates.services import issue_for_person, issue_if_eligible
from learning.events import course_completed
from learning.models import Completion


@receiver(course_completed)
def course_was_completed(sender: type, completion_id: int, **kwargs: Any) -> None:
    """Issue at once what may be issued at once."""
    issue_if_eligible(completion=Completion.objects.select_related("enrolment__person").get(pk=completion_id))


@receiver(profile_saved)
def details_were_saved(sender: type, person_id: int, **kwargs: Any) -> None:
    """Issue what waited for a name."""
    issue_for_person(person=Person.objects.get(pk=person_id))
