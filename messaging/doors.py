"""Answers what the learners' room asks of this one: what is offered beside a group, its people and its sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from learning import beside
from messaging.calendars import feed_address

if TYPE_CHECKING:
    from learning.models import Cohort, Enrolment


def register() -> None:
    """Put this room's offers at the door."""
    beside.register(beside.Beside(group=_group, person=_person, sessions=_sessions))


def _group(cohort: Cohort) -> list[beside.Link]:
    address = reverse("messaging:messages", kwargs={"cohort": cohort.key})
    return [beside.Link(address, _("Messages"))]


def _person(enrolment: Enrolment) -> str:
    if enrolment.cohort is None:
        return ""
    return f"{reverse('messaging:write', kwargs={'cohort': enrolment.cohort.key})}?a={enrolment.key}"


def _sessions(enrolment: Enrolment) -> list[beside.Link]:
    if enrolment.cohort_id is None:
        return []
    return [beside.Link(feed_address(enrolment), _("Put the sessions into my calendar"))]
