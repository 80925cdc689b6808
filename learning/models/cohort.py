"""Keeps cohorts (with their facilitators) and the codes by which an institution's people enrol."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.models.choices import Modality


class Cohort(models.Model):
    """A group that takes a course together. With dates it keeps its version until a facilitator accepts a new one."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=120)
    course = models.ForeignKey("courses.Course", on_delete=models.PROTECT, related_name="cohorts")
    version = models.ForeignKey(
        "courses.CourseVersion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    modality = models.CharField(_("modality"), max_length=12, choices=Modality, default=Modality.SELF_PACED)
    country = models.ForeignKey("programme.Country", null=True, blank=True, on_delete=models.PROTECT)
    institution = models.ForeignKey(
        "institutions.Institution", null=True, blank=True, on_delete=models.PROTECT
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    facilitators = models.ManyToManyField("accounts.Person", related_name="facilitated_cohorts", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=models.F("starts_on")),
                name="cohort_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"

    @property
    def pins_version(self) -> bool:
        """Say whether a new version waits for a facilitator: a cohort with dates is not changed under its feet."""
        return self.starts_on is not None


class EnrolmentCode(models.Model):
    """A code that an institution or facilitator hands out. It enrols who is signed in; it signs nobody in."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    course = models.ForeignKey("courses.Course", on_delete=models.PROTECT, related_name="enrolment_codes")
    cohort = models.ForeignKey(Cohort, null=True, blank=True, on_delete=models.PROTECT, related_name="codes")
    institution = models.ForeignKey(
        "institutions.Institution", null=True, blank=True, on_delete=models.PROTECT
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("enrolment code")
        verbose_name_plural = _("enrolment codes")

    def __str__(self) -> str:
        return self.code
