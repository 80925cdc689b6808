"""Keeps the course as a plain record, its released versions, and the versions proposed to its trainer."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Course(models.Model):
    """One course in all languages. Its pages carry its key as Wagtail `translation_key`; learners' rows point here.

    `sensitive`, `neutral_name` and `open_now` follow the page of the source language, so that messages and lesson
    pages need no other page to know them.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=20, unique=True, null=True, blank=True)
    sensitive = models.BooleanField(default=False, editable=False)
    neutral_name = models.CharField(max_length=80, blank=True, editable=False)
    open_now = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["code"]
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def __str__(self) -> str:
        return self.code or str(self.key)


class CourseVersion(models.Model):
    """What one release of a course asks of a learner. Never changed and never deleted.

    `manifest` is the JSON of `courses.manifest.Manifest`; `fingerprint` is taken over its requirements alone.
    """

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    manifest = models.JSONField()
    released_at = models.DateTimeField()
    released_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    completes_learners = models.BooleanField(default=False)

    class Meta:
        ordering = ["course", "number"]
        get_latest_by = "number"
        constraints = [models.UniqueConstraint(fields=["course", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.course} v{self.number}"


class ProposalState(models.TextChoices):
    """What became of a proposed version."""

    OPEN = "open", _("Waiting for the trainer")
    RELEASED = "released", _("Released")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SUPERSEDED = "superseded", _("Replaced by a later proposal")


class VersionProposal(models.Model):
    """Changed requirements that wait for the trainer's decision. At most one is open for a course."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="proposals")
    fingerprint = models.CharField(max_length=64)
    manifest = models.JSONField()
    state = models.CharField(max_length=12, choices=ProposalState, default=ProposalState.OPEN)
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["course"], condition=Q(state="open"), name="one_open_proposal_a_course"
            )
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.state}"
