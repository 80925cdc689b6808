"""Hears what happens in the rooms below, and in this one."""

from typing import Any

from django.dispatch import receiver

from accounts.events import people_parted, profile_saved
from accounts.models import Person, PersonMerge
from assessments.events import attempt_marked
from courses.events import version_published
from learning.events import seat_freed
from learning.following import follow_later
from learning.joining import fill_seats
from learning.models import Cohort
from learning.parting import give_back
from learning.services import credit_quiz
from learning.snapshot import fill_blanks


@receiver(attempt_marked)
def attempt_was_marked(sender: type, attempt_id: int, **kwargs: Any) -> None:
    """Let a passed quiz complete its activity."""
    from assessments.models import Attempt

    credit_quiz(attempt=Attempt.objects.get(pk=attempt_id))


@receiver(profile_saved)
def details_were_saved(sender: type, person_id: int, **kwargs: Any) -> None:
    """Add to the enrolments what the person had not said yet."""
    fill_blanks(person=Person.objects.get(pk=person_id))


@receiver(people_parted)
def one_became_two(sender: type, merge_id: int, **kwargs: Any) -> None:
    """Give each what she did within the other's course."""
    give_back(merge=PersonMerge.objects.get(pk=merge_id))


@receiver(version_published)
def version_was_published(sender: type, version_id: int, **kwargs: Any) -> None:
    """Let those in progress follow the new version, in the background."""
    follow_later(version_id=version_id)


@receiver(seat_freed)
def seat_was_freed(sender: type, cohort_id: int, **kwargs: Any) -> None:
    """Let the next of the waiting list in."""
    fill_seats(cohort=Cohort.objects.get(pk=cohort_id))
