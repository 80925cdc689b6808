"""Keeps cohorts (what they are of, for whom, with how many seats) and the codes by which people enrol."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.models.choices import ActivityType, Modality
from learning.querysets import CohortQuerySet


class Cohort(models.Model):
    """A group that takes a course together. With dates it keeps its version until a facilitator accepts a new one.

    Several projects may pay for one group: whoever counts by project counts its people once in each, and once in all
    projects together. `institution` is where it learns; `invited` may nominate, the institution too.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=120)
    course = models.ForeignKey(
        "courses.Course", verbose_name=_("course"), on_delete=models.PROTECT, related_name="cohorts"
    )
    version = models.ForeignKey(
        "courses.CourseVersion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    activity_type = models.CharField(
        _("type of activity"), max_length=12, choices=ActivityType, default=ActivityType.TRAINING
    )
    projects = models.ManyToManyField(
        "programme.Project", verbose_name=_("projects"), related_name="cohorts", blank=True
    )
    modality = models.CharField(_("modality"), max_length=12, choices=Modality, default=Modality.SELF_PACED)
    country = models.ForeignKey(
        "programme.Country", verbose_name=_("country"), null=True, blank=True, on_delete=models.PROTECT
    )
    institution = models.ForeignKey(
        "institutions.Institution",
        verbose_name=_("institution"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    seats = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    asks_approval = models.BooleanField(_("the facilitator approves who joins"), default=False)
    facilitators = models.ManyToManyField("accounts.Person", related_name="facilitated_cohorts", blank=True)
    invited = models.ManyToManyField(
        "institutions.Institution",
        verbose_name=_("institutions invited"),
        related_name="invited_to",
        blank=True,
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("group that trained its facilitator"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    opened_by = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CohortQuerySet.as_manager()

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
            ),
            models.CheckConstraint(
                condition=Q(seats__isnull=True) | Q(seats__gte=1), name="cohort_has_a_seat"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")), name="cohort_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"

    @property
    def pins_version(self) -> bool:
        """Say whether a new version waits for a facilitator: a cohort with dates is not changed under its feet."""
        return self.starts_on is not None

    def is_over(self, today: dt.date) -> bool:
        """Say whether its last day has passed."""
        return self.ends_on is not None and self.ends_on < today


class EnrolmentCode(models.Model):
    """A code that an institution or facilitator hands out. It enrols who is signed in; it signs nobody in."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    course = models.ForeignKey(
        "courses.Course", verbose_name=_("course"), on_delete=models.PROTECT, related_name="enrolment_codes"
    )
    cohort = models.ForeignKey(
        Cohort,
        verbose_name=_("cohort"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="codes",
    )
    institution = models.ForeignKey(
        "institutions.Institution",
        verbose_name=_("institution"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("enrolment code")
        verbose_name_plural = _("enrolment codes")

    def __str__(self) -> str:
        return self.code
