"""Keeps enrolments: one person, one course, one version, and what a report will need later and may change."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.models.choices import EnrolmentState, EnrolmentWay, Modality
from learning.querysets import EnrolmentQuerySet
from programme.scope import Reader

__all__ = ["Enrolment", "EnrolmentState", "EnrolmentWay", "Modality"]


class Enrolment(models.Model):
    """That a person takes a course. Retaking it is a new row, never an erasure.

    The `at_*` fields are the person's and her institution's state on the day of enrolment.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="enrolments")
    course = models.ForeignKey("courses.Course", on_delete=models.PROTECT, related_name="enrolments")
    version = models.ForeignKey("courses.CourseVersion", on_delete=models.PROTECT, related_name="enrolments")
    cohort = models.ForeignKey(
        "learning.Cohort", null=True, blank=True, on_delete=models.PROTECT, related_name="enrolments"
    )
    modality = models.CharField(max_length=12, choices=Modality, default=Modality.SELF_PACED)
    state = models.CharField(max_length=10, choices=EnrolmentState, default=EnrolmentState.ACTIVE)
    way = models.CharField(max_length=8, choices=EnrolmentWay)
    enrolled_at = models.DateTimeField()
    enrolled_on = models.DateField()
    time_zone = models.CharField(max_length=40)
    enrolled_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    last_activity = models.UUIDField(null=True, blank=True)

    at_country = models.ForeignKey("programme.Country", on_delete=models.PROTECT, related_name="+")
    at_division = models.ForeignKey(
        "programme.Division", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at_institution = models.ForeignKey(
        "institutions.Institution", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at_parent = models.ForeignKey(
        "institutions.Institution", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at_institution_type = models.CharField(max_length=16, blank=True)
    at_sector = models.CharField(max_length=20, blank=True)
    at_route_stages = models.JSONField(default=list)
    at_position = models.CharField(max_length=20, blank=True)
    at_sex = models.CharField(max_length=8, blank=True)
    at_age_band = models.CharField(max_length=8, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["-enrolled_at"]
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course"], condition=Q(state="active"), name="one_enrolment_in_progress"
            )
        ]
        indexes = [models.Index(fields=["course", "state"]), models.Index(fields=["version", "state"])]

    @property
    def reader(self) -> Reader:
        """Return for whom every rule of scope is evaluated within this enrolment."""
        return Reader(self.at_country_id, frozenset(self.at_route_stages))

    def __str__(self) -> str:
        return f"{self.person_id} {self.course_id} {self.state}"
