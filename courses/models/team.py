"""Keeps which group of people writes a course, and in which collection their things lie."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Team(models.Model):
    """A course, its group and its collection, tied by keys: names may change. Without course: what all courses share.

    A group or collection that an administrator deletes is made again by `courses.teams.ensure_team`.
    """

    course = models.OneToOneField("courses.Course", null=True, on_delete=models.CASCADE, related_name="team")
    group = models.OneToOneField("auth.Group", null=True, on_delete=models.SET_NULL, related_name="+")
    collection = models.OneToOneField(
        "wagtailcore.Collection", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("team of a course")
        verbose_name_plural = _("teams of courses")

    def __str__(self) -> str:
        return str(self.group or self.collection or self.pk)
