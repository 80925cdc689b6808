"""Hears of completions, and of people who completed their details."""

from typing import Any

from django.dispatch import receiver

from accounts.events import people_merged, people_parted, profile_saved
from accounts.models import Person, PersonMerge
from certificates import parting
from certificates.services import issue_for_person, issue_if_eligible, revoke_annulled
from learning.events import completion_annulled, course_completed
from learning.models import Completion


@receiver(course_completed)
def course_was_completed(sender: type, completion_id: int, **kwargs: Any) -> None:
    """Issue at once what may be issued at once."""
    issue_if_eligible(completion=Completion.objects.select_related("enrolment__person").get(pk=completion_id))


@receiver(completion_annulled)
def completion_was_annulled(sender: type, completion_id: int, **kwargs: Any) -> None:
    """Revoke the certificate of a completion that two people annulled."""
    revoke_annulled(completion=Completion.objects.select_related("annulment").get(pk=completion_id))


@receiver(profile_saved)
def details_were_saved(sender: type, person_id: int, **kwargs: Any) -> None:
    """Issue what waited for a name."""
    issue_for_person(person=Person.objects.get(pk=person_id))


@receiver(people_merged)
def two_became_one(sender: type, merge_id: int, **kwargs: Any) -> None:
    """Issue what waited for details that the other record had."""
    issue_for_person(person=Person.objects.get(merges_away=merge_id))


@receiver(people_parted)
def one_became_two(sender: type, merge_id: int, **kwargs: Any) -> None:
    """Take from each what was issued in the other's name."""
    parting.put_right(merge=PersonMerge.objects.get(pk=merge_id))
