"""Keeps nominations: an institution proposes a course to one of its people, and she answers."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class NominationState(models.TextChoices):
    """How a nomination stands. Nobody is enrolled over her head."""

    OPEN = "open", _("Waits for her answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")
    # She accepted, and the group did not take her. She may be proposed again.
    NOT_TAKEN = "not_taken", _("Not taken into the group")


class Nomination(models.Model):
    """That an institution proposed a course to one of its people.

    Once accepted it names the enrolment, and the institution sees of it whether the course was completed and the
    certificate; she is told so before she answers.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institution = models.ForeignKey(
        "institutions.Institution", on_delete=models.PROTECT, related_name="nominations"
    )
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="nominations")
    course = models.ForeignKey("courses.Course", on_delete=models.PROTECT, related_name="nominations")
    # The group that the focal point named. Without one the course is taken at one's own pace.
    cohort = models.ForeignKey(
        "learning.Cohort", null=True, blank=True, on_delete=models.PROTECT, related_name="nominations"
    )
    state = models.CharField(max_length=10, choices=NominationState, default=NominationState.OPEN)
    nominated_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    nominated_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    enrolment = models.ForeignKey(
        "learning.Enrolment", null=True, blank=True, on_delete=models.PROTECT, related_name="nominations"
    )

    class Meta:
        ordering = ["-nominated_at"]
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "person", "course"],
                condition=Q(state="open"),
                name="nominated_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(enrolment__isnull=True) | Q(state="accepted"), name="nomination_accepted_to_enrol"
            ),
        ]
        indexes = [models.Index(fields=["person", "state"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.course_id} {self.state}"
